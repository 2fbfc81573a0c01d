"""Writes whole histories of bodies in bulk and reads them back for comparison (see `loading`)."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from nenep.organizations.bulk import in_batches, insert
from nenep.organizations.models import (
    Body,
    BodyKind,
    BodyName,
    Change,
    Cluster,
    ClusterPlace,
    Edge,
    RuleScope,
    Succession,
)
from nenep.shared.dates import FOREVER
from nenep.shared.vietnamese import clean, search_key, sort_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from nenep.organizations.loading import Life, TreeRow

CHUNK = 800
What = Change.What


class History(NamedTuple):
    """What is compared: the dated statements about one body, and who continued it. Codes, not keys."""

    names: frozenset[tuple[date, date, str, str, str]]
    kinds: frozenset[tuple[date, date, str, str]]
    parents: frozenset[tuple[date, date, str]]
    scopes: frozenset[tuple[date, date, str]]
    successors: frozenset[str]


def count_bodies() -> int:
    return Body.objects.count()


def history_of(life: Life) -> History:
    """The history that the rows of a file tell."""
    return History(
        frozenset((start, end, *stated) for start, end, stated in periods(life, _naming)),
        frozenset((start, end, *stated) for start, end, stated in periods(life, _being)),
        frozenset((start, end, stated) for start, end, stated in periods(life, _standing) if stated),
        frozenset((start, end, stated) for start, end, stated in periods(life, _ruled) if stated),
        frozenset(life.rows[-1].successors),
    )


def kept_histories(codes: Iterable[str]) -> dict[str, History]:
    """The histories of those bodies that exist already."""
    found: dict[str, History] = {}
    if not Body.objects.exists():
        return found
    for some in in_batches(codes, CHUNK):
        bodies = Body.objects.filter(code__in=some).prefetch_related(
            "names", "kinds", "edges_up__parent", "rule_scopes", "successions__successor"
        )
        found |= {body.code: _kept(body) for body in bodies}
    return found


def store(lives: Sequence[Life]) -> list[int]:
    """Write new bodies with all their rows, the closure excepted; returns their keys."""
    founded = ((life.code, life.founded_on, life.dissolved_on) for life in lives)
    insert(Body, ("code", "founded_on", "dissolved_on"), founded)
    keys = _keys(lives)
    insert(
        BodyName,
        ("body_id", "valid_from", "valid_to", "name", "short_name", "locality", "sort_key", "search_key"),
        (
            (keys[life.code], start, end, name, short, place, sort_key(name), search_key(f"{name} {short}"))
            for life in lives
            for start, end, (name, short, place) in periods(life, _naming)
        ),
    )
    insert(BodyKind, ("body_id", "valid_from", "valid_to", "kind", "unit_type"), _stated(lives, keys, _being))
    insert(
        Edge,
        ("child_id", "valid_from", "valid_to", "parent_id"),
        ((*row, keys[parent]) for *row, parent in _stated(lives, keys, _standing) if parent),
    )
    insert(
        RuleScope,
        ("body_id", "valid_from", "valid_to", "code"),
        (row for row in _stated(lives, keys, _ruled) if row[-1]),
    )
    insert(Change, ("body_id", "what", "day", "decision"), _changes(lives, keys))
    insert(
        Succession,
        ("predecessor_id", "successor_id", "day"),
        (
            (keys[life.code], keys[code], life.dissolved_on)
            for life in lives
            for code in dict.fromkeys(life.rows[-1].successors)
        ),
    )
    _store_clusters(lives, keys)
    return [keys[life.code] for life in lives]


def periods(life: Life, stated: Callable[[TreeRow], Any]) -> Iterator[tuple[date, date, Any]]:
    """What the rows state, with periods of the same statement joined."""
    start, now = life.rows[0].valid_from, stated(life.rows[0])
    for row in life.rows[1:]:
        if (then := stated(row)) != now:
            yield start, row.valid_from, now
            start, now = row.valid_from, then
    yield start, life.rows[-1].valid_to, now


def _naming(row: TreeRow) -> tuple[str, str, str]:
    name = clean(row.name)
    return name, clean(row.short_name) or name, clean(row.locality)


def _being(row: TreeRow) -> tuple[str, str]:
    return row.kind.value, row.unit_type.value


def _standing(row: TreeRow) -> str:
    return row.parent


def _ruled(row: TreeRow) -> str:
    return clean(row.scope)


def _kept(body: Body) -> History:
    return History(
        frozenset(_kept_names(body)),
        frozenset((row.valid_from, row.valid_to, row.kind, row.unit_type) for row in body.kinds.all()),
        frozenset((row.valid_from, row.valid_to, row.parent.code) for row in body.edges_up.all()),
        frozenset((row.valid_from, row.valid_to, row.code) for row in body.rule_scopes.all()),
        frozenset(row.successor.code for row in body.successions.all()),
    )


def _kept_names(body: Body) -> Iterator[tuple[date, date, str, str, str]]:
    """Periods of the same name and place joined, as a file states them: a correction can make neighbours equal."""
    rows = sorted(body.names.all(), key=lambda row: row.valid_from)
    for stated, alike in groupby(rows, key=lambda row: (row.name, row.short_name, row.locality)):
        spans = list(alike)
        yield spans[0].valid_from, spans[-1].valid_to, *stated


def _keys(lives: Sequence[Life]) -> dict[str, int]:
    """Code -> key of every body that the rows mention; all bodies when that is most of them."""
    codes = {life.code for life in lives}
    for life in lives:
        for row in life.rows:
            codes.update((row.parent, *row.successors))
    pairs = Body.objects.order_by().values_list("code", "pk")
    if len(codes) * 2 > count_bodies():
        return dict(pairs.iterator(chunk_size=20_000))
    return {code: key for some in in_batches(codes, CHUNK) for code, key in pairs.filter(code__in=some)}


def _stated(
    lives: Iterable[Life], keys: dict[str, int], stated: Callable[[TreeRow], Any]
) -> Iterator[tuple[Any, ...]]:
    for life in lives:
        for start, end, what in periods(life, stated):
            yield (keys[life.code], start, end, *(what if isinstance(what, tuple) else (what,)))


def _changes(lives: Sequence[Life], keys: dict[str, int]) -> Iterator[tuple[int, str, date, str]]:
    predecessors = Counter(code for life in lives for code in set(life.rows[-1].successors))
    received: dict[tuple[str, date], str] = {}
    for life in lives:
        key, first = keys[life.code], life.rows[0]
        yield key, What.CREATED.value, first.valid_from, clean(first.decision)
        for was, row in pairwise(life.rows):
            for what in _differences(was, row):
                yield key, what.value, row.valid_from, clean(row.decision)
        if life.dissolved_on == FOREVER:
            continue
        end = _end(life, predecessors)
        yield key, end.value, life.dissolved_on, ""
        if end in {What.MERGED, What.SUCCEEDED}:
            received[life.rows[-1].successors[0], life.dissolved_on] = end.value
    for (code, day), what_value in received.items():
        yield keys[code], what_value, day, ""


def _differences(was: TreeRow, row: TreeRow) -> Iterator[Change.What]:
    (*was_called, was_at), (*called, at) = _naming(was), _naming(row)
    if was_called != called:
        yield What.RENAMED
    if was_at != at:
        yield What.LOCALITY_CHANGED
    if _being(was) != _being(row):
        yield What.RECLASSIFIED
    if _ruled(was) != _ruled(row):
        yield What.RULES_CHANGED
    if _standing(was) != _standing(row):
        yield What.MOVED


def _end(life: Life, predecessors: Counter[str]) -> Change.What:
    successors = set(life.rows[-1].successors)
    if not successors:
        return What.DISSOLVED
    if len(successors) > 1:
        return What.SPLIT
    return What.MERGED if predecessors[successors.pop()] > 1 else What.SUCCEEDED


def _store_clusters(lives: Sequence[Life], keys: dict[str, int]) -> None:
    owners: dict[str, tuple[int, date]] = {}
    places: dict[str, list[tuple[int, date, date]]] = defaultdict(list)
    for life in lives:
        for start, end, (code, parent) in periods(life, lambda row: (clean(row.cluster), row.parent)):
            if code and parent:
                places[code].append((keys[life.code], start, end))
                owner, since = owners.get(code, (keys[parent], start))
                owners[code] = owner, min(since, start)
    kept = set(Cluster.objects.filter(code__in=owners).values_list("code", flat=True))
    formed = [
        Cluster(owner_id=owner, code=code, name=code, valid_from=since)
        for code, (owner, since) in owners.items()
        if code not in kept
    ]
    Cluster.objects.bulk_create(formed, batch_size=500)
    clusters = dict(Cluster.objects.filter(code__in=owners).values_list("code", "pk"))
    rows = ((clusters[code], *place) for code, some in places.items() for place in some)
    insert(ClusterPlace, ("cluster_id", "body_id", "valid_from", "valid_to"), rows)
