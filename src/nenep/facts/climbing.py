"""One month's sums, by the database: stamps of branches, rows of the bodies above, level by level.

Written are only rows that differ. Statements of our own because the ORM has no `INSERT ... SELECT`, and rows that
pass through Python cost ten times the database's time.
"""
# ruff: noqa: S608  # only our own names are put into statements

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from django.db import connection

from nenep.facts.measures import MEASURES
from nenep.facts.models import BranchMonth
from nenep.facts.tree import HOLDS, STAMPS, among, keys
from nenep.organizations.bulk import in_batches
from nenep.organizations.models import Edge

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from nenep.facts.models import NodeMonth
    from nenep.facts.tree import Ways

ROWS_AT_ONCE = 200  # in one statement, within SQLite's limit of values
SUMMED = ("branches", *MEASURES)
_EDGE, _BRANCHES = Edge._meta.db_table, BranchMonth._meta.db_table


def stamp(branches: Collection[int] | None, month: date, ways: Ways) -> None:
    """Set stamps where they differ from the tree as it is known now."""
    columns = ", ".join(f"kept.{name}" for name in STAMPS)
    chosen = "" if branches is None else f"AND {among('kept.body_id')}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT kept.body_id, edge.parent_id, {columns} FROM {_BRANCHES} kept
            LEFT JOIN {_EDGE} edge ON edge.child_id = kept.body_id AND {HOLDS}
            WHERE kept.month = %(month)s {chosen}""",
            ways.tree.parameters(branches or (), month=month.isoformat()),
        )
        rows = ((body, kept, ways.stamps_under(parent)) for body, parent, *kept in cursor.fetchall())
        wrong = [(body, *stamps) for body, kept, stamps in rows if tuple(kept) != stamps]
        # Both databases call the columns of VALUES so.
        news = ", ".join(
            f"{name} = CAST(news.column{place} AS integer)" for place, name in enumerate(STAMPS, 2)
        )
        for some in in_batches(wrong, ROWS_AT_ONCE):
            places = ", ".join(["(%s, %s, %s, %s)"] * len(some))
            cursor.execute(
                f"""UPDATE {_BRANCHES} SET {news} FROM (VALUES {places}) AS news
                WHERE month = %s AND body_id = news.column1""",
                [*chain.from_iterable(some), month.isoformat()],
            )


def climb(table: type[NodeMonth], month: date, ways: Ways, nodes: Collection[int]) -> None:
    """Set the rows of everything above, and of `nodes`. Written are only rows that differ.

    Above a branch there is always something to sum: only what stands above `nodes` can have become empty.
    """
    name = table._meta.db_table
    with connection.cursor() as cursor:
        for level in ways.levels(nodes):
            values = ways.tree.parameters(level, month=month.isoformat())
            cursor.execute(_fill(name, even_empty=bool(nodes)), values)
            if nodes:
                empty = f"month = %(month)s AND {among('node_id')} AND branches = 0"
                cursor.execute(f"DELETE FROM {name} WHERE {empty}", values)


def _fill(table: str, *, even_empty: bool) -> str:
    """What is directly under `keys` in this month, bodies that are sums and branches, added up for each parent."""
    measures = ", ".join(f"below.{name}" for name in MEASURES)
    # CROSS JOIN: SQLite would otherwise begin with the whole month.
    parts = [
        f"""SELECT edge.parent_id AS parent, below.month, {branches} AS branches, {measures}
        FROM {_EDGE} edge CROSS JOIN {source} below
        WHERE {among("edge.parent_id")} AND {HOLDS} AND below.{key} = edge.child_id AND below.month = %(month)s"""
        for source, key, branches in ((_BRANCHES, "body_id", "1"), (table, "node_id", "below.branches"))
    ]
    if even_empty:
        parts.append(f"SELECT value, %(month)s{', 0' * len(SUMMED)} FROM {keys()}")
    columns, kept, news, sums = (
        ", ".join(form.format(name) for name in SUMMED)
        for form in ("{}", f"{table}.{{}}", "excluded.{}", "SUM({})")
    )
    return f"""INSERT INTO {table} (node_id, month, {columns})
        SELECT parent, month, {sums} FROM ({" UNION ALL ".join(parts)}) AS children GROUP BY parent, month
        ON CONFLICT (node_id, month) DO UPDATE SET ({columns}) = ({news}) WHERE ({kept}) <> ({news})"""
