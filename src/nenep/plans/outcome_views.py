"""The page on which it is written down what became of an entry that the program keeps no record of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nenep.plans import outcomes
from nenep.plans.forms import OutcomeForm
from nenep.plans.views import address_of, load_entry, moved_on
from nenep.shared.dates import today
from nenep.shared.web import refused_into
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.plans.models import Entry
    from nenep.shared.viewer import Viewer
    from nenep.shared.web import Request


def outcome(request: Request, pk: int) -> HttpResponse:
    entry = load_entry(request, pk)
    plan = entry.plan
    if entry.day > today():
        raise moved_on(plan, _("Cuộc này chưa đến ngày nên chưa ghi kết quả được."))
    if not outcomes.may_be_said(entry, outcomes.outcome_of(entry)):
        raise moved_on(plan, outcomes.recorded_words())
    form = OutcomeForm(request.POST or None, entry=entry)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            _say(entry, form, by=request.viewer)
            messages.success(request, _("Đã ghi vào kế hoạch."))
            return redirect(address_of(plan))
    words = {"kind": str(entry.get_kind_display()).lower(), "day": day_words(entry.day)}
    context = {
        "plan": plan,
        "entry": entry,
        "form": form,
        "heading": _("Kết quả %(kind)s ngày %(day)s") % words,
    }
    return render(request, "plans/outcome.html", context, status=422 if form.errors else 200)


def _say(entry: Entry, form: OutcomeForm, *, by: Viewer) -> None:
    said = form.cleaned_data
    if said["result"] == OutcomeForm.HELD:
        outcomes.say_held(entry, on=said["held_on"], by=by)
    elif said["result"] == OutcomeForm.NOT_HELD:
        outcomes.say_not_held(entry, reason=said["reason"], by=by)
    else:
        outcomes.take_back(entry, by=by)
