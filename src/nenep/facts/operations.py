"""Writing a branch's month: in the user's transaction only its own row and a mark, never a body above."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from nenep.facts.measures import MEASURES
from nenep.facts.models import BranchMonth, Dirty
from nenep.facts.tree import STAMPS, stamps_of
from nenep.shared.dates import month_start

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class Fact:
    """Measures of one branch and month; names as in `measures.MEASURES`. Unnamed measures stay as they are."""

    body_id: int
    month: date
    measures: Mapping[str, int]


def write_fact(body_id: int, month: date, **measures: int) -> None:
    """Set measures of one branch and month. Must run in the transaction of the change that moved them."""
    write_facts([Fact(body_id, month, measures)])


def write_facts(facts: Iterable[Fact]) -> None:
    """Set measures of many branches and months. ValueError for an unknown measure or one that is given twice."""
    if not connection.in_atomic_block:
        raise RuntimeError("facts are written in the transaction of the change that moved them")
    given = list(facts)
    if unknown := {name for fact in given for name in fact.measures} - MEASURES.keys():
        raise ValueError(f"unknown measures {sorted(unknown)}; known: {', '.join(MEASURES)}")
    by_names: dict[frozenset[str], list[Fact]] = defaultdict(list)
    for fact in given:
        by_names[frozenset(fact.measures)].append(fact)
    stamps = stamps_of({(fact.body_id, month_start(fact.month)) for fact in given})
    for names, some in by_names.items():
        rows = [_row(fact, stamps[fact.body_id, month_start(fact.month)]) for fact in some]
        if len({(row.body_id, row.month) for row in rows}) != len(rows):
            raise ValueError("the same branch and month is given twice")
        BranchMonth.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["body", "month"],
            update_fields=[*sorted(names), *STAMPS],
            batch_size=500,
        )
    Dirty.objects.bulk_create(
        (Dirty(body_id=body_id, month=month) for body_id, month in stamps), batch_size=1000
    )


def _row(fact: Fact, stamps: Mapping[str, int | None]) -> BranchMonth:
    return BranchMonth(body_id=fact.body_id, month=month_start(fact.month), **stamps, **fact.measures)
