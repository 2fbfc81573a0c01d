from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from nenep.organizations.models import BodyKind, Closure, ClusterPlace
from nenep.organizations.reach import within
from nenep.shared.dates import today, valid_on

if TYPE_CHECKING:
    from datetime import date

    from nenep.shared.viewer import Viewer


class GuidanceQuerySet(models.QuerySet["Guidance"]):  # type: ignore[name-defined]
    def visible_to(self, viewer: Viewer) -> Self:
        """What the viewer's bodies issue, drafts too, and what was published by them or above them.

        Not only for whom it was meant: it holds nothing that a branch beside them may not read.
        """
        below = viewer.where("guidance.read").own
        above = Closure.objects.filter(valid_on(today()), descendant__in=below).values("ancestor")
        return self.filter(
            within(viewer, "guidance.issue") | Q(published_at__isnull=False, body_id__in=above)
        )

    def for_branch(self, body_id: int, day: date) -> Self:
        """Published, and meant for this branch where it stands on `day`."""
        above = Closure.objects.filter(
            valid_on(day), descendant=body_id, ancestor=OuterRef("body"), depth__gt=0
        )
        kind = BodyKind.objects.filter(valid_on(day), body=body_id, unit_type=OuterRef("unit_type"))
        place = ClusterPlace.objects.filter(valid_on(day), body=body_id, cluster=OuterRef("cluster"))
        meant = (
            Q(audience="all") | Q(Exists(kind), audience="unit_type") | Q(Exists(place), audience="cluster")
        )
        return self.filter(Q(Exists(above)) & meant, status="published")

    def of_month(self, month: date) -> Self:
        return self.filter(first_month__lte=month, last_month__gte=month)

    def for_page(self) -> Self:
        return self.select_related("body", "cluster").prefetch_related("versions")
