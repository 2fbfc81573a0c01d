from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from nenep.organizations.reach import within

if TYPE_CHECKING:
    from datetime import date

    from nenep.preparing.models import Duty, Material, Regulation  # noqa: F401  # named in strings below
    from nenep.shared.viewer import Viewer


class DutyQuerySet(models.QuerySet["Duty"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """One's own where one still reads the agenda, and those of the meetings that one prepares.

        Whoever moved to another branch or is suspended sees no longer what became of the own part.
        """
        own = Q(owner=viewer.member_id) if viewer.member_id else Q(pk__in=())
        own &= within(viewer, "meetings.read", field="meeting__body")
        return self.filter(own | within(viewer, "meetings.prepare", field="meeting__body"))

    def for_page(self) -> Self:
        return self.select_related("meeting__committee_meeting", "owner")


class MaterialQuerySet(models.QuerySet["Material"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Those of meetings whose agenda the viewer may read."""
        return self.filter(within(viewer, "meetings.read", field="meeting__body"))


class RegulationQuerySet(models.QuerySet["Regulation"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(within(viewer, "meetings.read"))

    def on(self, day: date) -> Self:
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)
