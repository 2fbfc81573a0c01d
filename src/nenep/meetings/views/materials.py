"""Papers that belong to a meeting: the secretary attaches them, members read them beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nenep.files.forms import SourcedAttachmentForm
from nenep.files.models import Attachment
from nenep.files.operations import attach, remove
from nenep.meetings.views.loading import load_meeting
from nenep.organizations.reach import may
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.meetings.models import Meeting
    from nenep.shared.web import Request


def materials(request: Request, pk: int) -> HttpResponse:
    """The papers of a meeting and the form to add one; a refused file says why and is not kept."""
    meeting, _can = load_meeting(request, pk, "add_papers")
    _refuse_without_right(request, meeting)
    form = SourcedAttachmentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data
            attach(meeting, data["file"], source=data["source"], body_id=meeting.body_id, by=request.viewer)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("Đã đính kèm tài liệu."))
            return redirect("meetings:materials", pk)
    rows = Attachment.objects.of(meeting).visible_to(request.viewer)
    context = {"meeting": meeting, "form": form, "attachments": rows}
    return render(request, "meetings/materials.html", context, status=422 if form.errors else 200)


@require_POST
def material_removal(request: Request, pk: int, attachment_pk: int) -> HttpResponse:
    meeting, _can = load_meeting(request, pk, "add_papers")
    _refuse_without_right(request, meeting)
    attachment = get_object_or_404(
        Attachment.objects.of(meeting).visible_to(request.viewer), pk=attachment_pk
    )
    remove(attachment, by=request.viewer)
    messages.success(request, _("Đã bỏ tài liệu."))
    return redirect("meetings:materials", pk)


def _refuse_without_right(request: Request, meeting: Meeting) -> None:
    if not may(request.viewer, "files.add", meeting.body_id):
        raise PermissionDenied
