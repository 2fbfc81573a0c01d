"""The return of a month: the branch sends it, the committee receives it or sends it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nenep.journal.operations import record_read
from nenep.meetings.models import Meeting, MeetingKind, MeetingStatus
from nenep.meetings.views.loading import load_meeting
from nenep.organizations.reach import may, within
from nenep.organizations.reads import name_on, names_on
from nenep.returns import operations
from nenep.returns.access import ReturnAccess
from nenep.returns.deadlines import deadline_of
from nenep.returns.forms import AnswerForm, SendForm
from nenep.returns.handbook import handbook_blocks
from nenep.returns.lines import Line, lines_of
from nenep.returns.models import Return, ReturnStatus
from nenep.shared.dates import today
from nenep.shared.moved_on import MovedOn, require_verb
from nenep.shared.web import refusals_shown, refused_into

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.shared.web import Request

MOST = 100


@require_GET
def waiting(request: Request) -> HttpResponse:
    """For officers: what has been sent and waits, the oldest first, then what was answered lately."""
    if not request.viewer.where("returns.receive").below:
        raise PermissionDenied
    rows = Return.objects.visible_to(request.viewer).select_related("meeting")
    sent = list(rows.filter(status=ReturnStatus.SENT).order_by("sent_at")[:MOST])
    answered = list(rows.exclude(status=ReturnStatus.SENT).order_by("-answered_at")[:20])
    names = names_on({row.meeting.body_id for row in [*sent, *answered]}, today())
    groups = [[(row, names.get(row.meeting.body_id, "")) for row in some] for some in (sent, answered)]
    return render(request, "returns/waiting.html", {"waiting": groups[0], "answered": groups[1]})


@require_GET
def page(request: Request, pk: int) -> HttpResponse:
    """One return: before it is sent the lines as the records tell them, afterwards as they were sent."""
    can = _load(request, pk)
    if can.sent:
        record_read("return.read", by=request.viewer, body=can.meeting.body_id, obj=can.sent)
    return _page(request, can, SendForm(initial={"remark": can.sent.remark if can.sent else ""}))


@require_POST
def sending(request: Request, pk: int) -> HttpResponse:
    can = _load(request, pk)
    require_verb(can, "send", lambda: _late(can))
    form = SendForm(request.POST)
    if form.is_valid():
        with refused_into(form):
            operations.send_return(can.meeting, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("Đã gửi báo cáo. Giấy báo gửi ở dưới."))
            return redirect("returns:page", pk)
    return _page(request, can, form)


@require_POST
@refusals_shown
def receipt(request: Request, pk: int) -> HttpResponse:
    """The committee takes the return as it stands."""
    can = _load(request, pk)
    require_verb(can, "answer", lambda: _late(can))
    assert can.sent is not None
    operations.receive_return(can.sent, seen=request.POST.get("seen", ""), by=request.viewer)
    messages.success(request, _("Đã nhận báo cáo."))
    return redirect("returns:waiting")


@require_POST
def sending_back(request: Request, pk: int) -> HttpResponse:
    can = _load(request, pk)
    require_verb(can, "answer", lambda: _late(can))
    assert can.sent is not None
    form = AnswerForm(request.POST, row=can.sent)
    if form.is_valid():
        with refused_into(form):
            operations.send_back(can.sent, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("Đã trả lại báo cáo và báo cho chi bộ."))
            return redirect("returns:waiting")
    return _page(request, can, SendForm(), form)


@require_GET
def handbook(request: Request, pk: int) -> HttpResponse:
    """Blocks to copy into the electronic handbook, which has no way in for programs."""
    meeting, _can = load_meeting(request, pk)
    if not may(request.viewer, "returns.send", meeting.body_id):
        raise PermissionDenied
    return render(request, "returns/handbook.html", {"meeting": meeting, "blocks": handbook_blocks(meeting)})


def _load(request: Request, pk: int) -> ReturnAccess:
    """404 for a meeting out of reach, and for one that has no return: a thematic one, or imported figures."""
    reached = Meeting.objects.filter(within(request.viewer, "returns.read"))
    held = reached.filter(kind=MeetingKind.REGULAR, is_imported=False)
    if request.viewer.where("returns.receive").below:
        # What the branch has not sent is not for the committee.
        own = within(request.viewer, "returns.send")
        held = held.filter(own) | held.filter(monthly_return__isnull=False)
    meeting = get_object_or_404(held.select_related("monthly_return", "paper_entry"), pk=pk)
    if meeting.status != MeetingStatus.ADOPTED:
        raise MovedOn(
            _("Báo cáo có sau khi chi bộ thông qua biên bản."),
            reverse("meetings:page", args=[pk]),
            _("Về kỳ sinh hoạt"),
        )
    return ReturnAccess(request.viewer, meeting, getattr(meeting, "monthly_return", None))


def _late(can: ReturnAccess) -> MovedOn:
    state = can.sent.get_status_display() if can.sent else _("chưa gửi")
    return MovedOn(
        _("Báo cáo tháng: %(state)s.") % {"state": state.lower()},
        reverse("returns:page", args=[can.meeting.pk]),
        _("Về báo cáo tháng"),
    )


def _page(
    request: Request, can: ReturnAccess, form: SendForm, answer: AnswerForm | None = None
) -> HttpResponse:
    meeting, sent = can.meeting, can.sent
    is_own = can.sometime("send")
    if sent and not sent.is_sent_back:
        sources = {line.key: line.url for line in lines_of(meeting)} if is_own else {}
        lines = [Line(key, label, value, sources.get(key, "")) for key, label, value in sent.content]
    else:
        lines = (
            lines_of(meeting)
            if is_own
            else [Line(key, label, value, "") for key, label, value in (sent.content if sent else [])]
        )
    answer = answer or (AnswerForm(row=sent) if sent and can.answer else None)
    deadline = deadline_of(meeting)
    context = {
        "meeting": meeting,
        "can": can,
        "sent": sent,
        "lines": lines,
        "form": form,
        "answer_form": answer,
        "deadline": deadline,
        "due": deadline.words(today()),
        "is_own": is_own,
        "body_name": name_on(meeting.body_id, today()),
    }
    bad = form.errors or (answer and answer.errors)
    return render(request, "returns/page.html", context, status=422 if bad else 200)
