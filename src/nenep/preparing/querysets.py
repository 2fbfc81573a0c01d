from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.apps import apps
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


def material_is_readable(viewer: Viewer, material_id: int) -> bool:
    """Whether a file of this material is for the viewer."""
    found = apps.get_model("preparing.Material")._base_manager.filter(pk=material_id)
    return bool(found.filter(within(viewer, "meetings.read", field="meeting__body")).exists())


def regulation_is_readable(viewer: Viewer, regulation_id: int) -> bool:
    found = apps.get_model("preparing.Regulation")._base_manager.filter(pk=regulation_id)
    return bool(found.filter(within(viewer, "meetings.read")).exists())
