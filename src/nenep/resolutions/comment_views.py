"""Comments on the lines of a draft: a member's own, and the inbox of those who answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nenep.journal.operations import record_read
from nenep.meetings.models import Reply
from nenep.resolutions.access import ResolutionAccess
from nenep.resolutions.comments import answer_comment, comment, lines_on
from nenep.resolutions.forms import CommentForm, CommentReplyForm
from nenep.resolutions.loading import require
from nenep.resolutions.models import DraftComment, Resolution
from nenep.shared.web import refused_into

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.shared.web import Request


def comments(request: Request, meeting_pk: int) -> HttpResponse:
    """The draft line by line; one line is chosen by `place`, and what the member has said stands below."""
    resolution, can = _load(request, meeting_pk)
    own = DraftComment.objects.of(resolution).filter(author=request.viewer.member_id).order_by("at")
    version = resolution.versions.last()
    lines = lines_on(version) if version and can.comment else []
    chosen = request.POST.get("place") or request.GET.get("place", "")
    form = CommentForm(
        request.POST or None, initial={"place": chosen, "number": version.number if version else 0}
    )
    if request.method == "POST":
        require(can, "comment")
        if form.is_valid():
            with refused_into(form):
                comment(resolution, by=request.viewer, **form.cleaned_data)
                messages.success(request, _("Đã gửi góp ý. Chi ủy sẽ trả lời đồng chí."))
                return redirect("resolutions:comments", meeting_pk)
    context = {
        "meeting": resolution.meeting,
        "can": can,
        "lines": lines,
        "chosen": chosen,
        "form": form,
        "own": own.select_related("version"),
    }
    return render(request, "resolutions/comments.html", context, status=422 if form.errors else 200)


@require_GET
def comment_inbox(request: Request, meeting_pk: int) -> HttpResponse:
    resolution, can = _load(request, meeting_pk)
    if not can.answer_comments:
        raise PermissionDenied
    return _inbox(request, resolution)


@require_POST
def comment_reply(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(DraftComment.objects.select_related("version__resolution__meeting"), pk=pk)
    resolution, can = _load(request, row.version.resolution.meeting_id)
    if not can.answer_comments:
        raise PermissionDenied
    form = CommentReplyForm(request.POST, prefix=f"c{row.pk}")
    if form.is_valid():
        reply, reason = Reply(form.cleaned_data["reply"]), form.cleaned_data["reason"]
        with refused_into(form):
            answer_comment(row, reply=reply, reason=reason, by=request.viewer)
            messages.success(request, _("Đã trả lời góp ý."))
            return redirect("resolutions:comment_inbox", resolution.meeting_id)
    return _inbox(request, resolution, form)


def _inbox(request: Request, resolution: Resolution, typed: CommentReplyForm | None = None) -> HttpResponse:
    meeting = resolution.meeting
    record_read("draft_comments.read", by=request.viewer, body=meeting.body_id, obj=resolution)
    found = DraftComment.objects.of(resolution).select_related("author", "version").order_by("place", "at")
    rows = [
        (row, typed if typed and typed.prefix == f"c{row.pk}" else CommentReplyForm(prefix=f"c{row.pk}"))
        for row in found
    ]
    context = {"meeting": meeting, "rows": rows}
    return render(request, "resolutions/comment_inbox.html", context, status=422 if typed else 200)


def _load(request: Request, meeting_pk: int) -> tuple[Resolution, ResolutionAccess]:
    rows = Resolution.objects.visible_to(request.viewer).select_related("meeting")
    resolution = get_object_or_404(rows, meeting_id=meeting_pk)
    return resolution, ResolutionAccess(request.viewer, resolution.meeting)
