"""Turns a viewer's reach into rows: which bodies a verb is allowed in today.

`own` bodies count as they stand; `below` bodies give every body under them, at any depth, but not themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q

from nenep.organizations.models import Closure
from nenep.shared.dates import today, valid_on

if TYPE_CHECKING:
    from nenep.shared.viewer import Viewer


def within(viewer: Viewer, verb: str, *, field: str = "body") -> Q:
    """A condition on rows whose `field` (a foreign key to Body, or "pk" for Body itself) is within reach."""
    reach = viewer.where(verb)
    column = "pk" if field == "pk" else f"{field}_id"
    condition = Q(**{f"{column}__in": reach.own})
    if reach.below:
        condition |= Q(Exists(_under(reach.below, descendant=OuterRef(column))))
    return condition


def may(viewer: Viewer, verb: str, body_id: int) -> bool:
    """Whether the verb is allowed in this body today."""
    reach = viewer.where(verb)
    if body_id in reach.own:
        return True
    return bool(reach.below) and _under(reach.below, descendant=body_id).exists()


def _under(ancestors: frozenset[int], *, descendant: OuterRef | F | int):  # type: ignore[no-untyped-def]
    return Closure.objects.filter(
        valid_on(today()), ancestor__in=ancestors, descendant=descendant, depth__gt=0
    )
