"""All facts from scratch: from the records to the branch rows, from the branch rows to the sums."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction

from nenep.facts.measures import MEASURES
from nenep.facts.models import BranchMonth, NodeMonthNow, NodeMonthWas
from nenep.facts.operations import Fact, write_facts
from nenep.facts.sources import counted_again
from nenep.facts.summing import bring_up_to_date, resum_everything, wait_to_be_alone
from nenep.shared.dates import month_start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

Rows = dict[tuple[str, int, "date"], dict[str, int]]


@dataclass(frozen=True, slots=True)
class Difference:
    """`kept` is what the table held, `counted` what the records give; None where there was no row."""

    table: str
    body_id: int
    month: date
    measure: str
    kept: int | None
    counted: int | None


@transaction.atomic
def rebuild() -> list[Difference]:
    """Count everything again and keep the result; returns what was different before.

    Sums that only wait for the worker are no difference.
    """
    _keep_writers_out()
    wait_to_be_alone()
    bring_up_to_date()
    before = _rows()
    for table in (BranchMonth, NodeMonthWas, NodeMonthNow):
        table.objects.all().delete()
    write_facts(_merged())
    resum_everything()
    return list(_differences(before, _rows()))


def check() -> list[Difference]:
    """What a rebuild would change; nothing is kept."""
    with transaction.atomic():
        differences = rebuild()
        transaction.set_rollback(True)
    return differences


def _keep_writers_out() -> None:
    """Else a row that somebody writes meanwhile would be overwritten by an older count."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {BranchMonth._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def _merged() -> list[Fact]:
    """One fact for each branch and month; the same measure from two records of a month is added up."""
    sums: dict[tuple[int, date], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for fact in counted_again():
        for name, value in fact.measures.items():
            sums[fact.body_id, month_start(fact.month)][name] += value
    return [Fact(body_id, month, dict(measures)) for (body_id, month), measures in sums.items()]


def _rows() -> Rows:
    rows: Rows = {}
    for branch in BranchMonth.objects.iterator(chunk_size=2000):
        rows["branch", branch.body_id, branch.month] = branch.measures()
    for table, name in ((NodeMonthWas, "was"), (NodeMonthNow, "now")):
        for node in table.objects.iterator(chunk_size=2000):
            rows[name, node.node_id, node.month] = {"branches": node.branches, **node.measures()}
    return rows


def _differences(before: Rows, after: Rows) -> Iterator[Difference]:
    for key in sorted(before.keys() | after.keys()):
        kept, counted = before.get(key, {}), after.get(key, {})
        for measure in ("branches", *MEASURES):
            if kept.get(measure) != counted.get(measure):
                yield Difference(*key, measure, kept.get(measure), counted.get(measure))
