"""Turns a viewer's reach into rows: which bodies a verb is allowed in today.

`own` bodies count as they stand; `below` bodies give every body under them today, at any depth, but not
themselves. Rights follow current offices and today's tree: a body that has ended is under nobody, and no
right passes from a body to its successor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from nenep.organizations.models import Closure, Succession
from nenep.shared.dates import today, valid_on

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nenep.shared.viewer import Reach, Viewer

READ = "organizations.read"


def within(viewer: Viewer, verb: str, *, field: str = "body") -> Q:
    """A condition on rows whose `field` (a foreign key to Body, or "pk" for Body itself) is within reach."""
    return _inside(viewer.where(verb), "pk" if field == "pk" else f"{field}_id")


def may(viewer: Viewer, verb: str, body_id: int) -> bool:
    """Whether the verb is allowed in this body today."""
    reach = viewer.where(verb)
    if body_id in reach.own:
        return True
    return bool(reach.below) and _under(reach.below).filter(descendant=body_id).exists()


def may_add_below(viewer: Viewer, verb: str, body_id: int) -> bool:
    """Whether the verb would be allowed in a body newly placed directly under this one."""
    return body_id in viewer.where(verb).below or may(viewer, verb, body_id)


def readable(viewer: Viewer, verb: str = READ) -> Q:
    """A condition on bodies: within reach today, or ended with last place or successor within reach."""
    reach = viewer.where(verb)
    condition = _inside(reach, "pk")
    if not (reach.own or reach.below):
        return condition
    succeeded = Succession.objects.filter(_inside(reach, "successor_id"), predecessor=OuterRef("pk"))
    ended_here = Closure.objects.filter(
        descendant=OuterRef("pk"), ancestor__in=reach.own | reach.below, valid_to=OuterRef("dissolved_on")
    )
    ended = Q(dissolved_on__lte=today()) & (Q(Exists(succeeded)) | Q(Exists(ended_here)))
    return condition | ended


def _inside(reach: Reach, column: str) -> Q:
    condition = Q(**{f"{column}__in": reach.own})
    if reach.below:
        condition |= Q(Exists(_under(reach.below).filter(descendant=OuterRef(column))))
    return condition


def _under(ancestors: frozenset[int]) -> QuerySet[Closure]:
    return Closure.objects.filter(valid_on(today()), ancestor__in=ancestors, depth__gt=0)
