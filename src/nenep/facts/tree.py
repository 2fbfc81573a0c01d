"""Which bodies a branch's month counts for: the tree on the last day of the month, or today's."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

from nenep.organizations.bulk import in_batches
from nenep.organizations.kinds import GRASSROOTS_KINDS, Kind
from nenep.organizations.models import BodyKind, Closure, Edge
from nenep.shared.dates import month_end, valid_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet
    from datetime import date

CHUNK = 800
_LEVELS = {Kind.COMMITTEE: "committee", Kind.PROVINCE: "province"}


def stamps_of(wanted: AbstractSet[tuple[int, date]]) -> dict[tuple[int, date], dict[str, int | None]]:
    """For each (branch, month): the grassroots body, committee and province above it on the month's last day."""
    bodies = {body for body, _month in wanted}
    above = _ancestors(bodies)
    kinds = _kinds({ancestor for rows in above.values() for ancestor, _start, _end in rows})
    return {(body, month): _stamps(above[body], kinds, month_end(month)) for body, month in sorted(wanted)}


def ancestors_by_depth(bodies: Iterable[int], day: date) -> dict[int, list[int]]:
    """For each body its ancestors on `day`, nearest first."""
    found: dict[int, list[int]] = defaultdict(list)
    for some in in_batches(set(bodies), CHUNK):
        rows = Closure.objects.filter(valid_on(day), descendant__in=some, depth__gt=0).order_by("depth")
        for descendant, ancestor in rows.values_list("descendant_id", "ancestor_id"):
            found[descendant].append(ancestor)
    return found


def fingerprint(day: date) -> str:
    """Changes whenever any body of `day` stands under another parent."""
    digest = hashlib.sha256()
    edges = Edge.objects.filter(valid_on(day)).order_by("child_id").values_list("child_id", "parent_id")
    for child, parent in edges.iterator(chunk_size=5000):
        digest.update(b"%d>%d;" % (child, parent))
    return digest.hexdigest()


def _ancestors(bodies: AbstractSet[int]) -> dict[int, list[tuple[int, date, date]]]:
    found: dict[int, list[tuple[int, date, date]]] = defaultdict(list)
    for some in in_batches(bodies, CHUNK):
        rows = Closure.objects.filter(descendant__in=some)
        for below, above, start, end in rows.values_list(
            "descendant_id", "ancestor_id", "valid_from", "valid_to"
        ):
            found[below].append((above, start, end))
    return found


def _kinds(bodies: AbstractSet[int]) -> dict[int, list[tuple[str, date, date]]]:
    found: dict[int, list[tuple[str, date, date]]] = defaultdict(list)
    for some in in_batches(bodies, CHUNK):
        rows = BodyKind.objects.filter(body__in=some)
        for body, kind, start, end in rows.values_list("body_id", "kind", "valid_from", "valid_to"):
            found[body].append((kind, start, end))
    return found


def _stamps(
    above: list[tuple[int, date, date]], kinds: dict[int, list[tuple[str, date, date]]], day: date
) -> dict[str, int | None]:
    stamps: dict[str, int | None] = {"grassroots": None, "committee": None, "province": None}
    for ancestor, start, end in above:
        if not start <= day < end:
            continue
        kind = next((kind for kind, since, until in kinds[ancestor] if since <= day < until), "")
        if kind in GRASSROOTS_KINDS:
            stamps["grassroots"] = ancestor
        elif kind in _LEVELS:
            stamps[_LEVELS[Kind(kind)]] = ancestor
    return stamps
