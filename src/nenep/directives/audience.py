"""Which bodies a directive reaches (R34)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nenep.directives.models import Audience
from nenep.organizations.kinds import Kind
from nenep.organizations.models import Body, Closure
from nenep.shared.dates import valid_on

if TYPE_CHECKING:
    from datetime import date

    from nenep.directives.models import Directive
    from nenep.organizations.querysets import BodyQuerySet

# They act for the committee above them and carry nothing out of their own.
ASIDE = Kind.ADVISORY_UNIT


def receivers(directive: Directive, day: date) -> BodyQuerySet:
    """The bodies of `day` that get it: those it is meant for, all below these, and the committees in between.

    A kind of unit is that of the body itself, so nothing below one is added; whoever leads a body that gets it has to
    know of it, or the way down would have a hole.
    """
    below = Body.objects.on(day).under(directive.keeper_id, day).exclude(kind=ASIDE)  # type: ignore[misc]  # of `on`
    if directive.audience == Audience.ALL:
        return below
    meant = _meant(directive, below, day)
    between = Closure.objects.filter(valid_on(day), descendant__in=meant).values("ancestor")
    return below.filter(pk__in=meant) | below.filter(pk__in=between)


def _meant(directive: Directive, below: BodyQuerySet, day: date) -> set[int]:
    if directive.audience == Audience.UNIT_TYPE:
        return set(below.filter(unit_type=directive.unit_type).values_list("pk", flat=True))  # type: ignore[misc]
    if directive.audience == Audience.CLUSTER:
        named = below.in_cluster(directive.cluster_id or 0, day)
    else:
        named = below.filter(pk__in=directive.chosen.values("pk"))
    heads = set(named.values_list("pk", flat=True))
    under = Closure.objects.filter(valid_on(day), ancestor__in=heads).values("descendant")
    return set(below.filter(pk__in=under).values_list("pk", flat=True))
