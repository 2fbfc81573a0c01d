"""Meetings for tests, taken to any state by the real verbs at plausible hours."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from nenep.meetings import operations
from nenep.meetings.agenda import arrange
from nenep.meetings.attendance import call_the_rest_present, starting_marks
from nenep.meetings.minutes import adopt_minutes
from nenep.meetings.models import Meeting, MeetingStatus
from nenep.shared.dates import clock_at
from nenep.shared.viewer import Viewer

HELD_AT = timezone.make_aware(datetime(2026, 12, 3, 14, 0))
ORDER = [
    MeetingStatus.PLANNED,
    MeetingStatus.CALLED,
    MeetingStatus.OPENED,
    MeetingStatus.CLOSED,
    MeetingStatus.ADOPTED,
]


def acting(member) -> Viewer:
    return Viewer(actor=f"member:{member.pk}", member_id=member.pk, name=member.full_name)


def make_meeting(branch, *, status=MeetingStatus.PLANNED, chair=None, at=HELD_AT, note_taker=None) -> Meeting:
    """The regular meeting of `at`'s month in `status`; the chair is a member of the branch, everybody is called."""
    place = ORDER.index(status)
    with clock_at(at - timedelta(days=9)):
        meeting = operations.open_month(branch.pk, month=at.date(), by=None)
        operations.plan(
            meeting,
            starts_at=at,
            place="Phòng họp",
            chair=chair,
            note_taker=note_taker or chair,
            focus_question="Việc gì trước?",
            by=None,
        )
    if place >= 1:
        with clock_at(at - timedelta(days=3)):
            operations.call_meeting(meeting, reason="Chi ủy đi công tác.", by=None)
    if place >= 2:
        with clock_at(at):
            operations.open_meeting(meeting, by=None)
            call_the_rest_present(meeting, by=None)
    if place >= 3:
        with clock_at(at + timedelta(minutes=92)):
            operations.close_meeting(meeting, by=None)
    if place >= 4:
        with clock_at(at + timedelta(minutes=100)):
            adopt_minutes(meeting, votes_for=meeting.present, speakers=None, by=None)
    return meeting


__all__ = ["HELD_AT", "acting", "make_meeting", "starting_marks"]


def press(item, deed) -> None:
    """A button beside an item on the page of the agenda: "up", "down" or "remove"."""
    arrange(item.meeting, changes={}, deed=(deed, item.pk), by=None)
