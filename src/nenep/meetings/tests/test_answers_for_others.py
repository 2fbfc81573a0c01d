"""What was said on the telephone or on paper, written down by the secretary."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in, viewer_for
from nenep.journal.models import Event
from nenep.meetings.answers import respond
from nenep.meetings.attendance import starting_marks
from nenep.meetings.models import Answer, MeetingStatus, Presence, Response
from nenep.meetings.tests.make import make_meeting
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.tests.make import make_member
from nenep.rulebook import rules_on
from nenep.shared.dates import now, today
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(branch):
    """Without account or mail, with a telephone: told by hand."""
    return make_member(branch, name="Lê Không Máy", phone="0936646248")


@pytest.fixture
def meeting(branch, secretary, member):
    return make_meeting(branch, status=MeetingStatus.CALLED, chair=secretary, at=now() + timedelta(days=5))


def reason():
    return rules_on(today()).vocabulary.absence_reasons[0]


def address(meeting, member):
    return reverse("meetings:response_for", args=[meeting.pk, member.pk])


def test_leave_asked_on_the_telephone_is_written_down_and_prefills_the_roll_call(
    client, secretary, member, meeting
):
    sign_in(client, secretary)
    answer = client.post(address(meeting, member), {"answer": "asks_leave", "reason": reason().code})
    assert answer["Location"] == reverse("meetings:notice", args=[meeting.pk]) + f"#member-{member.pk}"
    kept = Response.objects.get()
    assert (kept.member, kept.written_by) == (member, secretary)
    assert starting_marks(meeting)[member.pk].presence == Presence.EXCUSED
    event = Event.objects.filter(verb="response.given").get()
    assert event.actor == viewer_for(secretary).actor


def test_leave_needs_its_reason_here_too(client, secretary, member, meeting):
    sign_in(client, secretary)
    assert client.post(address(meeting, member), {"answer": "asks_leave"}).status_code == 422
    assert not Response.objects.exists()


def test_to_be_without_a_reason_is_no_reason_to_ask_leave_for(client, secretary, member, meeting):
    sign_in(client, secretary)
    offered = client.get(address(meeting, member)).content.decode()
    assert reason().label in offered
    assert "Không có lý do" not in offered
    unexcused = [term.code for term in rules_on(today()).vocabulary.absence_reasons if not term.is_excused]
    assert unexcused
    for code in unexcused:
        answer = client.post(address(meeting, member), {"answer": "asks_leave", "reason": code})
        assert answer.status_code == 422
    assert not Response.objects.exists()


def test_the_member_sees_who_wrote_it_and_changes_it(client, secretary, member, meeting):
    respond(meeting, answer=Answer.WILL_COME, member_id=member.pk, by=viewer_for(secretary))
    sign_in(client, member)
    for page in ("/", reverse("meetings:page", args=[meeting.pk])):
        assert "Đồng chí Nguyễn Bí Thư ghi giúp" in client.get(page).content.decode()
    client.post(reverse("meetings:response", args=[meeting.pk]), {"answer": "will_come"})
    assert Response.objects.get().written_by is None


def test_nobody_answers_for_a_person_of_another_branch(client, secretary, meeting):
    stranger = make_member(make_small_bloc().other_branch)
    sign_in(client, secretary)
    assert client.post(address(meeting, stranger), {"answer": "will_come"}).status_code == 404
    with pytest.raises(Refused, match="không có trong danh sách"):
        respond(meeting, answer=Answer.WILL_COME, member_id=stranger.pk, by=viewer_for(secretary))


def test_a_member_answers_for_nobody_else(client, secretary, member, meeting):
    sign_in(client, member)
    assert client.post(address(meeting, secretary), {"answer": "will_come"}).status_code == 403
