from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from nenep.organizations.reach import within

if TYPE_CHECKING:
    from nenep.shared.viewer import Viewer


class CorrectionQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The own requests, and those of bodies where the viewer answers."""
        return self.filter(Q(member=viewer.member_id) | within(viewer, "privacy.answer"))

    def to_answer(self, viewer: Viewer) -> Self:
        """What this viewer may answer: nobody answers the own request."""
        return self.filter(within(viewer, "privacy.answer")).exclude(member=viewer.member_id)

    def for_list(self) -> Self:
        return self.select_related("member").order_by("-asked_at", "-pk")
