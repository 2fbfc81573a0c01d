"""Numbers of the branches under a body in a period: from facts for whole months, from meetings at its edges.

As-was: a month of a branch counts for whoever stood above it at the end of that month, or of its own life when
it ended in that month (the rule of `facts`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, F, Q, Sum

from nenep.facts.models import BranchMonth
from nenep.facts.reads import ROWS, sums
from nenep.meetings.models import MeetingFigures, MeetingKind
from nenep.organizations.kinds import BRANCH_KINDS
from nenep.organizations.models import Closure
from nenep.shared.dates import month_end, month_start, next_month, overlaps, previous_month, today, valid_on

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from django.db.models import QuerySet

# How many months in which a meeting was due: one for each branch and month.
DUE = "months_due"
MEASURES = ("meetings_held", "expected", "present", "committee_met", "draft_prepared")
Numbers = dict[str, int]

_AT_THE_EDGE = {
    ROWS: Count("pk"),
    "meetings_held": Count("pk"),
    "expected": Sum("meeting__expected", default=0),
    "present": Sum("meeting__present", default=0),
    "committee_met": Count("pk", filter=Q(committee_met=True)),
    "draft_prepared": Count("pk", filter=Q(draft_prepared=True)),
}


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included. What reaches beyond today ends with this month: nothing later has happened."""

    start: date
    end: date

    @classmethod
    def between(cls, start: date, end: date) -> Period:
        return cls(start, month_end(today()) if end >= today() else end)

    @property
    def numbers(self) -> range:
        """The months that the period touches, as month numbers."""
        return range(number_of(self.start), number_of(self.end) + 1)

    @property
    def whole(self) -> tuple[date, date]:
        """First and last whole month; the first is after the last when there is none."""
        first = self.start if self.start.day == 1 else next_month(self.start)
        last = month_start(self.end)
        return first, last if self.end == month_end(self.end) else previous_month(last)

    @property
    def edges(self) -> Iterator[tuple[date, date, date]]:
        """(month, first day, last day) of the months that lie in the period only in part."""
        for month in sorted({month_start(self.start), month_start(self.end)}):
            part = max(self.start, month), min(self.end, month_end(month))
            if part != (month, month_end(month)):
                yield month, *part


class Stand(NamedTuple):
    """A branch under the body, and the numbers of the months that count for it there."""

    branch_id: int
    months: range


def number_of(day: date) -> int:
    """Months are numbered so that ranges of them can be counted."""
    return day.year * 12 + day.month


def stands_under(body_id: int, period: Period) -> list[Stand]:
    """Every branch that stood under the body (or is it) in the period; one statement."""
    after = next_month(period.end)
    rows = Closure.objects.filter(
        overlaps(month_start(period.start), after),
        overlaps(month_start(period.start), after, prefix="descendant__kinds__"),
        ancestor=body_id,
        descendant__kinds__kind__in=BRANCH_KINDS,
    ).values_list(
        "descendant_id",
        "descendant__dissolved_on",
        "valid_from",
        "descendant__kinds__valid_from",
        "valid_to",
        "descendant__kinds__valid_to",
    )
    stands = (
        Stand(branch, _months(max(start, kind_start), min(end, kind_end), dissolved, period.numbers))
        for branch, dissolved, start, kind_start, end, kind_end in rows
    )
    return [stand for stand in stands if stand.months]


def totals(body_id: int, period: Period) -> Numbers:
    """The numbers of everything under the body; `branch_months` is 0 where there is no record at all."""
    numbers = sums(body_id, *period.whole)
    total = {name: numbers[name] for name in (ROWS, *MEASURES)}
    for edge in period.edges:
        _add(total, _meetings_at(edge, body_id).aggregate(**_AT_THE_EDGE))
    due = sum(len(stand.months) for stand in stands_under(body_id, period))
    return total | {DUE: due - _not_yet_due(body_id, period)}


def by_branch(body_id: int, period: Period, branch_ids: Collection[int]) -> dict[int, Numbers]:
    """The same for each of these branches, so far as it stood under the body; they add up to `totals`."""
    found = {branch: dict.fromkeys((DUE, ROWS, *MEASURES), 0) for branch in branch_ids}
    for (branch, _month), numbers in by_month(body_id, period, branch_ids).items():
        _add(found[branch], numbers)
    return found


def by_month(body_id: int, period: Period, branch_ids: Collection[int]) -> dict[tuple[int, int], Numbers]:
    """(branch, month number) -> its numbers, for each month in which it stood under the body."""
    found = {
        (stand.branch_id, month): dict.fromkeys((ROWS, *MEASURES), 0) | {DUE: 1}
        for stand in stands_under(body_id, period)
        if stand.branch_id in branch_ids
        for month in stand.months
    }
    first, last = period.whole
    rows = BranchMonth.objects.filter(body__in=branch_ids, month__gte=first, month__lte=last)
    for branch, month, *values in rows.values_list("body_id", "month", *MEASURES):
        if (branch, number_of(month)) in found:
            _add(found[branch, number_of(month)], dict(zip((ROWS, *MEASURES), (1, *values), strict=True)))
    for edge in period.edges:
        held = _meetings_at(edge, body_id).filter(meeting__body__in=branch_ids)
        for row in held.values(branch=F("meeting__body")).annotate(**_AT_THE_EDGE):
            _add(found[row.pop("branch"), number_of(edge[0])], row)
    for (_branch, month), numbers in found.items():
        if month == number_of(today()):
            numbers[DUE] = min(numbers["meetings_held"], 1)
    return found


def _months(start: date, end: date, dissolved: date, asked: range) -> range:
    """A month counts when its last day lies in [start, end), or the body's own last day does."""
    last = number_of(end) + (end == dissolved and end.day > 1)
    return range(max(number_of(start), asked.start), min(last, asked.stop))


def _not_yet_due(body_id: int, period: Period) -> int:
    """This month a meeting is due only from those who have held it."""
    month = month_start(today())
    if number_of(month) not in period.numbers:
        return 0
    running = stands_under(body_id, Period(month, month_end(month)))
    return len(running) - sums(body_id, month, month)["meetings_held"]


def _meetings_at(edge: tuple[date, date, date], body_id: int) -> QuerySet[MeetingFigures]:
    month, first, last = edge
    ended = Q(
        meeting__body__dissolved_on__gt=month,
        meeting__body__dissolved_on__lte=month_end(month),
        meeting__body__above__valid_to=F("meeting__body__dissolved_on"),
    )
    return MeetingFigures.objects.filter(
        valid_on(month_end(month), prefix="meeting__body__above__") | ended,
        meeting__kind=MeetingKind.REGULAR,
        meeting__month=month,
        meeting__starts_at__date__range=(first, last),
        meeting__body__above__ancestor=body_id,
    )


def _add(total: Numbers, numbers: Numbers) -> None:
    for name, value in numbers.items():
        total[name] += value
