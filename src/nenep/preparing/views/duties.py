"""Who prepares what: given by those who prepare, seen and reported by the owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nenep.journal.operations import record_read
from nenep.meetings.access import MeetingAccess
from nenep.meetings.happened import moved_on
from nenep.meetings.rules import rules_of
from nenep.meetings.views.loading import load_meeting, people_shown, require
from nenep.notices.operations import mark_seen
from nenep.preparing import duties
from nenep.preparing.access import PAPER_STEPS
from nenep.preparing.dates import PARTS, due_of, usual_day
from nenep.preparing.forms import DutyForm
from nenep.preparing.models import Duty
from nenep.preparing.thematic import presenting
from nenep.preparing.trace import trace_of
from nenep.shared.web import refusals_shown, refused_into
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.meetings.models import Meeting
    from nenep.shared.web import Request


def duty_change(request: Request, pk: int, step: str) -> HttpResponse:
    """Who does this step by when; empty day: the one that the rules count back to."""
    meeting, _can = load_meeting(request, pk, "prepare")
    found = duties.assignable(meeting).get(step)
    if found is None:
        raise Http404
    duty = Duty.objects.filter(meeting=meeting, step=step).first()
    people = people_shown(request, meeting)
    initial = {"owner": duty.owner_id, "due_on": duty.due_on} if duty else {"owner": _proposed(meeting, step)}
    form = DutyForm(request.POST or None, roster=people, usual=_usual(meeting, step), initial=initial)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            given = duties.give_duty(meeting, found, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("Đã giao đồng chí %(name)s.") % {"name": given.owner.full_name})
            return redirect(_steps(pk))
    context = {"meeting": meeting, "step": found, "duty": duty, "form": form}
    return render(request, "preparing/duty_form.html", context, status=422 if form.errors else 200)


@require_POST
@refusals_shown
def duty_removal(request: Request, pk: int) -> HttpResponse:
    duty = _load(request, pk)
    require(_can(request, duty), "prepare")
    duties.take_duty_back(duty, by=request.viewer)
    messages.success(request, _("Đã thôi giao phần này."))
    return redirect(_steps(duty.meeting_id))


@require_GET
def duty(request: Request, pk: int) -> HttpResponse:
    """What somebody has been given: the step, its day, how it stands, and where it is done."""
    found = _load(request, pk)
    mark_seen(found, by=request.viewer)
    can = _can(request, found)
    context = {
        "duty": found,
        "meeting": found.meeting,
        "can": can,
        "is_own": found.owner_id == request.viewer.member_id,
        "brings_papers": found.step in PAPER_STEPS and found.owner_id == request.viewer.member_id,
        "due_on": due_of(found),
        "step": duties.assignable(found.meeting).get(found.step),
    }
    return render(request, "preparing/duty.html", context)


@require_POST
@refusals_shown
def duty_report(request: Request, pk: int) -> HttpResponse:
    """The owner says that the own part is ready, or takes it back."""
    found = _load(request, pk)
    if found.owner_id != request.viewer.member_id:
        raise PermissionDenied
    if not found.meeting.is_being_prepared:
        raise moved_on(_can(request, found))
    is_done = request.POST.get("wish") != "reopen"
    duties.report_duty(found, is_done=is_done, by=request.viewer)
    messages.success(request, _("Đã báo chuẩn bị xong.") if is_done else _("Đã báo lại là chưa xong."))
    return redirect("preparing:duty", pk)


@require_GET
def trace(request: Request, pk: int) -> HttpResponse:
    """Who prepared this meeting, by what the journal holds; what was agreed with whom; the committee's minutes."""
    meeting, can = load_meeting(request, pk, "read_committee_meeting")
    record_read("preparation.traced", by=request.viewer, body=meeting.body_id, obj=meeting)
    context = {
        "meeting": meeting,
        "can": can,
        "trace": trace_of(meeting),
        "has_committee_meeting": hasattr(meeting, "committee_meeting"),
        "duties": [(row, due_of(row)) for row in Duty.objects.filter(meeting=meeting).for_page()],
        "agreements": meeting.agreements.select_related("recorded_by"),
    }
    return render(request, "preparing/trace.html", context)


def _load(request: Request, pk: int) -> Duty:
    return get_object_or_404(Duty.objects.visible_to(request.viewer).for_page(), pk=pk)


def _can(request: Request, found: Duty) -> MeetingAccess:
    return MeetingAccess(request.viewer, found.meeting)


def _proposed(meeting: Meeting, step: str) -> int | None:
    """Whoever presents a thematic paper writes it."""
    item = presenting(meeting, list(meeting.items.all())) if step == "paper" else None
    return item.presenter_id if item else None


def _usual(meeting: Meeting, step: str) -> str:
    day = usual_day(meeting, step)
    if day is None:
        return ""
    rule = rules_of(meeting).meeting.prepare_days(PARTS[step])
    words = {"day": day_words(day), "count": rule.number, "source": rule.citation}
    return (
        _(
            "Để trống thì lấy ngày %(day)s, trước kỳ sinh hoạt %(count)d ngày, %(source)s. Đổi ngày họp thì đổi theo."
        )
        % words
    )


def _steps(pk: int) -> str:
    return reverse("meetings:preparation", args=[pk]) + "#steps"
