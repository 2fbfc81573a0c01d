from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db import models

from nenep.documents import providers
from nenep.organizations.reach import within

if TYPE_CHECKING:
    from nenep.documents.models import Document  # noqa: F401  # named in a string below
    from nenep.shared.viewer import Viewer

READ, REGISTER = "documents.read", "documents.register"


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, viewer: Viewer) -> DocumentQuerySet:
        """What bodies of the viewer issued, and what higher modules open (`providers.readable`)."""
        return self.filter(reduce(or_, providers.readable.ask(viewer), within(viewer, READ)))

    def with_files_open_to(self, viewer: Viewer) -> DocumentQuerySet:
        """Those whose own files the viewer may have: of the own bodies, and those that were sent to them."""
        return self.filter(reduce(or_, providers.with_files.ask(viewer), within(viewer, READ)))

    def outgoing_of(self, viewer: Viewer) -> DocumentQuerySet:
        """The outgoing registers that the viewer reads."""
        return self.filter(within(viewer, READ))

    def of_source(self, source: models.Model) -> DocumentQuerySet:
        return self.filter(source_type=source._meta.label_lower, source_id=source.pk)

    def for_list(self) -> DocumentQuerySet:
        """The register as a clerk reads it: the latest first."""
        return self.order_by("-issued_on", "kind", "-number", "-pk")
