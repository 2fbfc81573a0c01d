from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from nenep.files.models import Attachment
from nenep.files.serving import as_download
from nenep.journal.operations import record_read

if TYPE_CHECKING:
    from nenep.files.querysets import AttachmentQuerySet
    from nenep.shared.web import Request


@require_safe
def download(request: Request, pk: int) -> FileResponse:
    """The bytes, as a file to keep. Whoever sees the record that the file belongs to may have it."""
    return _file(request, Attachment.objects.filter(pk=pk))


@require_safe
def linked(request: Request, ref: str) -> FileResponse:
    """The same by the random reference that printed papers and codes carry; it opens nothing by itself."""
    return _file(request, Attachment.objects.filter(ref=ref))


def _file(request: Request, found: AttachmentQuerySet) -> FileResponse:
    attachment = get_object_or_404(found.visible_to(request.viewer))
    try:
        content = attachment.path.open("rb")
    except FileNotFoundError as lost:
        raise Http404 from lost
    record_read("file.downloaded", by=request.viewer, body=attachment.body_id, obj=attachment)
    return as_download(FileResponse(content, content_type=attachment.content_type), attachment.name)
