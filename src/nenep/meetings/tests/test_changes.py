"""What changes after the notice reaches those who were told, and asks again what was answered for another day."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.journal.models import Event
from nenep.meetings import answers, operations
from nenep.meetings.attendance import lines_of
from nenep.meetings.models import Answer, Meeting, MeetingStatus
from nenep.meetings.notice import deliveries_of
from nenep.meetings.tests.make import HELD_AT, acting, make_meeting
from nenep.notices.models import Notice
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.shared.dates import clock_at

pytestmark = pytest.mark.django_db

TWO_DAYS_BEFORE, DAY_BEFORE = HELD_AT - timedelta(days=2), HELD_AT - timedelta(days=1)
LATER = HELD_AT + timedelta(days=2)
QUESTION = (
    "Đồng chí đã trả lời “xin vắng” cho ngày 03/12/2026. Ngày mới là 05/12/2026, đồng chí có dự được không?"
)


@pytest.fixture
def branch():
    return make_small_bloc().branch


@pytest.fixture
def secretary(branch):
    return make_member(branch, post=Post.SECRETARY)


@pytest.fixture
def member(branch):
    return make_member(branch, name="Lê Ánh")


@pytest.fixture
def meeting(secretary, member, branch):
    return make_meeting(branch, status=MeetingStatus.CALLED, chair=secretary)


def ask_leave(meeting, member):
    answers.respond(meeting, answer=Answer.ASKS_LEAVE, reason="mission", by=acting(member))


@pytest.fixture
def moved(meeting, member):
    with clock_at(TWO_DAYS_BEFORE):
        ask_leave(meeting, member)
    with clock_at(DAY_BEFORE):
        operations.postpone(meeting, to=LATER, reason="Bão", by=None)
    return meeting


def verbs():
    return list(
        Event.objects.filter(verb__startswith="meeting.").order_by("pk").values_list("verb", flat=True)
    )


def test_another_place_is_told_to_everybody_and_calendars_see_it(meeting):
    with clock_at(DAY_BEFORE):
        operations.plan(meeting, place="Nhà văn hóa", by=None)
    told = Notice.objects.filter(kind="meeting.rescheduled")
    assert told.count() == 2
    assert "Nhà văn hóa" in told[0].text
    assert Meeting.objects.get().sequence == 1
    assert verbs()[-1] == "meeting.rescheduled"


@pytest.mark.parametrize("status", [MeetingStatus.PLANNED, MeetingStatus.CALLED])
def test_another_question_or_the_same_place_is_no_move(branch, secretary, status):
    meeting = make_meeting(branch, status=status, chair=secretary)
    with clock_at(DAY_BEFORE):
        operations.plan(meeting, place=meeting.place, focus_question="Gì?", by=None)
    assert not Notice.objects.filter(kind="meeting.rescheduled").exists()
    assert (Meeting.objects.get().sequence, verbs()[-1]) == (0, "meeting.roles_assigned")


def test_leave_of_the_old_day_is_no_excuse_on_the_new_one(moved, member):
    with clock_at(LATER):
        operations.open_meeting(moved, by=None)
    assert {line.mark for line in lines_of(moved)} == {None}


def test_leave_asked_for_the_new_day_is(moved, member):
    with clock_at(DAY_BEFORE + timedelta(hours=1)):
        ask_leave(moved, member)
    with clock_at(LATER):
        operations.open_meeting(moved, by=None)
    marks = {line.entry.member_id: line.mark for line in lines_of(moved)}
    assert marks[member.pk].reason == "Đi công tác"


def test_the_secretary_sees_an_answer_for_the_old_day_as_none(moved):
    assert [row.response for row in deliveries_of(moved)] == [None, None]


def test_the_member_is_asked_again_and_no_longer_once_it_is_answered(client, moved, member):
    sign_in(client, member)
    pages = ["/", reverse("meetings:page", args=[moved.pk]), reverse("meetings:response", args=[moved.pk])]
    with clock_at(DAY_BEFORE + timedelta(hours=1)):
        assert [QUESTION in client.get(page).content.decode() for page in pages] == [True] * 3
        client.post(pages[2], {"answer": "will_come"})
        assert [QUESTION in client.get(page).content.decode() for page in pages] == [False] * 3
