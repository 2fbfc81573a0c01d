"""By when each step of a preparation is to be done: counted back from the meeting by the rules of its day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from nenep.meetings.progress import meeting_day
from nenep.meetings.rules import rules_of

if TYPE_CHECKING:
    from datetime import date

    from nenep.meetings.models import Meeting
    from nenep.preparing.models import Duty

# Key of a step -> the part of the rules that says how many days before.
PARTS = {
    "time": "arrangements",
    "place": "arrangements",
    "chair": "arrangements",
    "note_taker": "arrangements",
    "focus": "focus",
    "management": "focus",
    "paper": "paper",
    "presenter": "paper",
    "committee": "committee",
    "agenda": "documents",
    "materials": "documents",
    "draft": "documents",
    "comments": "documents",
}


def usual_day(meeting: Meeting, step: str) -> date | None:
    """The day that the rules propose for a step; None where they know none."""
    part = PARTS.get(step)
    rule = rules_of(meeting).meeting.prepare_days(part) if part else None
    if rule is None or rule.value is None:
        return None
    return meeting_day(meeting) - timedelta(days=rule.number)


def due_of(duty: Duty) -> date | None:
    """The day that was typed, never after the meeting itself; else the usual one."""
    if duty.due_on is None:
        return usual_day(duty.meeting, duty.step)
    return min(duty.due_on, meeting_day(duty.meeting))
