"""Sums of a body over months. Who asks says which question it is: as-was or as-now (see `models`).

The rows of bodies above the branches are as fresh as the worker: see `summing.is_up_to_date`.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.db import connection

from nenep.facts.measures import MEASURES
from nenep.facts.models import BranchMonth, NodeMonthNow, NodeMonthWas
from nenep.shared.dates import month_start

AsOf = Literal["was", "now"]
TABLES = {"was": NodeMonthWas._meta.db_table, "now": NodeMonthNow._meta.db_table}
_BRANCHES = BranchMonth._meta.db_table
# How many branch rows went into a sum; 0 means that there is no record, not that nothing happened.
ROWS = "branch_months"


def sums(body_id: int, start: date, end: date, *, as_of: AsOf = "was") -> dict[str, int]:
    """Each measure and `branch_months` over the months from `start`'s to `end`'s, both included."""
    months = trend(body_id, start, end, as_of=as_of).values()
    return {name: sum(month[name] for month in months) for name in (ROWS, *MEASURES)}


def trend(body_id: int, start: date, end: date, *, as_of: AsOf = "was") -> dict[date, dict[str, int]]:
    """The same by month, oldest first; a month without a record is absent.

    One statement of our own: it stands behind every dashboard, and the ORM would take four times as long.
    """
    columns = ", ".join(MEASURES)
    span = "month BETWEEN %(first)s AND %(last)s"
    values: dict[str, int | str] = {
        "body": body_id,
        "first": f"{month_start(start)}",
        "last": f"{month_start(end)}",
    }
    found: dict[date, dict[str, int]] = {}
    with connection.cursor() as cursor:
        # A body that is a branch, or was one, has months of its own.
        cursor.execute(
            f"""SELECT month, branches, {columns} FROM {TABLES[as_of]} WHERE node_id = %(body)s AND {span}
            UNION ALL SELECT month, 1, {columns} FROM {_BRANCHES} WHERE body_id = %(body)s AND {span}
            ORDER BY month""",  # noqa: S608  # our own names
            values,
        )
        for day, *counted in cursor.fetchall():
            month = date.fromisoformat(day) if isinstance(day, str) else day  # SQLite keeps text
            so_far = found.get(month)
            added = [a + b for a, b in zip(so_far.values(), counted, strict=True)] if so_far else counted
            found[month] = dict(zip((ROWS, *MEASURES), added, strict=True))
    return found
