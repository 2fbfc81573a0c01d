"""What is settled with the management of the unit, and the coordination regulation of a branch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nenep.files.sending import attach_sent
from nenep.meetings.access import MeetingAccess
from nenep.meetings.models import Meeting
from nenep.meetings.progress import meeting_day
from nenep.meetings.views.loading import load_item, load_meeting, require
from nenep.organizations.reach import may
from nenep.organizations.reads import name_on
from nenep.preparing import agreements as verbs
from nenep.preparing.forms import AgreementForm, RegulationForm
from nenep.preparing.models import Agreement, Regulation, SharedMatter
from nenep.preparing.shown import beside
from nenep.shared.dates import today
from nenep.shared.web import refusals_shown, refused_into

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.shared.web import Request


def agreements(request: Request, pk: int) -> HttpResponse:
    """The talks before a meeting, the parts of the agenda that need one, and the form to log another."""
    meeting, _can = load_meeting(request, pk, "prepare")
    matters = SharedMatter.objects.filter(item__meeting=meeting, agreement=None).select_related("item")
    form = AgreementForm(request.POST or None, open_matters=matters.order_by("item__position"))
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            verbs.record_agreement(meeting, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("Đã ghi lần bàn với lãnh đạo cơ quan, đơn vị."))
            return redirect("preparing:agreements", pk)
    day = meeting_day(meeting)
    context = {
        "meeting": meeting,
        "form": form,
        "agreements": meeting.agreements.all(),
        "parts": list(beside(meeting).items()),
        "regulation": verbs.regulation_words(verbs.regulation_on(meeting.body_id, day), day),
    }
    return render(request, "preparing/agreements.html", context, status=422 if form.errors else 200)


@require_POST
@refusals_shown
def agreement_removal(request: Request, pk: int) -> HttpResponse:
    seen = Meeting.objects.visible_to(request.viewer)
    found = get_object_or_404(
        Agreement.objects.filter(meeting__in=seen).select_related("meeting__body"), pk=pk
    )
    require(MeetingAccess(request.viewer, found.meeting), "prepare")
    verbs.remove_agreement(found, by=request.viewer)
    messages.success(request, _("Đã bỏ lần bàn ghi nhầm."))
    return redirect("preparing:agreements", found.meeting_id)


@require_POST
@refusals_shown
def shared_matter(request: Request, pk: int) -> HttpResponse:
    """Mark a part of the agenda as one that needs the management's agreement, or take the mark off."""
    item = load_item(request, pk, "prepare")
    verbs.mark_shared(item, is_shared=request.POST.get("wish") == "mark", by=request.viewer)
    return redirect("preparing:agreements", item.meeting_id)


def regulations(request: Request, body_id: int) -> HttpResponse:
    """The coordination regulations of a branch, the one in force first; those who prepare may enter another."""
    if not may(request.viewer, "meetings.read", body_id):
        raise Http404
    is_keeper = may(request.viewer, "meetings.prepare", body_id)
    if request.method == "POST" and not is_keeper:
        raise PermissionDenied
    form = RegulationForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            row = verbs.keep_regulation(body_id, by=request.viewer, **form.typed)
            return _kept(request, row, form)
    context = {
        "body_id": body_id,
        "body_name": name_on(body_id, today()),
        "rows": Regulation.objects.visible_to(request.viewer).filter(body=body_id),
        "current": verbs.regulation_on(body_id, today()),
        "is_keeper": is_keeper,
        "form": form,
    }
    return render(request, "preparing/regulations.html", context, status=422 if form.errors else 200)


def regulation_change(request: Request, pk: int) -> HttpResponse:
    """End a regulation, move its review, mend what was typed, add its file."""
    found = get_object_or_404(Regulation.objects.visible_to(request.viewer), pk=pk)
    if not may(request.viewer, "meetings.prepare", found.body_id):
        raise PermissionDenied
    form = RegulationForm(request.POST or None, request.FILES or None, instance=found)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            typed = {name: value for name, value in form.typed.items() if name != "once"}
            fresh = Regulation.objects.get(pk=pk)
            row = verbs.keep_regulation(found.body_id, regulation=fresh, by=request.viewer, **typed)
            return _kept(request, row, form)
    context = {"form": form, "regulation": found}
    return render(request, "preparing/regulation_form.html", context, status=422 if form.errors else 200)


def _kept(request: Request, row: Regulation, form: RegulationForm) -> HttpResponse:
    if not attach_sent(request, row, row.body_id, form):
        return redirect("preparing:regulation_change", row.pk)
    messages.success(request, _("Đã lưu quy chế phối hợp."))
    return redirect("preparing:regulations", row.body_id)
