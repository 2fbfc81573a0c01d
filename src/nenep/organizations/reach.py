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
from nenep.shared.viewer import Reach

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nenep.shared.viewer import Viewer

READ = "organizations.read"


def within(viewer: Viewer, *verbs: str, field: str = "body") -> Q:
    """Rows whose `field` (a foreign key to Body, or "pk" for Body itself) is within reach of one of the verbs."""
    reaches = [viewer.where(verb) for verb in verbs]
    together = Reach(
        own=frozenset().union(*(reach.own for reach in reaches)),
        below=frozenset().union(*(reach.below for reach in reaches)),
    )
    return _inside(together, "pk" if field == "pk" else f"{field}_id")


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
    """One list to look up: an OR of the own bodies and an EXISTS would probe every row of the country."""
    if not reach.below:
        return Q(**{f"{column}__in": reach.own})
    rows = Q(valid_on(today()), ancestor__in=reach.below, depth__gt=0)
    if reach.own:
        rows |= Q(ancestor__in=reach.own, depth=0)
    return Q(**{f"{column}__in": Closure.objects.filter(rows).values("descendant")})


def _under(ancestors: frozenset[int]) -> QuerySet[Closure]:
    return Closure.objects.filter(valid_on(today()), ancestor__in=ancestors, depth__gt=0)
