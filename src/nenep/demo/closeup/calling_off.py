"""Meetings of past months that did not take place, and why."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from nenep.demo import words
from nenep.demo.closeup.cast import on
from nenep.demo.missed import missed
from nenep.meetings.calling_off import cancel_meeting, mark_month_not_held
from nenep.meetings.models import Meeting
from nenep.meetings.operations import call_meeting, open_month, plan, plan_thematic
from nenep.shared.dates import next_month

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from nenep.demo.branches import Action, Branch
    from nenep.demo.closeup.cast import Cast
    from nenep.demo.missed import Missed


def actions(cast: Cast) -> Iterator[Action]:
    """A month without a meeting is written down in the middle of the next; a notice is cancelled a day before."""
    for one in missed(cast.today):
        branch, month = cast.coded(one.branch), one.month(cast.today)
        if one.kind == "not_held":
            yield on(next_month(month).replace(day=12), 9), partial(_not_held, branch, month, one)
        else:
            told, day = on(month.replace(day=10), 9), month.replace(day=18)
            prepare = _regular if one.kind == "cancelled" else _thematic
            yield told, partial(prepare, branch, day)
            yield on(day - timedelta(days=1), 15), partial(_cancel, branch, month, one)


def _not_held(branch: Branch, month: date, missed: Missed) -> None:
    mark_month_not_held(branch.body.pk, month=month, reason=missed.reason, by=branch.secretary)


def _regular(branch: Branch, day: date) -> None:
    _tell(branch, open_month(branch.body.pk, month=day.replace(day=1), by=branch.secretary), day)


def _thematic(branch: Branch, day: date) -> None:
    meeting = plan_thematic(
        branch.body.pk, starts_at=on(day, 14), focus_question=words.FOCUS[0], by=branch.secretary
    )
    _tell(branch, meeting, day)


def _tell(branch: Branch, meeting: Meeting, day: date) -> None:
    plan(
        meeting,
        starts_at=on(day, 14),
        place=words.PLACES[0],
        chair=meeting.chair,
        focus_question=words.FOCUS[0],
        by=branch.secretary,
    )
    call_meeting(meeting, reason=words.NO_COMMITTEE, by=branch.secretary)


def _cancel(branch: Branch, month: date, missed: Missed) -> None:
    told = Meeting.objects.filter(body=branch.body, month=month, status="called").get()
    cancel_meeting(told, reason=missed.reason, by=branch.secretary)
