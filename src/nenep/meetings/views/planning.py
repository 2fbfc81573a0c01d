"""Before and beside step 1: a meeting that no month opens by itself, and one that does not take place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.meetings import calling_off, operations, providers
from nenep.meetings.forms import CallingOffForm, ThematicForm
from nenep.meetings.from_paper import regular_meeting
from nenep.meetings.gaps import month_of
from nenep.meetings.happened import moved_on
from nenep.meetings.models import MeetingKind
from nenep.meetings.progress import meeting_day
from nenep.meetings.quarter import quarter_of
from nenep.meetings.views.loading import load_meeting
from nenep.organizations.reach import may
from nenep.organizations.reads import name_on, rules_for
from nenep.people.showing import roster_shown
from nenep.shared.dates import today
from nenep.shared.states import Refused
from nenep.shared.web import refused_into
from nenep.shared.words import count_words, day_words, month_words

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.meetings.models import Meeting
    from nenep.shared.web import Request


def thematic(request: Request, body_id: int) -> HttpResponse:
    """Plan a thematic meeting: its question, its time and place, who presents it."""
    if not may(request.viewer, "meetings.read", body_id):
        raise Http404
    if not may(request.viewer, "meetings.plan", body_id):
        raise PermissionDenied
    entries = roster_shown(body_id, today(), by=request.viewer)
    people = [entry.member_id for entry in entries if not entry.is_suspended]
    form = ThematicForm(request.POST or None, initial=_as_planned(body_id), roster=people)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = operations.plan_thematic(body_id, by=request.viewer, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("starts_at", str(refusal))
        else:
            messages.success(request, _("Đã lập kỳ sinh hoạt chuyên đề. Đồng chí chuẩn bị tiếp ở dưới."))
            return redirect("meetings:preparation", meeting.pk)
    context = {
        "form": form,
        "body_id": body_id,
        "body_name": name_on(body_id, today()),
        "enters_paper": may(request.viewer, "meetings.run", body_id),
        "quarter": quarter_of(body_id, today()),
        "combined": rules_for(body_id, today()).meeting.min_minutes(members=len(entries), with_thematic=True),
    }
    return render(request, "meetings/thematic.html", context, status=422 if form.errors else 200)


def cancellation(request: Request, pk: int) -> HttpResponse:
    """GET asks for the reason and says who will be told; POST cancels."""
    meeting, _can = load_meeting(request, pk, "cancel")
    form = CallingOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            told = calling_off.cancel_meeting(meeting, by=request.viewer, **form.cleaned_data)
            said = _("Đã hủy và báo cho %(count)d đồng chí.")
            messages.success(request, count_words(told, said, _("Đã hủy kỳ sinh hoạt.")))
            return redirect("meetings:page", pk)
    count = len(calling_off.who_knows(meeting))
    told_already = _("%(count)d đồng chí đã biết ngày họp sẽ được báo là kỳ này không họp nữa.")
    nobody = _("Chưa đồng chí nào được báo ngày họp nên không phải báo lại.")
    consequence = count_words(count, told_already, nobody)
    return _confirm_page(request, meeting, form, _("Hủy kỳ sinh hoạt?"), consequence)


def non_holding(request: Request, pk: int) -> HttpResponse:
    """The month passed without its regular meeting: the reason is kept and the next one is prepared."""
    meeting, can = load_meeting(request, pk, "give_month_up")
    if not can.mark_not_held:
        raise moved_on(can, str(calling_off.NOT_YET))
    form = CallingOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            following = calling_off.mark_not_held(meeting, by=request.viewer, **form.cleaned_data)
            messages.success(request, _not_held(meeting, following))
            return redirect("home:home")
    month = {"month": month_words(meeting.month)}
    return _confirm_page(
        request,
        meeting,
        form,
        _("Chi bộ không họp tháng %(month)s?") % month,
        _("Tháng %(month)s được tính là không sinh hoạt thường kỳ. Cấp trên thấy được lý do.") % month,
    )


def month_not_held(request: Request, body_id: int, year: int, month: int) -> HttpResponse:
    """The same for a month in which no meeting was even planned."""
    if not may(request.viewer, "meetings.read", body_id):
        raise Http404
    if not may(request.viewer, "meetings.call", body_id):
        raise PermissionDenied
    first = month_of(body_id, year, month)
    if meeting := regular_meeting(body_id, first):
        return redirect("meetings:non_holding", meeting.pk)
    form = CallingOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            meeting, following = calling_off.mark_month_not_held(
                body_id, month=first, by=request.viewer, **form.cleaned_data
            )
            messages.success(request, _not_held(meeting, following))
            return redirect("home:home")
    words = {"month": month_words(first)}
    context = {
        "form": form,
        "month": first,
        "body_id": body_id,
        "question": _("Chi bộ không họp tháng %(month)s?") % words,
        "consequences": [
            _("Tháng %(month)s được tính là không sinh hoạt thường kỳ. Cấp trên thấy được lý do.") % words
        ],
        "action": _("Ghi chi bộ không họp tháng %(month)s") % words,
        "back_url": reverse("meetings:paper_months", args=[body_id]) + f"?year={first.year}",
    }
    return render(request, "meetings/month_not_held.html", context, status=422 if form.errors else 200)


def _as_planned(body_id: int) -> dict[str, Any]:
    """What the form begins with: the next thematic meeting of the branch's plan, if there is one."""
    found = next(iter(providers.planned.ask(body_id, MeetingKind.THEMATIC, today())), None)
    if found is None:
        return {}
    return {
        "focus_question": found.theme,
        "starts_at": found.starts_at,
        "place": found.place,
        "presenter": found.presenter,
    }


def _not_held(meeting: Meeting, following: Meeting) -> str:
    return _("Đã ghi chi bộ không họp tháng %(month)s. Kỳ tới: %(day)s.") % {
        "month": month_words(meeting.month),
        "day": day_words(meeting_day(following)),
    }


def _confirm_page(
    request: Request, meeting: Meeting, form: CallingOffForm, question: str, consequence: str
) -> HttpResponse:
    context = {
        "meeting": meeting,
        "form": form,
        "question": question,
        "consequences": [consequence],
        "action": question.rstrip("?"),
        "back_url": reverse("meetings:page", args=[meeting.pk]),
    }
    return render(request, "meetings/confirm.html", context, status=422 if form.errors else 200)
