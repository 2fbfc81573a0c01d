from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from nenep.organizations.reach import within

if TYPE_CHECKING:
    from nenep.shared.viewer import Viewer


class DocumentQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(within(viewer, "documents.read"))

    def of_source(self, source: models.Model) -> Self:
        return self.filter(source_type=source._meta.label_lower, source_id=source.pk)

    def for_list(self) -> Self:
        """The register as a clerk reads it: the latest first."""
        return self.order_by("-issued_on", "kind", "-number")
