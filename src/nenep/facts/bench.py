"""What sums cost: reads at every level of the largest way down, and bringing a thousand branches up to date."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from django.db import transaction

from nenep.facts.measures import MEASURES
from nenep.facts.models import BranchMonth, Dirty
from nenep.facts.reads import trend
from nenep.facts.summing import bring_up_to_date, resum, resum_everything
from nenep.facts.tree import STAMPS, stamps_of
from nenep.organizations.bulk import insert
from nenep.organizations.measures import largest_way
from nenep.organizations.models import Body
from nenep.shared.dates import month_start, previous_month, today
from nenep.shared.measuring import Measure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

MONTHS = 6
DRAINED = 1_000


def measures() -> Iterator[Measure]:
    """Where there is a tree and no figure yet, figures are made up in a transaction that leaves nothing behind."""
    if not Body.objects.on(today()).branches().exists():
        return
    if BranchMonth.objects.exists():
        yield from _reads()
        return
    with transaction.atomic():
        _make_up(_last_months())
        yield from _reads()
        branches = list(
            islice(Body.objects.on(today()).branches().order_by("pk").values_list("pk", flat=True), DRAINED)
        )
        yield Measure(f"facts.drain_{DRAINED}", partial(_drain, branches))
        yield Measure("facts.nothing_to_do", bring_up_to_date)
        transaction.set_rollback(True)


def _reads() -> Iterator[Measure]:
    start = previous_month(today()).replace(year=today().year - 5)
    for level, key in largest_way(today()).items():
        yield Measure(f"facts.trend_was.{level}", partial(trend, key, start, today()))
        yield Measure(f"facts.trend_now.{level}", partial(trend, key, start, today(), as_of="now"))


def _last_months() -> list[date]:
    months = [month_start(today())]
    while len(months) < MONTHS:
        months.append(previous_month(months[-1]))
    return months


def _make_up(months: list[date]) -> None:
    branches = list(Body.objects.on(today()).branches().values_list("pk", flat=True))
    for month in months:
        stamps = stamps_of({(branch, month) for branch in branches})
        rows = [
            (branch, month, *stamps[branch, month].values(), *([1] * len(MEASURES))) for branch in branches
        ]
        insert(BranchMonth, ("body_id", "month", *STAMPS, *MEASURES), rows)
    resum_everything()


def _drain(branches: list[int]) -> None:
    """As after an evening on which these branches met: every sum above them changes."""
    month = month_start(today())
    rows = BranchMonth.objects.filter(month=month, body__in=branches)
    rows.update(present=rows.values_list("present", flat=True)[0] + 1)
    Dirty.objects.bulk_create((Dirty(body_id=branch, month=month) for branch in branches), batch_size=1000)
    resum()
