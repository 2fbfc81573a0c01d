from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q, Sum

from nenep.files.owners import may_see
from nenep.organizations.reach import within

if TYPE_CHECKING:
    from nenep.files.models import Attachment, RefusedUpload  # noqa: F401  # named in strings below
    from nenep.shared.viewer import Viewer


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def of(self, owner: models.Model) -> AttachmentQuerySet:
        """The files of one record, in the order they came."""
        found = self.filter(owner_type=owner._meta.label_lower, owner_id=owner.pk)
        return found.order_by("uploaded_at", "pk")

    def visible_to(self, viewer: Viewer) -> AttachmentQuerySet:
        """Asks the module of each owner: narrow the rows down first (`of`, `filter(pk=...)`)."""
        owners = self.order_by().values_list("owner_type", "owner_id").distinct()
        seen = Q(pk__in=())
        for type_label, object_id in owners:
            if may_see(viewer, type_label, object_id):
                seen |= Q(owner_type=type_label, owner_id=object_id)
        return self.filter(seen)

    def total_bytes(self) -> int:
        return self.aggregate(total=Sum("size"))["total"] or 0


class RefusedUploadQuerySet(models.QuerySet["RefusedUpload"]):
    def visible_to(self, viewer: Viewer) -> RefusedUploadQuerySet:
        """What the viewer tried to upload, and what was refused in the bodies of which they are secretary or clerk."""
        own = Q(uploader=viewer.member_id) if viewer.member_id else Q(pk__in=())
        return self.filter(own | within(viewer, "files.see_refused"))

    def for_list(self) -> RefusedUploadQuerySet:
        return self.select_related("uploader").order_by("-refused_at", "-pk")
