"""Figures on a page, and what each of them counts. Counts only: no page here shows a person or a text."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nenep.facts.summing import is_up_to_date
from nenep.organizations.models import Body
from nenep.organizations.reach import readable
from nenep.organizations.reads import parent_on
from nenep.reports import traces
from nenep.reports.access import READ, bodies_readable, highest_readable
from nenep.reports.attending import KEY as VISITS
from nenep.reports.attending import visits_between
from nenep.reports.counting import Period
from nenep.reports.figures import body_in, body_on, find_body
from nenep.reports.forms import FiguresForm
from nenep.reports.pending import PENDING, without_records
from nenep.reports.periods import PERIOD_KEYS, figures_between
from nenep.reports.standing import KEYS, figures_on
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.reports.figures import Figure
    from nenep.shared.web import Request


@require_safe
def figures(request: Request) -> HttpResponse:
    """Figures of `?body=` on `?as_of=`, or from `?from=` to `?to=`."""
    form = FiguresForm(request.GET)
    body = _asked(request, form)
    if body is None:
        return render(request, "reports/figures.html", {"form": form}, status=422)
    children = Body.objects.on(form.day).children_of(body.pk, form.day).filter(readable(request.viewer, READ))
    above = bodies_readable(request.viewer).filter(pk=parent_on(body.pk, form.day) or 0).first()
    context = {
        "form": form,
        "body": body,
        "period": form.period,
        "day": form.day,
        "figures": _figures(body, form),
        "children": children.order_by("code")[: traces.PAGE],
        "above": above,
        "is_summed": form.period is None or is_up_to_date(),
    }
    return render(request, "reports/figures.html", context)


@require_safe
def trace(request: Request, key: str) -> HttpResponse:
    """What the figure `key` counts: two steps at most from here to the records."""
    form = FiguresForm(request.GET)
    body = _asked(request, form)
    if body is None:
        return render(request, "reports/figures.html", {"form": form}, status=422)
    if key not in ({*PERIOD_KEYS, VISITS, *PENDING} if form.period else KEYS):
        raise Http404
    page = request.GET.get("page")
    if key in PENDING:
        found = traces.Trace((), [])
    elif form.period:
        under = _visible(request, form.cleaned_data["under"]) if form.cleaned_data["under"] else body
        of_period = traces.of_visits if key == VISITS else partial(traces.of_period, key)
        found = of_period(body, under, Period.between(*form.period), request.viewer, page)
    else:
        found = traces.of_standing(key, body, form.day, request.viewer, page)
    figure = next(figure for figure in _all_figures(body, form) if figure.key == key)
    context = {"body": body, "figure": figure, "trace": found, "period": form.period, "day": form.day}
    return render(request, "reports/trace.html", context)


def _asked(request: Request, form: FiguresForm) -> Body | None:
    """The body that is asked for; None with the reason in the form. Http404 when it is out of the viewer's reach."""
    if not form.is_valid():
        return None
    ref = form.cleaned_data["body"]
    body = _visible(request, ref) if ref else highest_readable(request.viewer, form.day)
    try:
        return body_in(body.code, *form.period) if form.period else body_on(body.code, form.day)
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


def _visible(request: Request, ref: str) -> Body:
    try:
        found = find_body(ref)
    except Refused:
        raise Http404 from None
    if not bodies_readable(request.viewer).filter(pk=found.pk).exists():
        raise Http404
    return found


def _figures(body: Body, form: FiguresForm) -> list[Figure]:
    if form.period is None:
        return figures_on(body, form.day)
    return [*figures_between(body, *form.period), visits_between(body, *form.period)]


def _all_figures(body: Body, form: FiguresForm) -> list[Figure]:
    """With those that have no records yet, which the page of figures does not show."""
    pending = without_records(body, *form.period) if form.period else ()
    return [*_figures(body, form), *pending]
