"""Bodies as loaders need them: found by code, with their life and when they were branches."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nenep.organizations.kinds import BRANCH_KINDS
from nenep.organizations.models import Body

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

CHUNK = 800


@dataclass(slots=True)
class Place:
    """A body's key, life and dated kinds."""

    pk: int
    founded_on: date
    dissolved_on: date
    kinds: list[tuple[date, date, str]] = field(default_factory=list)

    def is_branch_during(self, start: date, end: date) -> bool:
        return all(kind in BRANCH_KINDS for since, until, kind in self.kinds if since < end and until > start)


def places_by_code(codes: Iterable[str]) -> dict[str, Place]:
    """Those of the codes that name a body; two queries for every 800 codes."""
    wanted, found = sorted(set(codes)), dict[str, Place]()
    for start in range(0, len(wanted), CHUNK):
        bodies = Body.objects.filter(code__in=wanted[start : start + CHUNK])
        for body in bodies.prefetch_related("kinds"):
            kinds = [(row.valid_from, row.valid_to, row.kind) for row in body.kinds.all()]
            found[body.code] = Place(body.pk, body.founded_on, body.dissolved_on, kinds)
    return found
