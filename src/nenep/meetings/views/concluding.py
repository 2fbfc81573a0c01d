"""Step 4: the minutes are read back, corrected in place, adopted; then only visible notes may be added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nenep.documents.exports import Format, document_response
from nenep.journal.operations import record_read
from nenep.meetings import minutes as minutes_of
from nenep.meetings import providers, signing
from nenep.meetings.forms import AdoptionForm, CorrectionForm
from nenep.meetings.models import Meeting, MeetingStatus, Minutes
from nenep.meetings.progress import meeting_day, steps_of
from nenep.meetings.views.loading import load_meeting
from nenep.shared.dates import today
from nenep.shared.web import refused_into
from nenep.shared.words import month_words

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.shared.web import Request


@require_GET
def minutes(request: Request, pk: int) -> HttpResponse:
    """The whole minutes in large type: what the note-taker reads to the branch, and what is kept afterwards."""
    meeting, can = load_meeting(request, pk, "read_minutes")
    record_read("minutes.read", by=request.viewer, body=meeting.body_id, obj=meeting)
    return _page(request, meeting, can, AdoptionForm(), CorrectionForm())


@require_POST
def adoption(request: Request, pk: int) -> HttpResponse:
    """Two steps: the counts are checked and asked about once more, since adopted minutes stay for good."""
    meeting, can = load_meeting(request, pk, "adopt_minutes")
    typed = request.POST.copy()
    if "all" in typed:
        typed["votes_for"] = str(meeting.present)
    form = AdoptionForm(typed)
    if form.is_valid():
        with refused_into(form):
            minutes_of.require_majority(meeting, **form.cleaned_data)
            if "sure" not in request.POST:
                return _ask(request, meeting, form)
            following = minutes_of.adopt_minutes(meeting, by=request.viewer, **form.cleaned_data)
            messages.success(request, _adopted(following))
            return redirect("meetings:minutes", pk)
    return _page(request, meeting, can, form, CorrectionForm())


def _adopted(following: Meeting | None) -> str:
    if following is None:
        return _("Biên bản đã thông qua.")
    return _("Biên bản đã thông qua. Kỳ sinh hoạt tháng %(month)s đã mở sẵn cùng các việc chưa xong.") % {
        "month": month_words(following.month)
    }


@require_POST
def correction(request: Request, pk: int) -> HttpResponse:
    meeting, can = load_meeting(request, pk, "correct_minutes")
    form = CorrectionForm(request.POST)
    if form.is_valid():
        with refused_into(form):
            minutes_of.correct_minutes(meeting.minutes, **form.cleaned_data, by=request.viewer)
            messages.success(request, _("Đã ghi đính chính dưới biên bản."))
            return redirect("meetings:minutes", pk)
    return _page(request, meeting, can, AdoptionForm(), form)


@require_POST
def signature(request: Request, pk: int) -> HttpResponse:
    """Tick off that the papers are printed and signed."""
    meeting, _can = load_meeting(request, pk, "sign")
    signing.mark_signed(meeting.minutes, by=request.viewer)
    messages.success(request, _("Đã đánh dấu: biên bản, nghị quyết đã in và ký."))
    following = next(iter(providers.after_signing.ask(request.viewer, meeting)), None)
    return redirect(following.url if following else reverse("meetings:minutes", args=[pk]))


@require_POST
def signature_withdrawal(request: Request, pk: int) -> HttpResponse:
    meeting, _can = load_meeting(request, pk, "sign")
    signing.take_signature_back(meeting.minutes, by=request.viewer)
    messages.success(request, _("Đã bỏ đánh dấu."))
    return redirect("meetings:minutes", pk)


@require_GET
def minutes_file(request: Request, pk: int, fmt: Format) -> HttpResponse:
    """The minutes as Word or PDF in the official layout."""
    meeting, _can = load_meeting(request, pk, "read_minutes")
    record_read("minutes.read", by=request.viewer, body=meeting.body_id, obj=meeting)
    name = _("Biên bản họp chi bộ %(day)s") % {"day": meeting_day(meeting).strftime("%d-%m-%Y")}
    return document_response(minutes_of.content_of(meeting), fmt, name)


def _ask(request: Request, meeting: Meeting, form: AdoptionForm) -> HttpResponse:
    words = {"votes": form.cleaned_data["votes_for"], "present": meeting.present}
    context = {
        "meeting": meeting,
        "kept": form.cleaned_data,
        "question": _("Thông qua biên bản với %(votes)d/%(present)d đồng chí tán thành?") % words,
        "consequences": [_("Sau khi chốt, biên bản không sửa được nữa; chỉ ghi thêm đính chính ở dưới.")],
        "action": _("Thông qua biên bản"),
        "back_url": reverse("meetings:minutes", args=[meeting.pk]),
    }
    return render(request, "meetings/adoption.html", context)


def _page(
    request: Request,
    meeting: Meeting,
    can: object,
    adoption_form: AdoptionForm,
    correction_form: CorrectionForm,
) -> HttpResponse:
    kept = Minutes.objects.filter(meeting=meeting).select_related("document").first()
    context = {
        "meeting": meeting,
        "can": can,
        "steps": steps_of(meeting, today()),
        "content": minutes_of.content_of(meeting, kept),
        "items": meeting.items.all() if meeting.status == MeetingStatus.CLOSED else (),
        "links": providers.links.ask(request.viewer, meeting),
        "minutes": kept,
        "adoption_form": adoption_form,
        "correction_form": correction_form,
    }
    bad = adoption_form.errors or correction_form.errors
    return render(request, "meetings/minutes.html", context, status=422 if bad else 200)
