"""Answers and opinions beforehand go when their time is over, with one event that says how many."""

from datetime import timedelta

import pytest

from nenep.journal.models import Event
from nenep.meetings.answers import respond, write_opinion
from nenep.meetings.models import Answer, Meeting, MeetingStatus, Opinion, Response
from nenep.meetings.tests.make import HELD_AT, acting, make_meeting
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.tests.make import make_member
from nenep.privacy.retention import forget_what_is_over
from nenep.shared.dates import clock_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def written():
    """A called meeting with an answer and an opinion, and one a year later with the same."""
    bloc = make_small_bloc()
    member = make_member(bloc.branch)
    for at in (HELD_AT, HELD_AT + timedelta(days=365)):
        meeting = make_meeting(bloc.branch, chair=member, at=at, status=MeetingStatus.CALLED)
        with clock_at(at - timedelta(days=2)):
            respond(meeting, answer=Answer.WILL_COME, by=acting(member))
            write_opinion(meeting, text="Ý kiến", item_id=None, by=acting(member))


@pytest.mark.parametrize(
    ("days", "gone", "left"),
    [
        (365, {}, (2, 2)),
        (366, {"meetings.Response": 1}, (1, 2)),
        (731, {"meetings.Response": 2, "meetings.Opinion": 1}, (0, 1)),
    ],
)
def test_what_is_over_goes_and_the_rest_stays(written, days, gone, left):
    with clock_at(HELD_AT + timedelta(days=days)):
        assert forget_what_is_over() == gone
        assert (Response.objects.count(), Opinion.objects.count()) == left
        assert Meeting.objects.count() == 2
        assert [event.details["counts"] for event in Event.objects.filter(verb="data.forgotten")] == [gone][
            : len(gone)
        ]
        assert forget_what_is_over() == {}
