"""The rules of a day with value, source and what is not verified. Nothing here is about a body or person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_safe

from nenep.rulebook.forms import DayForm
from nenep.rulebook.loader import COVERAGE_START, library
from nenep.rulebook.page import page_of
from nenep.rulebook.rules import rules_on
from nenep.rulebook.schema import SUBJECTS
from nenep.shared.dates import today

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.shared.web import Request


@require_safe
def rule_list(request: Request) -> HttpResponse:
    """The packs in force on a day (`?day=03/11/2026&scope=ward:an-phu`) and all they say."""
    form = DayForm({"day": today(), **request.GET.dict()})
    context: dict[str, Any] = {"form": form, "coverage_start": COVERAGE_START}
    if not form.is_valid():
        return render(request, "rulebook/rule_list.html", context, status=422)
    scopes = (form.cleaned_data["scope"],) if form.cleaned_data["scope"] else ()
    rules = rules_on(form.cleaned_data["day"], scopes)
    context |= page_of(rules)
    return render(request, "rulebook/rule_list.html", context)


@require_safe
def pack_list(request: Request) -> HttpResponse:
    """Every pack in the order of time, subject by subject."""
    packs = [pack for pack in library().packs.values() if not pack.is_base]
    labels = {term.code: term.label for term in rules_on(today()).vocabulary.terms("subjects")}
    subjects = [
        (
            labels[subject],
            sorted((p for p in packs if subject in p.subjects), key=lambda p: str(p.valid_from)),
        )
        for subject in SUBJECTS
    ]
    return render(request, "rulebook/pack_list.html", {"subjects": subjects})
