from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from nenep.organizations.reach import within

if TYPE_CHECKING:
    from nenep.plans.models import Entry, Plan  # noqa: F401  # the types of the rows
    from nenep.shared.viewer import Viewer


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """What is published to the members of the body; a draft only to those who write it."""
        published = Q(status="published") & within(viewer, "plans.read")
        return self.filter(published | within(viewer, "plans.make"))

    def published(self) -> Self:
        return self.filter(status="published")


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, viewer: Viewer) -> Self:
        published = Q(plan__status="published") & within(viewer, "plans.read", field="plan__body")
        return self.filter(published | within(viewer, "plans.make", field="plan__body"))

    def standing(self) -> Self:
        return self.filter(status="standing")

    def without_meeting(self) -> Self:
        """No meeting was made from them, or it was cancelled."""
        return self.filter(Q(meeting=None) | Q(meeting__status="cancelled"))

    def for_page(self) -> Self:
        return self.select_related("presenter", "meeting__called_off").prefetch_related(
            "changes", "meeting__postponements"
        )
