from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from nenep.organizations.models import Closure
from nenep.organizations.reach import within
from nenep.shared.dates import today, valid_on

if TYPE_CHECKING:
    from nenep.shared.viewer import Viewer
    from nenep.studies.models import Session  # noqa: F401  # named in strings below


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Of the viewer's bodies and those above them, to which their members were called; and of bodies below."""
        own = viewer.where("studies.read").own
        above = Closure.objects.filter(valid_on(today()), descendant__in=own).values("ancestor")
        return self.filter(Q(body__in=above) | within(viewer, "studies.follow"))

    def for_list(self) -> Self:
        return self.select_related("directive", "document").order_by("-held_at", "-pk")
