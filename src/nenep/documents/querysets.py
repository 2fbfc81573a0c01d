from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from nenep.organizations.reach import within

if TYPE_CHECKING:
    from nenep.documents.models import Document  # noqa: F401  # named in a string below
    from nenep.shared.viewer import Viewer


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, viewer: Viewer) -> DocumentQuerySet:
        return self.filter(within(viewer, "documents.read"))

    def of_source(self, source: models.Model) -> DocumentQuerySet:
        return self.filter(source_type=source._meta.label_lower, source_id=source.pk)

    def for_list(self) -> DocumentQuerySet:
        """The register as a clerk reads it: the latest first."""
        return self.order_by("-issued_on", "kind", "-number")
