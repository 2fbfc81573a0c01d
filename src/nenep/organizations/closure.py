"""The closure: every ancestor of every body in time, derived from the edges.

One function, `_climb`, finds the ancestors of one body; a rebuild climbs from every body, an update from
those whose way up has changed, and both therefore agree. Climbing follows periods, not one day's tree, so any
history is right: a path holds while all its edges hold, and touching periods of the same ancestor at the same
depth are one.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from nenep.organizations.bulk import in_batches, insert
from nenep.organizations.models import Body, Closure, Edge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

# Vietnam's tree has five levels; a way up this long is a circle.
DEEPEST = 40
CHUNK = 800  # keys in one IN (...), within SQLite's limit
COLUMNS = ("ancestor_id", "descendant_id", "depth", "valid_from", "valid_to")


class Circle(Exception):
    """The edges lead from a body back to itself at the same time; the operations never let that happen."""

    def __init__(self, body_id: int) -> None:
        super().__init__(f"body {body_id} stands above itself")
        self.body_id = body_id


class Row(NamedTuple):
    ancestor_id: int
    descendant_id: int
    depth: int
    valid_from: date
    valid_to: date


class Span(NamedTuple):
    """A body during a half-open period."""

    body_id: int
    start: date
    end: date


Ways = dict[int, list[Span]]  # child -> its parents in time


@transaction.atomic
def rebuild() -> int:
    """Derive the whole closure again; returns the number of rows. About a minute for the country's tree."""
    Closure.objects.all().delete()
    return insert(Closure, COLUMNS, derived())


def derived() -> Iterator[Row]:
    """What the closure must hold, computed from all edges; rows of one body at a time.

    Everything is read before the first row comes out: while a COPY runs, its connection answers no query.
    """
    ways: Ways = defaultdict(list)
    edges = Edge.objects.order_by().values_list("child_id", "parent_id", "valid_from", "valid_to")
    for child, parent, start, end in edges.iterator(chunk_size=20_000):
        ways[child].append(Span(parent, start, end))
    bodies = list(Body.objects.order_by().values_list("pk", "founded_on", "dissolved_on"))
    return (row for life in bodies for row in _climb(Span(*life), ways))


@transaction.atomic
def refresh(changed: Iterable[int]) -> int:
    """Bring the closure up to date after the edges or the lives of these bodies have changed.

    Every body whose way up leads through a changed one stands below it in the closure as it was, since
    the part of the way under the lowest change has stayed. Returns how many rows were written or removed.
    """
    affected = _with_descendants(changed)
    ways = _ways_up(affected)
    touched = 0
    for some in in_batches(sorted(affected), CHUNK):
        lives = Body.objects.filter(pk__in=some).values_list("pk", "founded_on", "dissolved_on")
        touched += _replace(some, {row for life in lives for row in _climb(Span(*life), ways)})
    return touched


def _climb(life: Span, ways: Ways) -> list[Row]:
    """The rows of one body: itself, then all ancestors of depth 1, 2, ..."""
    rows: list[Row] = []
    level, depth = [life], 0
    while level:
        if depth > DEEPEST:
            raise Circle(life.body_id)
        rows += [Row(span.body_id, life.body_id, depth, span.start, span.end) for span in level]
        level = _joined([parent for span in level for parent in _parents(span, ways)])
        depth += 1
    return rows


def _parents(span: Span, ways: Ways) -> Iterator[Span]:
    for parent, edge_start, edge_end in ways.get(span.body_id, ()):
        start, end = max(edge_start, span.start), min(edge_end, span.end)
        if start < end:
            yield Span(parent, start, end)


def _joined(spans: list[Span]) -> list[Span]:
    """The same spans with touching periods of the same body made one."""
    if len(spans) < 2:  # nearly every level of nearly every body
        return spans
    joined: list[Span] = []
    for span in sorted(spans):
        last = joined[-1] if joined else None
        if last and last.body_id == span.body_id and last.end == span.start:
            joined[-1] = last._replace(end=span.end)
        else:
            joined.append(span)
    return joined


def _with_descendants(bodies: Iterable[int]) -> set[int]:
    affected = set(bodies)
    for some in in_batches(tuple(affected), CHUNK):
        affected.update(Closure.objects.filter(ancestor__in=some).values_list("descendant_id", flat=True))
    return affected


def _ways_up(bodies: set[int]) -> Ways:
    """The edges on every way up from these bodies, one query per level and chunk."""
    ways: Ways = defaultdict(list)
    known, fresh = set(bodies), set(bodies)
    while fresh:
        parents: set[int] = set()
        for some in in_batches(tuple(fresh), CHUNK):
            edges = Edge.objects.filter(child__in=some).order_by()
            for child, parent, start, end in edges.values_list(
                "child_id", "parent_id", "valid_from", "valid_to"
            ):
                ways[child].append(Span(parent, start, end))
                parents.add(parent)
        fresh = parents - known
        known |= fresh
    return ways


def _replace(descendants: tuple[int, ...], rows: set[Row]) -> int:
    """Write only what differs: a move leaves most rows above the common ancestor as they are."""
    kept = Closure.objects.filter(descendant__in=descendants)
    there = {Row(*columns) for columns in kept.values_list(*COLUMNS)}
    stale, missing = there - rows, rows - there
    for (ancestor, start), some in _grouped(stale).items():
        Closure.objects.filter(ancestor=ancestor, descendant__in=some, valid_from=start).delete()
    insert(Closure, COLUMNS, missing)
    return len(stale) + len(missing)


def _grouped(rows: set[Row]) -> dict[tuple[int, date], list[int]]:
    """Descendants by ancestor and first day: what a move makes stale falls into few groups."""
    groups: dict[tuple[int, date], list[int]] = defaultdict(list)
    for row in rows:
        groups[row.ancestor_id, row.valid_from].append(row.descendant_id)
    return groups
