from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from nenep.organizations.reach import within

if TYPE_CHECKING:
    from datetime import date

    from nenep.shared.viewer import Viewer
    from nenep.visits.models import Visit  # noqa: F401  # the type of the rows

ARRANGE, READ = "visits.arrange", "visits.read"


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Those of the committee that the viewer arranges for, of the viewer's branch, and the viewer's own."""
        seen = within(viewer, ARRANGE, field="roster__body") | within(viewer, READ, field="branch")
        if viewer.member_id:
            seen |= Q(officer=viewer.member_id)
        return self.filter(seen)

    def standing(self) -> Self:
        """Assigned and not taken back: they hold the officer's time and the branch's place on the roster."""
        return self.filter(status__in=("assigned", "attended"))

    def of_month(self, month: date) -> Self:
        return self.filter(roster__month=month)

    def for_page(self) -> Self:
        return self.select_related("roster", "officer")
