from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from nenep.organizations.models import Closure, Cluster, ClusterPlace
from nenep.shared.dates import today, valid_on

if TYPE_CHECKING:
    from nenep.briefings.models import Briefing, Decision  # noqa: F401  # the types of the rows
    from nenep.shared.viewer import Viewer

HOLD, ATTEND = "briefings.hold", "briefings.attend"


def held_by(viewer: Viewer) -> Q:
    """Clusters whose briefings the viewer holds.

    Those of the committee that the viewer acts for; whoever looks after one cluster reaches its bodies and no other.
    """
    reach = viewer.where(HOLD)
    places = ClusterPlace.objects.filter(valid_on(today()), body__in=reach.own)
    return Q(owner__in=reach.below) | Q(pk__in=places.values("cluster"))


def attended_by(viewer: Viewer) -> Q:
    """Clusters in which a body of the viewer stands today, or the body above it."""
    own = viewer.where(ATTEND).own
    above = Closure.objects.filter(valid_on(today()), descendant__in=own).values("ancestor")
    places = ClusterPlace.objects.filter(valid_on(today()), body__in=above)
    return Q(pk__in=places.values("cluster"))


class BriefingQuerySet(models.QuerySet["Briefing"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Those of the clusters that the viewer holds or attends.

        A body that has left a cluster still reads the briefing that gave it something to do.
        """
        clusters = Cluster.objects.filter(held_by(viewer) | attended_by(viewer))
        # Apart from the rest: joined, the rows would come once for each decision.
        given = self.model._base_manager.filter(decisions__body__in=viewer.where(ATTEND).own, status="closed")
        return self.filter(Q(cluster__in=clusters) | Q(pk__in=given.values("pk")))

    def for_page(self) -> Self:
        return self.select_related("cluster", "chair")


class DecisionQuerySet(models.QuerySet["Decision"]):
    def open(self) -> Self:
        return self.filter(status="open")

    def in_order(self) -> Self:
        return self.order_by("body__code", "due_on", "pk")
