"""A paper is signed by its people with their own tokens: the PDF goes out, the signed one comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nenep.documents.access import DocumentAccess
from nenep.documents.forms import FilingForm
from nenep.documents.issuing import USUAL_RETENTION, kept_words
from nenep.documents.models import Archive, Document
from nenep.documents.reads import retention_classes
from nenep.documents.signatures import compared, read_signatures
from nenep.documents.signed import keep_signed
from nenep.files.models import Attachment, FileType
from nenep.journal.operations import record_read
from nenep.shared.states import Refused
from nenep.shared.web import came_from, refused_into

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.documents.signatures import Comparison
    from nenep.shared.web import Request


def signing(request: Request, pk: int) -> HttpResponse:
    """The PDF to sign, and the form that takes the signed one."""
    document = _own(request, pk)
    is_first = not Archive.objects.filter(document=document).exists()
    form = FilingForm(
        request.POST or None,
        request.FILES or None,
        retentions=list(retention_classes().items()) if is_first else [],
        initial={"retention": USUAL_RETENTION},
    )
    form.fields["file"].help_text = _("Tệp PDF đã ký số.")
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            retention = form.cleaned_data.get("retention", USUAL_RETENTION)
            attachment = keep_signed(
                document, form.cleaned_data["file"], retention=retention, by=request.viewer
            )
            return redirect("documents:signatures", attachment.pk)
    context = {
        "form": form,
        "document": document,
        "is_first": is_first,
        "has_words": kept_words(document) is not None,
    }
    return render(request, "documents/signing.html", context, status=422 if form.errors else 200)


@require_safe
def signatures(request: Request, pk: int) -> HttpResponse:
    """Each signature in a PDF that the viewer may have, and whether its words are those of the kept copy."""
    pdfs = Attachment.objects.filter(pk=pk, content_type=FileType.PDF)
    attachment = get_object_or_404(pdfs.visible_to(request.viewer))
    record_read("file.signatures_read", by=request.viewer, body=attachment.body_id, obj=attachment)
    context: dict[str, object] = {"attachment": attachment, "back": _back(request, attachment)}
    try:
        content = attachment.path.read_bytes()
        context |= {"report": read_signatures(content), "comparison": _comparison(attachment, content)}
    except FileNotFoundError as lost:
        raise Http404 from lost
    except Refused as refusal:
        context["refusal"] = str(refusal)
    return render(request, "documents/signatures.html", context)


def _back(request: Request, attachment: Attachment) -> str:
    """The page of the paper, where it is one of ours; else where the person came from."""
    is_ours = attachment.owner_type == Document._meta.label_lower
    return reverse("documents:page", args=[attachment.owner_id]) if is_ours else came_from(request)


def _own(request: Request, pk: int) -> Document:
    document = get_object_or_404(Document.objects.visible_to(request.viewer), pk=pk)
    if not DocumentAccess(request.viewer, document).file or document.body_id is None:
        raise PermissionDenied
    return document


def _comparison(attachment: Attachment, content: bytes) -> Comparison | None:
    """Only for a file of the paper itself: a receiver's own scan is another thing."""
    if attachment.owner_type != Document._meta.label_lower:
        return None
    kept = kept_words(Document.objects.get(pk=attachment.owner_id))
    return compared(kept, content) if kept else None
