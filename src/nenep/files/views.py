from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from nenep.files.models import Attachment, RefusedUpload
from nenep.files.serving import as_download
from nenep.journal.operations import record_read
from nenep.organizations.reads import names_on
from nenep.shared.dates import today

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.files.querysets import AttachmentQuerySet
    from nenep.shared.web import Request

PER_PAGE = 50


@require_safe
def download(request: Request, pk: int) -> FileResponse:
    """The bytes, as a file to keep. Whoever sees the record that the file belongs to may have it."""
    return _file(request, Attachment.objects.filter(pk=pk))


@require_safe
def linked(request: Request, ref: str) -> FileResponse:
    """The same by the random reference that printed papers and codes carry; it opens nothing by itself."""
    return _file(request, Attachment.objects.filter(ref=ref))


@require_safe
def refused(request: Request) -> HttpResponse:
    """What was refused for a secret marking, for whoever must follow it up; and what to do with such a paper."""
    rows = RefusedUpload.objects.visible_to(request.viewer).for_list()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    for body_id in {row.body_id for row in page if row.uploader_id != request.viewer.member_id}:
        record_read("refusals.read", by=request.viewer, body=body_id)
    names = names_on({row.body_id for row in page}, today())
    context = {"page": page, "refusals": [(row, names[row.body_id]) for row in page]}
    return render(request, "files/refused.html", context)


def _file(request: Request, found: AttachmentQuerySet) -> FileResponse:
    attachment = get_object_or_404(found.visible_to(request.viewer))
    try:
        content = attachment.path.open("rb")
    except FileNotFoundError as lost:
        raise Http404 from lost
    record_read("file.downloaded", by=request.viewer, body=attachment.body_id, obj=attachment)
    return as_download(FileResponse(content, content_type=attachment.content_type), attachment.name)
