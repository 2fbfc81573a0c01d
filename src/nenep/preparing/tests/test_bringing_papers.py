"""Whoever presents a part, or was given the papers to prepare, brings them without the committee's rights (R141)."""

from uuid import uuid4

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.meetings.operations import call_meeting, open_meeting
from nenep.notices.models import Notice
from nenep.people.tests.make import make_member
from nenep.preparing.models import Material
from nenep.preparing.tests.make import EARLY, HELD_AT, make_ahead, make_branch, make_duty
from nenep.shared.dates import clock_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    return make_branch()


@pytest.fixture
def meeting(branch):
    return make_ahead(branch)


@pytest.fixture
def items(meeting):
    return list(meeting.items.all())


@pytest.fixture
def presented(branch, items):
    """A part that the member presents."""
    item = items[2]
    item.presenter = branch.member
    item.save(update_fields=["presenter"])
    return item


def bring(client, meeting, item, title="Báo cáo chuyên đề"):
    data = {"item": item.pk, "title": title, "is_official": "0", "once": uuid4()}
    return client.post(reverse("preparing:material_addition", args=[meeting.pk]), data)


def page(client, name, pk):
    answer = client.get(reverse(name, args=[pk]))
    return answer.status_code, answer.content.decode()


def test_a_presenter_brings_the_paper_of_the_own_part_and_the_secretary_is_told(
    client, branch, meeting, items, presented
):
    sign_in(client, branch.member)
    way = reverse("preparing:material_addition", args=[meeting.pk])
    assert way in page(client, "meetings:page", meeting.pk)[1]
    assert bring(client, meeting, items[3]).status_code == 422  # a part of somebody else
    answer = bring(client, meeting, presented)
    kept = Material.objects.get()
    assert answer.url == reverse("preparing:material", args=[kept.pk])
    assert (kept.item, kept.kept_by) == (presented, branch.member)
    notice = Notice.objects.get(kind="material.kept")
    assert (notice.member, notice.url) == (branch.secretary, answer.url)
    sign_in(client, branch.secretary)
    assert branch.member.full_name in page(client, "preparing:material", kept.pk)[1]
    notice.refresh_from_db()
    assert notice.read_at


@pytest.mark.parametrize(("who", "is_official"), [("member", "0"), ("secretary", "1")])
@pytest.mark.usefixtures("presented")
def test_the_form_begins_with_what_each_mostly_brings(client, branch, meeting, who, is_official):
    sign_in(client, getattr(branch, who))
    answer = client.get(reverse("preparing:material_addition", args=[meeting.pk]))
    assert answer.context["form"]["is_official"].value() == is_official


def test_a_presenter_changes_and_removes_own_papers_alone(client, branch, meeting, items, presented):
    sign_in(client, branch.secretary)
    bring(client, meeting, presented)
    bring(client, meeting, items[3], title="Của bí thư")
    own, other = Material.objects.order_by("pk")
    assert not Notice.objects.filter(kind="material.kept").exists()  # nobody is told of the own deed
    sign_in(client, branch.member)
    assert "Sửa</a>" in page(client, "preparing:material", own.pk)[1]
    assert "Sửa</a>" not in page(client, "preparing:material", other.pk)[1]
    for name in ("preparing:material_change", "preparing:material_removal"):
        assert client.post(reverse(name, args=[other.pk])).status_code == 403
    assert page(client, "preparing:material_change", own.pk)[0] == 200
    client.post(reverse("preparing:material_removal", args=[own.pk]))
    assert list(Material.objects.all()) == [other]


@pytest.mark.parametrize(("step", "lets_in"), [("materials", True), ("committee", False)])
def test_whoever_was_given_the_papers_brings_those_of_every_part(
    client, branch, meeting, items, step, lets_in
):
    duty = make_duty(meeting, branch.member, step)
    sign_in(client, branch.member)
    way = reverse("preparing:material_addition", args=[meeting.pk])
    assert (way in page(client, "preparing:duty", duty.pk)[1]) == lets_in
    assert [bring(client, meeting, item).status_code for item in items[:2]] == [302 if lets_in else 403] * 2


def test_others_bring_nothing(client, branch, meeting, items, presented):
    sign_in(client, make_member(branch.body))
    assert (
        reverse("preparing:material_addition", args=[meeting.pk])
        not in page(client, "meetings:page", meeting.pk)[1]
    )
    assert bring(client, meeting, presented).status_code == 403
    sign_in(client, branch.stranger)
    assert bring(client, meeting, presented).status_code == 404
    assert not Material.objects.exists()


def test_after_the_opening_it_is_too_late_and_what_was_typed_is_shown(client, branch, meeting, presented):
    sign_in(client, branch.member)
    bring(client, meeting, presented)
    kept = Material.objects.get()
    client.logout()
    with clock_at(EARLY):
        call_meeting(meeting, reason="Chi ủy đi công tác.", by=None)
    with clock_at(HELD_AT):
        open_meeting(meeting, by=None)
        sign_in(client, branch.member)
        answer = bring(client, meeting, presented, title="Báo cáo nộp muộn")
        assert answer.status_code == 409
        assert "Báo cáo nộp muộn" in answer.content.decode()
        assert (
            reverse("preparing:material_addition", args=[meeting.pk])
            not in page(client, "meetings:page", meeting.pk)[1]
        )
        assert "Sửa</a>" not in page(client, "preparing:material", kept.pk)[1]
    assert Material.objects.get() == kept
