"""Sums of a body over months. Who asks says which question it is: as-was or as-now (see `models`).

The rows of bodies above the branches are as fresh as the worker: see `is_summed`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from django.db.models import Value

from nenep.facts.measures import MEASURES
from nenep.facts.models import BranchMonth, Dirty, NodeMonthNow, NodeMonthWas
from nenep.shared.dates import month_start

if TYPE_CHECKING:
    from datetime import date

AsOf = Literal["was", "now"]
TABLES = {"was": NodeMonthWas, "now": NodeMonthNow}
# How many branch rows went into a sum; 0 means that there is no record, not that nothing happened.
ROWS = "branch_months"


def sums(body_id: int, start: date, end: date, *, as_of: AsOf = "was") -> dict[str, int]:
    """Each measure and `branch_months` over the months from `start`'s to `end`'s, both included."""
    months = trend(body_id, start, end, as_of=as_of).values()
    return {name: sum(month[name] for month in months) for name in (ROWS, *MEASURES)}


def trend(body_id: int, start: date, end: date, *, as_of: AsOf = "was") -> dict[date, dict[str, int]]:
    """The same by month, oldest first; a month without a record is absent. Two statements."""
    months = {"month__gte": month_start(start), "month__lte": month_start(end)}
    below = TABLES[as_of]._base_manager.filter(node=body_id, **months)
    # A body that is a branch, or was one, has months of its own.
    own = BranchMonth.objects.filter(body=body_id, **months).annotate(branches=Value(1))
    found: dict[date, dict[str, int]] = {}
    for rows in (below, own):
        for month, *values in rows.order_by("month").values_list("month", "branches", *MEASURES):
            total = found.setdefault(month, dict.fromkeys((ROWS, *MEASURES), 0))
            for name, value in zip(total, values, strict=True):
                total[name] += value
    return dict(sorted(found.items()))


def is_summed() -> bool:
    """Whether no branch's month waits to be summed upward."""
    return not Dirty.objects.exists()
