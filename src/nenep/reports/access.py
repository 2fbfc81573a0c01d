"""Whose figures a viewer may see: `facts.read`, for an ended body through its successor or last place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q

from nenep.organizations.models import Body
from nenep.organizations.reach import readable
from nenep.organizations.reads import root_on
from nenep.shared.dates import valid_on

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from nenep.shared.viewer import Viewer

READ = "facts.read"


def bodies_readable(viewer: Viewer) -> QuerySet[Body]:
    return Body.objects.filter(readable(viewer, READ))


def highest_readable(viewer: Viewer, day: date) -> Body:
    """Where a viewer who names no body begins: the root of that day, else the highest body of the own reach."""
    reach = viewer.where(READ)
    if not (reach.own or reach.below):
        raise PermissionDenied
    try:
        root = root_on(day)
    except Body.DoesNotExist:
        raise PermissionDenied from None
    if found := bodies_readable(viewer).filter(pk=root.pk).first():
        return found
    above = Count("above", filter=valid_on(day, prefix="above__"))
    living = Body.objects.filter(Q(founded_on__lte=day, dissolved_on__gt=day), pk__in=reach.own | reach.below)
    if found := living.annotate(height=above).order_by("height", "code").first():
        return found
    raise PermissionDenied
