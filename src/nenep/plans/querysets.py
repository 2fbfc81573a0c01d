from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from nenep.meetings.models import AgendaItem
from nenep.organizations.reach import within

if TYPE_CHECKING:
    from nenep.meetings.models import Meeting
    from nenep.plans.models import Entry, Plan  # noqa: F401  # the types of the rows
    from nenep.shared.viewer import Viewer


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """What is published or put to the vote to the members of the body; a draft only to those who write it."""
        shown = (Q(status="published") | Q(_is_put_to_vote())) & within(viewer, "plans.read")
        return self.filter(shown | within(viewer, "plans.make"))

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

    def published_for(self, meeting: Meeting) -> Entry | None:
        """The entry of a published plan from which the meeting was made, whatever became of the meeting."""
        found = self.standing().filter(plan__status="published", meeting=meeting)
        return found.select_related("plan").first()

    def for_page(self) -> Self:
        return self.select_related("presenter", "meeting__called_off").prefetch_related(
            "changes", "meeting__postponements"
        )


def _is_put_to_vote() -> Exists:
    """The plan stands on an agenda that the members have been told of."""
    items = AgendaItem.objects.filter(
        origin_type="plans.plan", origin_id=OuterRef("pk"), meeting__body=OuterRef("body")
    )
    return Exists(items.filter(meeting__status__in=["called", "opened", "closed", "adopted"]))
