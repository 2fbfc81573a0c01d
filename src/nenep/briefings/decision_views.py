"""What each body is to do: written down by the committee, ticked off by the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nenep.briefings import operations
from nenep.briefings.access import BriefingAccess
from nenep.briefings.figures import bodies_of
from nenep.briefings.forms import DecisionForm, DoneForm
from nenep.briefings.loading import load_briefing, load_decision
from nenep.briefings.views import show_done_form
from nenep.shared.web import refusals_shown, refused_into

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.shared.web import Request


def addition(request: Request, pk: int) -> HttpResponse:
    briefing, _can = load_briefing(request, pk, "change")
    form = DecisionForm(request.POST or None, bodies=bodies_of(briefing))
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            operations.decide(briefing, by=request.viewer, **form.cleaned_data)
            return redirect(f"{reverse('briefings:page', args=[pk])}#decisions")
    context = {
        "form": form,
        "heading": _("Giao việc cho tổ chức trong cụm"),
        "submit": _("Ghi việc"),
        "back_url": reverse("briefings:page", args=[pk]),
    }
    return render(request, "briefings/form.html", context, status=422 if form.errors else 200)


@require_POST
@refusals_shown
def removal(request: Request, pk: int) -> HttpResponse:
    decision = load_decision(request, pk, "change")
    briefing_pk = decision.briefing_id
    operations.drop_decision(decision, by=request.viewer)
    return redirect("briefings:page", briefing_pk)


@require_POST
def done(request: Request, pk: int) -> HttpResponse:
    """One line and one press by the body that the decision is about."""
    form = DoneForm(request.POST, auto_id=f"decision-{pk}-%s")
    said = form.cleaned_data["line"] if form.is_valid() else ""
    decision = load_decision(request, pk, "mark_done", said=said)
    if decision.is_done:
        return redirect("briefings:page", decision.briefing_id)
    if form.is_valid():
        with refused_into(form):
            operations.mark_done(decision, line=said, by=request.viewer)
            return redirect("briefings:page", decision.briefing_id)
    can = BriefingAccess(request.viewer, decision.briefing)
    return show_done_form(request, decision.briefing, can, pk, form)


@require_POST
@refusals_shown
def reopening(request: Request, pk: int) -> HttpResponse:
    decision = load_decision(request, pk, "reopen")
    operations.reopen_decision(decision, by=request.viewer)
    return redirect("briefings:page", decision.briefing_id)
