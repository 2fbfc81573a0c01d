"""How one member attended the meetings of a year, as meetings that are over keep it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from nenep.meetings.attendance import Mark, outside_the_base
from nenep.meetings.models import OVER, Attendance, Meeting
from nenep.meetings.rules import with_rules
from nenep.meetings.states import Presence
from nenep.people.reads import branches_between

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Attended:
    """One meeting; `is_expected` says whether the rule of its day counts the member among those who attend (W-02)."""

    meeting: Meeting
    mark: Mark
    is_expected: bool

    @property
    def is_there(self) -> bool:
        return not self.mark.presence.is_absence


def attended_by(member_id: int, year: int) -> Iterator[Attended]:
    """The meetings of the year whose roll names the member, the oldest first; four queries.

    A month brought in from a register has no roll: who was there is not known.
    """
    start, end = date(year, 1, 1), date(year + 1, 1, 1)
    own = Prefetch("attendance", Attendance.objects.filter(member_id=member_id), to_attr="of_member")
    over = Meeting.objects.filter(
        body__in=branches_between(member_id, start, end),
        month__gte=start,
        month__lt=end,
        status__in=OVER,
        roll__isnull=False,
    )
    for meeting in with_rules(list(over.order_by("starts_at").prefetch_related(own))):
        if member_id not in {entry[0] for entry in meeting.roll or ()}:
            continue
        rows = vars(meeting)["of_member"]
        mark = Mark(Presence(rows[0].presence), rows[0].reason) if rows else Mark(Presence.PRESENT)
        yield Attended(meeting, mark, mark.presence not in outside_the_base(meeting))
