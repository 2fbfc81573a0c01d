"""Which bodies a branch's month counts for.

As-was: in a month every body counts for the parent it has on its last day in that month, which is the month's
last day, or the body's own when it ends before. As-now: today's tree.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import F, Q

from nenep.organizations.bulk import in_batches
from nenep.organizations.kinds import GRASSROOTS_KINDS, Kind
from nenep.organizations.models import BodyKind, Edge
from nenep.shared.dates import month_end, month_start, today, valid_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet
    from datetime import date

CHUNK = 800
STAMPS = ("grassroots", "committee", "province")
_LEVELS = {Kind.COMMITTEE: "committee", Kind.PROVINCE: "province"}


@dataclass(frozen=True, slots=True)
class Tree:
    """The tree of a month, or today's when `month` is None."""

    month: date | None = None

    def holds(self, *, prefix: str = "") -> Q:
        """A condition on edges, reached through `prefix`, that leaves each body at most one parent."""
        if self.month is None:
            return valid_on(today(), prefix=prefix)
        last = month_end(self.month)
        ended = {
            f"{prefix}child__dissolved_on__gt": month_start(self.month),
            f"{prefix}child__dissolved_on__lte": last,
            f"{prefix}valid_to": F(f"{prefix}child__dissolved_on"),
        }
        return valid_on(last, prefix=prefix) | Q(**ended)

    def levels_above(self, bodies: Iterable[int], *, also: AbstractSet[int] = frozenset()) -> list[list[int]]:
        """Every body above `bodies`, `also` and what is above them: the lowest first, so that sums can climb."""
        parents = self._parents_upward({*bodies, *also})
        depths: dict[int, int] = {}
        for body in {*parents.values(), *also}:
            _note_depth(body, parents, depths)
        levels: dict[int, list[int]] = defaultdict(list)
        for body in {*parents.values(), *also}:
            levels[depths[body]].append(body)
        return [sorted(levels[depth]) for depth in sorted(levels, reverse=True)]

    def _parents_upward(self, bodies: AbstractSet[int]) -> dict[int, int]:
        parents: dict[int, int] = {}
        while bodies:
            for some in in_batches(sorted(bodies), CHUNK):
                edges = Edge.objects.filter(self.holds(), child__in=some)
                parents.update(edges.values_list("child_id", "parent_id"))
            bodies = {parents[body] for body in bodies if body in parents} - parents.keys()
        return parents


class _Way(NamedTuple):
    parent: int
    start: date
    end: date


def stamps_of(wanted: AbstractSet[tuple[int, date]]) -> dict[tuple[int, date], dict[str, int | None]]:
    """For each (branch, month): the grassroots body, committee and province that the month counts for."""
    ways, ends = _ways({body for body, _month in wanted})
    kinds = _kinds({way.parent for some in ways.values() for way in some})
    return {pair: _stamps(*pair, ways, ends, kinds) for pair in sorted(wanted)}


def _note_depth(body: int, parents: dict[int, int], depths: dict[int, int]) -> None:
    way = [body]
    while way[-1] in parents and way[-1] not in depths:
        way.append(parents[way[-1]])
    depth = depths.setdefault(way.pop(), 0)
    for below in reversed(way):
        depth += 1
        depths[below] = depth


def _ways(bodies: AbstractSet[int]) -> tuple[dict[int, list[_Way]], dict[int, date]]:
    """The parents in time of these bodies and of all above them, and the day on which each ends."""
    ways: dict[int, list[_Way]] = defaultdict(list)
    ends: dict[int, date] = {}
    while bodies:
        found: set[int] = set()
        for some in in_batches(sorted(bodies), CHUNK):
            rows = Edge.objects.filter(child__in=some)
            for child, end, parent, start, until in rows.values_list(
                "child_id", "child__dissolved_on", "parent_id", "valid_from", "valid_to"
            ):
                ways[child].append(_Way(parent, start, until))
                ends[child] = end
                found.add(parent)
        bodies = found - ways.keys()
    return ways, ends


def _kinds(bodies: AbstractSet[int]) -> dict[int, list[tuple[str, date]]]:
    """The kinds in time of each body, oldest first, with the day from which each holds."""
    found: dict[int, list[tuple[str, date]]] = defaultdict(list)
    for some in in_batches(sorted(bodies), CHUNK):
        rows = BodyKind.objects.filter(body__in=some).order_by("valid_from")
        for body, kind, start in rows.values_list("body_id", "kind", "valid_from"):
            found[body].append((kind, start))
    return found


def _stamps(
    branch: int,
    month: date,
    ways: dict[int, list[_Way]],
    ends: dict[int, date],
    kinds: dict[int, list[tuple[str, date]]],
) -> dict[str, int | None]:
    stamps: dict[str, int | None] = dict.fromkeys(STAMPS)
    body, last = branch, month_end(month)
    while ways.get(body):
        day = min(last, ends[body] - timedelta(days=1))
        parent = next((way.parent for way in ways[body] if way.start <= day < way.end), None)
        # A body that ended before the month counts for nobody.
        if parent is None or day < month:
            break
        kind = next((kind for kind, start in reversed(kinds[parent]) if start <= last), "")
        if kind in GRASSROOTS_KINDS:
            stamps["grassroots"] = parent
        elif kind in _LEVELS:
            stamps[_LEVELS[Kind(kind)]] = parent
        body = parent
    return stamps
