"""Which bodies a branch's month counts for.

As-was: in a month every body counts for the parent it has on its last day in that month, which is the month's
last day, or the body's own when it ends before. As-now: today's tree.
"""
# ruff: noqa: S608  # only our own names are put into statements

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import connection

from nenep.organizations.kinds import GRASSROOTS_KINDS, Kind
from nenep.organizations.models import Body, BodyKind, Edge
from nenep.shared.dates import month_end, month_start, today

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

STAMPS = ("grassroots", "committee", "province")
_LEVELS = {
    **dict.fromkeys(GRASSROOTS_KINDS, "grassroots"),
    Kind.COMMITTEE: "committee",
    Kind.PROVINCE: "province",
}
Stamps = tuple[int | None, ...]

_EDGE, _BODY, _KIND = (model._meta.db_table for model in (Edge, Body, BodyKind))
# Leaves each body at most one edge. A body that ends between the two days counts by its last edge.
HOLDS = f"""edge.valid_from <= %(last)s AND (edge.valid_to > %(last)s OR edge.valid_to > %(first)s
    AND edge.valid_to = (SELECT body.dissolved_on FROM {_BODY} body WHERE body.id = edge.child_id))"""


@dataclass(frozen=True, slots=True)
class Tree:
    """Who stands under whom, each body as on its last day between two days."""

    first: date
    last: date

    @classmethod
    def of(cls, month: date) -> Tree:
        return cls(month_start(month), month_end(month))

    @classmethod
    def now(cls) -> Tree:
        return cls(today(), today())

    def ways_up(self, bodies: Collection[int]) -> Ways:
        """The ways up from these bodies to the top."""
        statement = f"""WITH RECURSIVE up (child, parent) AS ({_parents()}
            UNION SELECT edge.child_id, edge.parent_id FROM up JOIN {_EDGE} edge ON edge.child_id = up.parent
            WHERE {HOLDS}) SELECT child, parent FROM up"""
        return Ways(self, self._pairs(statement, bodies))

    def ways_among(self, bodies: Collection[int]) -> Ways:
        """The same for bodies that are given with all that stands above them."""
        return Ways(self, self._pairs(_parents(), bodies))

    def kinds(self, bodies: Collection[int]) -> dict[int, str]:
        """What these bodies were, on the last day or when they ended: of several kinds the last one stays."""
        return self._pairs(
            f"""SELECT body_id, kind FROM {_KIND} WHERE {among("body_id")} AND valid_from <= %(last)s
            ORDER BY valid_from""",
            bodies,
        )

    def parameters(self, keys: Collection[int] = (), **others: Any) -> dict[str, Any]:
        """For a statement with `HOLDS`, and with `among` or `keys`."""
        packed = list(keys) if connection.vendor == "postgresql" else json.dumps(list(keys))
        return {"first": self.first.isoformat(), "last": self.last.isoformat(), "keys": packed, **others}

    def _pairs(self, statement: str, keys: Collection[int]) -> dict[int, Any]:
        with connection.cursor() as cursor:
            cursor.execute(statement, self.parameters(keys))
            return dict(cursor.fetchall())


class Ways:
    """`parents`: body -> its parent, for some bodies and all above them."""

    def __init__(self, tree: Tree, parents: dict[int, int]) -> None:
        self.tree, self.parents = tree, parents
        self._depths: dict[int, int] = {}
        self._stamps: dict[int, dict[str, int]] = {}

    def levels(self, also: Iterable[int] = ()) -> list[list[int]]:
        """Every body that stands above another, and `also`: the lowest first, so that sums can climb."""
        levels: dict[int, list[int]] = defaultdict(list)
        for body in {*self.parents.values(), *also}:
            levels[self._depth(body)].append(body)
        return [sorted(levels[depth]) for depth in sorted(levels, reverse=True)]

    def stamps_under(self, parent: int | None) -> Stamps:
        """The stamps of a branch directly under this body."""
        found = self._found_from(parent) if parent else {}
        return tuple(found.get(name) for name in STAMPS)

    def _found_from(self, body: int) -> dict[str, int]:
        if body not in self._stamps:
            kind = self._kinds.get(body)
            own = {_LEVELS[Kind(kind)]: body} if kind in _LEVELS else {}
            above = self.parents.get(body)
            self._stamps[body] = own | (self._found_from(above) if above else {})
        return self._stamps[body]

    @cached_property
    def _kinds(self) -> dict[int, str]:
        return self.tree.kinds({*self.parents, *self.parents.values()})

    def _depth(self, body: int) -> int:
        if body not in self._depths:
            above = self.parents.get(body)
            self._depths[body] = self._depth(above) + 1 if above else 0
        return self._depths[body]


def stamps_of(wanted: Iterable[tuple[int, date]]) -> dict[tuple[int, date], dict[str, int | None]]:
    """For each (branch, month): the grassroots body, committee and province that the month counts for."""
    by_month: dict[date, set[int]] = defaultdict(set)
    for branch, month in wanted:
        by_month[month].add(branch)
    ways = {month: Tree.of(month).ways_up(branches) for month, branches in by_month.items()}
    return {
        (branch, month): dict(
            zip(STAMPS, ways[month].stamps_under(ways[month].parents.get(branch)), strict=True)
        )
        for month, branches in by_month.items()
        for branch in branches
    }


def _parents() -> str:
    return (
        f"SELECT edge.child_id, edge.parent_id FROM {_EDGE} edge WHERE {among('edge.child_id')} AND {HOLDS}"
    )


def keys() -> str:
    """A table of one column, `value`: the keys of `Tree.parameters`, however many they are."""
    postgresql = connection.vendor == "postgresql"
    return "unnest(%(keys)s::integer[]) AS keys (value)" if postgresql else "json_each(%(keys)s) AS keys"


def among(column: str) -> str:
    """A condition: `column` is one of the keys."""
    return f"{column} IN (SELECT value FROM {keys()})"
