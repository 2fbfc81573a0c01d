"""Which files of a record may hold digital signatures that a viewer may look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nenep.files.models import Attachment, FileType

if TYPE_CHECKING:
    from django.db.models import Model

    from nenep.shared.viewer import Viewer


def pdfs_of(owner: Model, viewer: Viewer) -> list[Attachment]:
    """PDF files of the record, in the order they came."""
    return list(Attachment.objects.of(owner).filter(content_type=FileType.PDF).visible_to(viewer))
