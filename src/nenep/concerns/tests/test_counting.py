"""A committee learns how many concerns of which theme there are, and no number tells of one branch."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nenep.access.tests.make import sign_in
from nenep.concerns.counting import Group, counts_of, safe_groups
from nenep.concerns.models import Theme
from nenep.concerns.operations import answer_concern
from nenep.concerns.tests.make import TEXT, make_concern
from nenep.organizations.kinds import Kind
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import clock_at

pytestmark = pytest.mark.django_db

IN_MAY = timezone.make_aware(datetime(2026, 5, 12, 9))
SECOND_QUARTER = (date(2026, 4, 1), date(2026, 7, 1))


def group(label, count, *branches):
    return Group(label, count, frozenset(branches))


def test_groups_too_small_are_put_together_and_without_that_the_sum_would_tell_them():
    big, next_big = group("lớn", 9, 1, 2, 3, 4, 5, 6), group("vừa", 6, 1, 2, 3, 4, 5)
    one = group("nhỏ", 1, 7)
    naive = [g for g in (big, next_big, one) if g.hides_each(5)]
    assert (
        16 - sum(g.count for g in naive) == one.count
    )  # the twin: with a sum beside it, the hidden one is known
    assert [(g.label, g.count) for g in safe_groups([big, next_big, one], 5, "cộng lại")] == [
        ("lớn", 9),
        ("cộng lại", 7),
    ]
    assert safe_groups([one, group("hai", 4, 7, 8)], 5, "cộng lại") == []  # five concerns of two branches
    assert safe_groups([big], 5, "cộng lại") == [big]


def test_a_committee_sees_sums_of_a_quarter_that_is_over_and_no_text_name_or_branch(client):
    committee = make_body(kind=Kind.GRASSROOTS_ORGANIZATION)
    branches = [make_body(f"Chi bộ Số {n}", parent=committee) for n in range(5)]
    officer = make_member(make_body(), name="Phạm Đảng Ủy")
    make_office(officer, committee, Post.OFFICER)
    with clock_at(IN_MAY):
        for place, branch in enumerate(branches):
            make_member(branch, post=Post.SECRETARY)
            author = make_member(branch, name=f"Trần Thị Tâm {place}")
            concern = make_concern(author, branch)
            if not place:
                answer_concern(concern, answer="Đã rõ.", by=None)
                make_concern(author, branch, theme=Theme.UNITY)
    counts = counts_of(committee.pk, *SECOND_QUARTER)
    assert [g.count for g in counts.themes] == [6]  # the one of another theme is not told apart
    assert [g.count for g in counts.states] == [6]
    sign_in(client, officer)
    with clock_at(IN_MAY + timedelta(days=90)):
        address = reverse("concerns:counts", args=[committee.pk])
        shown = client.get(address).content.decode()
        assert "Có 6 điều được nêu" in shown
        assert not [word for word in (TEXT, "Trần Thị Tâm", "Chi bộ Số") if word in shown]
        assert "Chưa đủ để nêu con số" in client.get(address, {"year": 2026, "quarter": 1}).content.decode()
        assert client.get(reverse("concerns:counts", args=[branches[0].pk])).status_code == 403
    with clock_at(
        IN_MAY + timedelta(days=20)
    ):  # a quarter that still goes on could be watched growing one by one
        assert "Có 6 điều" not in client.get(address, {"year": 2026, "quarter": 2}).content.decode()
