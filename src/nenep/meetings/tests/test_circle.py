"""Verbs that take people refuse who is not summoned to the meeting on its day, and name them."""

from datetime import date, timedelta

import pytest

from nenep.assignments.operations import hand_out
from nenep.meetings import agenda, operations
from nenep.meetings.models import MeetingStatus
from nenep.meetings.recording import record_opening
from nenep.meetings.tests.make import HELD_AT, make_meeting
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Status
from nenep.people.operations import change_status, transfer
from nenep.people.tests.make import make_member
from nenep.shared.dates import clock_at
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db


def planned(name):
    return lambda meeting, person: operations.plan(meeting, by=None, **{name: person})


def added(meeting, person):
    agenda.add_item(meeting, title="Thêm", minutes=5, category="discussion", presenter=person, by=None)


def changed(meeting, person):
    agenda.change_item(meeting.items.first(), presenter=person, by=None)


def themed(meeting, person):
    at = HELD_AT + timedelta(days=5)
    with clock_at(HELD_AT):
        operations.plan_thematic(
            meeting.body_id, starts_at=at, focus_question="Gì?", presenter=person, by=None
        )


def recorded(name):
    return lambda meeting, person: record_opening(meeting, by=None, **{name: person})


def given(name):
    def give(meeting, person):
        people = {"owner": meeting.chair, "helpers": []} | {name: [person] if name == "helpers" else person}
        hand_out(meeting, what="Việc", due_on=HELD_AT.date() + timedelta(days=9), by=None, **people)

    return give


# What takes a person, the state of the meeting it needs, the field that the refusal stands beside.
VERBS = {
    "plan chair": (planned("chair"), MeetingStatus.PLANNED, "chair"),
    "plan note-taker": (planned("note_taker"), MeetingStatus.PLANNED, "note_taker"),
    "add item": (added, MeetingStatus.PLANNED, "presenter"),
    "change item": (changed, MeetingStatus.PLANNED, "presenter"),
    "plan thematic": (themed, MeetingStatus.PLANNED, "presenter"),
    "opening chair": (recorded("chair"), MeetingStatus.OPENED, "chair"),
    "opening note-taker": (recorded("note_taker"), MeetingStatus.OPENED, "note_taker"),
    "owner": (given("owner"), MeetingStatus.OPENED, "owner"),
    "helpers": (given("helpers"), MeetingStatus.OPENED, "helpers"),
}


@pytest.mark.parametrize("name", VERBS)
def test_only_who_is_summoned_that_day_may_be_chosen(name):
    verb, status, field = VERBS[name]
    bloc = make_small_bloc()
    chair, own, moved, suspended = (make_member(bloc.branch) for _ in range(4))
    stranger = make_member(bloc.other_branch)
    transfer(moved, to=bloc.other_branch, day=date(2026, 12, 1), by=None)
    change_status(suspended, status=Status.SUSPENDED, start=date(2026, 11, 1), by=None)
    meeting = make_meeting(bloc.branch, chair=chair, status=status)
    for person in (stranger, moved, suspended):
        with pytest.raises(Refused, match=person.full_name) as refused:
            verb(meeting, person)
        assert refused.value.field == field
    verb(meeting, own)
