"""When the branches meet in a month: the meeting that was made, before that the published plan, else nothing known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Sum
from django.utils import timezone

from nenep.meetings.models import Meeting
from nenep.organizations.reads import rules_for
from nenep.plans.models import Entry, EntryKind, PlanStatus
from nenep.shared.dates import month_start, now, today

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

NOON = 12


@dataclass(frozen=True, slots=True)
class Slot:
    """`starts_at` None: no day is known. `minutes` None: nobody knows how long it takes.

    `is_planned`: of the yearly plan, no meeting was made yet; `is_off`: the branch does not meet this month.
    """

    starts_at: datetime | None = None
    place: str = ""
    minutes: int | None = None
    meeting_id: int | None = None
    is_planned: bool = False
    is_off: bool = False

    def clashes(self, other: Slot) -> bool:
        """Nobody can be at both: their hours overlap, or, where a length is not known, it is the same half day."""
        if self.is_off or other.is_off or self.starts_at is None or other.starts_at is None:
            return False
        first, second = sorted((self, other), key=lambda slot: slot.starts_at)  # type: ignore[arg-type, return-value]
        if first.minutes is not None:
            return second.starts_at < first.starts_at + timedelta(minutes=first.minutes)  # type: ignore[operator]
        return _half_day(first.starts_at) == _half_day(second.starts_at)  # type: ignore[arg-type]

    def has_begun(self, month: date) -> bool:
        """Whether its hour has come; without one, whether its month has."""
        if self.starts_at is None:
            return month <= month_start(today())
        return self.starts_at <= now()


def slots_of(body_id: int, branch_ids: Collection[int], month: date) -> dict[int, Slot]:
    """The regular meeting of the month of each branch, by the branch; three statements whatever their number.

    A meeting takes as long as its agenda and at least as long as the rule of the committee's place demands.
    """
    rule = rules_for(body_id, month).meeting.min_minutes()
    least = rule.number if rule.value is not None else None
    found = {branch_id: Slot() for branch_id in branch_ids}
    entries = Entry.objects.standing().filter(
        plan__body__in=found, kind=EntryKind.REGULAR, month=month, plan__status=PlanStatus.PUBLISHED
    )
    for branch_id, starts_at, place in entries.values_list("plan__body", "starts_at", "place"):
        found[branch_id] = Slot(starts_at, place, least, is_planned=True)
    meetings = Meeting.objects.regular().standing().of_month(month).filter(body__in=found)
    for meeting in meetings.annotate(length=Sum("items__minutes")):
        length: int | None = meeting.length
        minutes = max(length or 0, least) if least is not None else length
        found[meeting.body_id] = Slot(
            meeting.starts_at, meeting.place, minutes, meeting.pk, is_off=meeting.is_called_off
        )
    return found


def _half_day(moment: datetime) -> tuple[date, bool]:
    local = timezone.localtime(moment)
    return local.date(), local.hour < NOON
