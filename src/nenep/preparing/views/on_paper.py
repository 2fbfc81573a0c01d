"""A thematic meeting that was held on paper, entered afterwards: one of the plan completed, or one nobody planned."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nenep.files.sending import attach_sent
from nenep.meetings.agenda import presented_steps
from nenep.meetings.models import Meeting, MeetingKind
from nenep.meetings.progress import meeting_day
from nenep.meetings.thematic_from_paper import thematic_of, thematic_without_minutes
from nenep.meetings.views.loading import load_meeting, require
from nenep.meetings.views.sheets import examine_sent, form_for, has_entered, require_right, typed_day
from nenep.organizations.models import Body
from nenep.organizations.reads import name_on
from nenep.people.reads import secretary_on
from nenep.preparing.models import Material
from nenep.preparing.on_paper import enter_thematic
from nenep.preparing.paper_forms import PAPER, ThematicPaperForm
from nenep.shared.dates import now
from nenep.shared.vietnamese import clean
from nenep.shared.web import refused_into
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from nenep.shared.web import Request


def paper_entry(request: Request, body_id: int) -> HttpResponse:
    """Of a day on which the program may have a thematic meeting planned, or none."""
    require_right(request, body_id)
    body = Body.objects.get(pk=body_id)
    day = typed_day(request, body.founded_on, body.last_day)
    known = thematic_of(body_id).on(day).for_page().first() if day else None
    if known and has_entered(request, known) and _asks_the_same(request, known):
        return redirect("meetings:minutes", known.pk)
    then = Meeting(body_id=body_id, kind=MeetingKind.THEMATIC, starts_at=_noon(day or body.last_day))
    form = form_for(ThematicPaperForm, request, then, {"chair": secretary_on(body_id, meeting_day(then))})
    return _page(request, then, form)


def paper_completion(request: Request, pk: int) -> HttpResponse:
    """Of a meeting that the program has planned, called or known in figures, on whatever day it was held."""
    meeting, can = load_meeting(request, pk)
    if meeting.kind != MeetingKind.THEMATIC:
        raise Http404
    require_right(request, meeting.body_id)
    if request.method == "POST" and has_entered(request, meeting):
        return redirect("meetings:minutes", pk)
    require(can, "take_paper")
    day = typed_day(request, meeting.body.founded_on, meeting.body.last_day)
    planned = min(meeting_day(meeting), meeting.body.last_day)
    then = Meeting(pk=pk, body_id=meeting.body_id, kind=meeting.kind, starts_at=_noon(day or planned))
    form = form_for(ThematicPaperForm, request, then, _known(meeting, meeting_day(then)))
    return _page(request, then, form, meeting)


def _page(
    request: Request, then: Meeting, form: ThematicPaperForm, meeting: Meeting | None = None
) -> HttpResponse:
    body_id = then.body_id
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            examine_sent(request, body_id, form)
            entered = enter_thematic(
                body_id,
                form.sheets(),
                has_paper=form.has_written_paper(),
                work=form.work(),
                meeting=meeting,
                by=request.viewer,
            )
            messages.success(request, _said(entered))
            return _attach(request, entered, form)
    context = {
        "form": form,
        "body_id": body_id,
        "body_name": name_on(body_id, meeting_day(then)),
        "meeting": meeting,
        "others": []
        if meeting
        else [one for one in thematic_without_minutes(body_id) if not one.is_imported],
        "back_url": _back(body_id, meeting),
    }
    return render(request, "preparing/paper_entry.html", context, status=422 if form.errors else 200)


def _back(body_id: int, meeting: Meeting | None) -> str:
    if meeting:
        return reverse("meetings:page", args=[meeting.pk])
    return reverse("meetings:paper_months", args=[body_id])


def _said(entered: Meeting) -> str:
    """That it is entered, and whether it counts."""
    words = {"day": day_words(meeting_day(entered)), "lacking": ", ".join(entered.figures.lacking)}
    if words["lacking"]:
        return (
            _("Đã nhập kỳ sinh hoạt chuyên đề ngày %(day)s. Kỳ này chưa được tính vì thiếu: %(lacking)s.")
            % words
        )
    return _("Đã nhập kỳ sinh hoạt chuyên đề ngày %(day)s từ bản giấy.") % words


def _asks_the_same(request: Request, meeting: Meeting) -> bool:
    return bool(clean(request.POST.get("question", "")) == meeting.focus_question)


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def _known(meeting: Meeting, day: date) -> dict[str, Any]:
    """What was arranged beforehand, and the paper that was kept for it."""
    presented = meeting.items.filter(step__in=presented_steps(meeting)).exclude(presenter=None).first()
    is_due = meeting.starts_at <= now()
    return {
        "day": meeting_day(meeting) if is_due else None,
        "began": timezone.localtime(meeting.starts_at).time() if meeting.called_at and is_due else None,
        "place": meeting.place,
        "chair": meeting.chair_id or secretary_on(meeting.body_id, day),
        "note_taker": meeting.note_taker_id,
        "question": meeting.focus_question,
        "presenter": presented.presenter_id if presented else None,
        "has_paper": Material.objects.filter(meeting=meeting, is_paper=True).exists(),
    }


def _attach(request: Request, meeting: Meeting, form: ThematicPaperForm) -> HttpResponse:
    """After the entry stands; a file beyond the quota is said, and may be added later."""
    paper = Material.objects.filter(meeting=meeting, is_paper=True).first()
    if paper and not attach_sent(request, paper, meeting.body_id, form, names=[PAPER]):
        return redirect("meetings:materials", meeting.pk)
    others = [name for name in form.file_names if name != PAPER]
    if not attach_sent(request, meeting, meeting.body_id, form, names=others):
        return redirect("meetings:materials", meeting.pk)
    return redirect("meetings:minutes", meeting.pk)
