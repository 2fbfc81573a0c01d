"""The officer's board: my branches, this month's steps. States and counts, never a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.meetings.models import Meeting
from nenep.meetings.progress import Step, steps_of
from nenep.organizations.models import Body
from nenep.organizations.reach import within
from nenep.shared.dates import month_end

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One branch in one month; `meeting` is None where nothing was planned."""

    body: Body
    meeting: Meeting | None
    steps: list[Step]

    @property
    def needs_attention(self) -> bool:
        return any(step.state == "overdue" for step in self.steps)


def branches_of(viewer: Viewer, month: date, search: str = "") -> QuerySet[Body]:
    """The branches whose states the viewer may see, as they stood at the end of the month, in order."""
    day = month_end(month)
    branches = Body.objects.on(day).branches().filter(within(viewer, "meetings.see_state", field="pk"))
    return (branches.search(search, day) if search else branches).in_order()


def rows_of(branches: list[Body], month: date, today: date) -> list[BoardRow]:
    """One row for each branch, in the same order; one query for all."""
    meetings = {
        meeting.body_id: meeting
        for meeting in Meeting.objects.regular().of_month(month).filter(body__in=branches)
    }
    return [
        BoardRow(branch, meetings.get(branch.pk), steps_of(meetings.get(branch.pk), today))
        for branch in branches
    ]
