"""What is due by when, and whether it was done by a day: of each body, each paragraph that has a day.

A day of the past is answered by the days of the facts: which bodies had the directive then, and what they had done.
What was done that day counts as done, whenever it was written down.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from nenep.directives.models import Fulfilment, Receipt, Requirement
from nenep.organizations.bulk import in_batches
from nenep.organizations.models import Closure
from nenep.organizations.reach import within
from nenep.shared.dates import valid_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from nenep.directives.querysets import ReceiptQuerySet
    from nenep.shared.viewer import Viewer

CHUNK = 800


@dataclass(frozen=True, slots=True)
class Duty:
    """One paragraph in one body; `done_on` None: not yet. Its requirement has a day."""

    receipt: Receipt
    requirement: Requirement
    done_on: date | None

    @property
    def due_on(self) -> date:
        assert self.requirement.due_on is not None
        return self.requirement.due_on

    def is_open_on(self, day: date) -> bool:
        return self.done_on is None or self.done_on > day

    def days_late(self, day: date) -> int:
        """Whole days past the due day; negative before it."""
        return (day - self.due_on).days


def held_on(day: date) -> ReceiptQuerySet:
    """What bodies that existed that day had received by then, of directives that nobody had withdrawn yet."""
    return Receipt.objects.filter(
        Q(directive__withdrawn_at=None) | Q(directive__withdrawn_at__date__gt=day),
        arrived_at__date__lte=day,
        body__dissolved_on__gt=day,
    )


def followed_on(viewer: Viewer, day: date) -> ReceiptQuerySet:
    """Of these, what the viewer's bodies issued, and what stood below them on that day.

    A body that stands elsewhere today is looked after there; one that has ended stays with whoever was above it.
    """
    above = viewer.where("directives.follow").below
    then = Closure.objects.filter(valid_on(day), ancestor__in=above, depth__gt=0).values("descendant")
    still = within(viewer, "directives.follow") | Q(ended_at__isnull=False)
    issued = within(viewer, "directives.issue", field="directive__keeper")
    return held_on(day).filter(issued | (Q(body__in=then) & still))


def duties_of(receipts: Iterable[Receipt], *, due_before: date) -> list[Duty]:
    """What of these receipts (with `body`) was due before that day, done or not; the longest past first."""
    rows = list(receipts)
    asked: dict[int, list[Requirement]] = defaultdict(list)
    directives = {row.directive_id for row in rows}
    due = Requirement.objects.filter(directive__in=directives, due_on__lt=due_before)
    for requirement in due.select_related("directive"):
        asked[requirement.directive_id].append(requirement)
    done = _done({row.pk for row in rows if row.directive_id in asked})
    found = [
        Duty(row, one, _first(row.implemented_on, done.get((row.pk, one.pk))))
        for row in rows
        for one in asked[row.directive_id]
        if one.is_for(branch=row.is_branch)
    ]
    return sorted(found, key=lambda duty: (duty.due_on, duty.requirement.pk, duty.receipt.body.code))


def _done(receipts: set[int]) -> dict[tuple[int, int], date]:
    found = {}
    for some in in_batches(sorted(receipts), CHUNK):
        rows = Fulfilment.objects.filter(receipt__in=some)
        for receipt, requirement, day in rows.values_list("receipt_id", "requirement_id", "done_on"):
            found[receipt, requirement] = day
    return found


def _first(*days: date | None) -> date | None:
    return min(filter(None, days), default=None)
