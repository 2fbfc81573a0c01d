from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from nenep.organizations.reach import within
from nenep.shared.dates import today

if TYPE_CHECKING:
    from nenep.arrivals.models import Arrival, Intake  # noqa: F401  # named in strings below
    from nenep.shared.viewer import Viewer

READ, REGISTER, HANDLE = "arrivals.read", "arrivals.register", "arrivals.handle"


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    def visible_to(self, viewer: Viewer) -> ArrivalQuerySet:
        """The registers of the own bodies, and what the viewer handles in a body where the viewer still is."""
        seen = within(viewer, READ)
        if viewer.member_id:
            seen |= Q(handler=viewer.member_id, body__in=viewer.where("organizations.read").own)
        return self.filter(seen)

    def in_registers_of(self, viewer: Viewer) -> ArrivalQuerySet:
        return self.filter(within(viewer, READ))

    def waiting(self) -> ArrivalQuerySet:
        return self.filter(status="waiting")

    def registered(self) -> ArrivalQuerySet:
        return self.exclude(status="waiting")

    def open_for(self, member_id: int | None) -> ArrivalQuerySet:
        """What this member still has to handle."""
        return self.filter(status="registered", handler=member_id or 0)

    def overdue(self) -> ArrivalQuerySet:
        return self.filter(status="registered", due_on__lt=today())

    def for_page(self) -> ArrivalQuerySet:
        return self.select_related("document", "handler")


class IntakeQuerySet(models.QuerySet["Intake"]):
    def visible_to(self, viewer: Viewer) -> IntakeQuerySet:
        """Those of the bodies in whose register the viewer may enter papers."""
        return self.filter(body__in=viewer.where(REGISTER).own)

    def for_list(self) -> IntakeQuerySet:
        return self.defer("read", "progress").order_by("-at", "-pk")
