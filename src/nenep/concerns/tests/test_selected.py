"""What committees above selected for a month is taken by one press, each item with why it matters."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.concerns.tests.make import make_official
from nenep.directives.operations import withdraw_directive
from nenep.directives.tests.make import make_directive
from nenep.guidance.tests.make import make_guidance
from nenep.meetings.suggesting import suggested_for, take_selected, take_suggestion
from nenep.meetings.tests.make import make_meeting
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.shared.dates import now, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)


@pytest.fixture
def meeting(bloc, secretary):
    return make_meeting(bloc.branch, chair=secretary, at=now() + timedelta(days=2))


@pytest.fixture
def selected(bloc, meeting):
    """A focus of the meeting's month, a directive and an official answer."""
    focus = make_guidance(bloc.organization, published=True, month=max(meeting.month, today().replace(day=1)))
    directive = make_directive(bloc.bloc, issued=True)
    official = make_official(make_member(bloc.branch, name="Trần Người Hỏi"), bloc.branch)
    return focus, directive, official


def offered(meeting):
    return [offer.key for offer in suggested_for(meeting, meeting.items.all()).from_above]


def test_one_press_takes_them_all_each_with_why_it_matters(client, bloc, secretary, meeting, selected):
    sign_in(client, secretary)
    address = reverse("meetings:agenda", args=[meeting.pk])
    assert "Đưa cả 3 nội dung cấp trên chọn vào chương trình" in client.get(address).content.decode()
    before, sent = meeting.items.count(), {"choice": "take_selected", "keys": offered(meeting)}
    for _press in range(2):
        client.post(reverse("meetings:suggestion_choice", args=[meeting.pk]), sent)
    taken = meeting.items.exclude(origin_type="")
    assert meeting.items.count() == before + 3
    assert all(item.why_it_matters for item in taken)
    assert offered(meeting) == []


def test_what_was_left_out_taken_or_withdrawn_is_passed_over(bloc, meeting, selected):
    focus, directive, _official = selected
    keys = offered(meeting)
    take_suggestion(meeting, key=f"guidance:{focus.pk}", by=None)
    withdraw_directive(directive, reason="Thay văn bản khác.", by=None)
    assert take_selected(meeting, keys=keys, by=None) == 1
    assert meeting.items.filter(origin_type="guidance.guidanceversion").count() == 1


def test_what_the_page_did_not_show_is_not_taken(bloc, meeting, selected):
    keys = offered(meeting)
    make_directive(bloc.bloc, issued=True, title="Đến sau")
    assert take_selected(meeting, keys=keys, by=None) == 3
    assert not meeting.items.filter(title="Đến sau").exists()
