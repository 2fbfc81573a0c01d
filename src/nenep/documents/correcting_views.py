"""The page on which the head of a paper is put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.documents.access import DocumentAccess
from nenep.documents.correcting import correct_head, correctable
from nenep.documents.correcting_forms import CorrectionForm
from nenep.documents.models import Document
from nenep.documents.reads import kind_names
from nenep.shared.web import refused_into

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from nenep.shared.web import Request


def own_head(request: Request, pk: int) -> HttpResponse:
    """Of a paper of ours: what no series of numbers and no kept words fix."""
    document = get_object_or_404(Document.objects.visible_to(request.viewer), pk=pk)
    if not DocumentAccess(request.viewer, document).correct or document.body_id is None:
        raise PermissionDenied
    return correction_page(
        request,
        document,
        body_id=document.body_id,
        heading=_("Sửa thông tin văn bản đi"),
        back=reverse("documents:page", args=[pk]),
    )


def correction_page(
    request: Request,
    document: Document,
    *,
    body_id: int,
    heading: str,
    back: str,
    kinds: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """The form, and the correction on behalf of a body; who may has been asked."""
    names = correctable(document)
    form = CorrectionForm(request.POST or None, document=document, names=names, kinds=kinds)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            correct_head(
                document,
                form.head,
                reason=form.cleaned_data["reason"],
                seen=form.cleaned_data["revision"] or 0,
                body_id=body_id,
                by=request.viewer,
            )
            messages.success(request, _("Đã sửa. Chữ cũ và lý do được giữ ở trang của văn bản."))
            return redirect(back)
    context = {
        "form": form,
        "document": document,
        "kind_name": kind_names([document])[document.pk],
        "heading": heading,
        "back": back,
        "fixed": _fixed(document, names),
    }
    return render(request, "documents/correction.html", context, status=422 if form.errors else 200)


def _fixed(document: Document, names: Sequence[str]) -> str:
    """Why something is not on the form; "" where all of it is."""
    if document.body_id is None:
        return ""
    if not names:
        return _("Nội dung văn bản này đã chốt ở bản lưu nên đầu văn bản không sửa được.")
    return _("Số, ký hiệu, thể loại và ngày ban hành đã vào dãy số nên không sửa.")
