"""Programmes: what they want, their periods, and everything done under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nenep.directives import programmes
from nenep.directives.access import ProgrammeAccess
from nenep.directives.forms import PeriodForm, ProgrammeForm
from nenep.directives.loading import form_page
from nenep.directives.models import Directive, Programme, ProgrammePeriod
from nenep.directives.under import WHAT, done_under
from nenep.organizations.reach import may
from nenep.organizations.reads import committee_name_on, names_on
from nenep.shared.dates import today
from nenep.shared.vietnamese import lines_in
from nenep.shared.web import number_in, refused_into

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from nenep.shared.web import Request

ON_A_PAGE = 50


@require_GET
def programme_list(request: Request) -> HttpResponse:
    rows = (
        Programme.objects.visible_to(request.viewer)
        .prefetch_related("periods")
        .order_by("-source_date", "pk")
    )
    found = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    names = names_on({row.body_id for row in found}, today())
    context = {
        "page": found,
        "rows": [(row, names[row.body_id], _next_report(row)) for row in found],
        "kept_by_viewer": names_on(request.viewer.where("directives.issue").own, today()),
    }
    return render(request, "directives/programme_list.html", context)


def opening(request: Request, body_id: int) -> HttpResponse:
    if not may(request.viewer, "directives.read", body_id):
        raise Http404
    if not may(request.viewer, "directives.issue", body_id):
        raise PermissionDenied
    form = ProgrammeForm(request.POST or None, body_id=body_id)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            programme = programmes.open_programme(
                body_id, words=form.words, once=form.cleaned_data["once"], by=request.viewer
            )
            return redirect("directives:periods", programme.pk)
    back = reverse("directives:programmes"), _("Chương trình")
    return form_page(request, form, _("Lập chương trình"), _("Lưu, ghi giai đoạn"), back=back)


@require_GET
def programme(request: Request, pk: int) -> HttpResponse:
    row, can = _load(request, pk)
    period = row.periods.filter(pk=number_in(request, "period")).first()
    done = done_under(row, period) if can.keep else {}
    of_period = f"&period={period.pk}" if period else ""
    seen = Directive.objects.visible_to(request.viewer).filter(programme=row).latest_first()
    context = {
        "programme": row,
        "can": can,
        "issuer": committee_name_on(row.body_id, today()),
        "objectives": lines_in(row.objectives),
        "periods": list(row.periods.all()),
        "period": period,
        "figures": [(WHAT[what], len(rows), f"?what={what}{of_period}") for what, rows in done.items()],
        "directives": seen,
        "today": today(),
    }
    return render(request, "directives/programme.html", context)


@require_GET
def done(request: Request, pk: int) -> HttpResponse:
    """Behind each number of a programme: which bodies did it when."""
    row, can = _load(request, pk)
    if not can.keep:
        raise PermissionDenied
    what = request.GET.get("what", "")
    what = what if what in WHAT else "directives"
    period = row.periods.filter(pk=number_in(request, "period")).first()
    found = Paginator(done_under(row, period)[what], ON_A_PAGE).get_page(request.GET.get("page"))
    names = names_on({one.body_id for one in found}, today())
    context = {
        "programme": row,
        "period": period,
        "label": WHAT[what],
        "page": found,
        "rows": [(one, names[one.body_id]) for one in found],
    }
    return render(request, "directives/done.html", context)


def programme_words(request: Request, pk: int) -> HttpResponse:
    row, _can = _load(request, pk, keeps=True)
    form = ProgrammeForm(request.POST or None, instance=row, body_id=row.keeper_id)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            programmes.change_programme(row, words=form.words, by=request.viewer)
            return redirect("directives:programme", pk)
    return form_page(request, form, _("Sửa chương trình"), _("Lưu"), back=_to(row))


def periods(request: Request, pk: int) -> HttpResponse:
    """A period anew, or with the same first day its other days."""
    row, _can = _load(request, pk, keeps=True)
    form = PeriodForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            programmes.set_period(row, by=request.viewer, **form.cleaned_data)
            return redirect("directives:programme", pk)
    return form_page(
        request,
        form,
        _("Giai đoạn của chương trình"),
        _("Ghi giai đoạn"),
        back=_to(row),
        template="directives/periods.html",
        rows=list(row.periods.all()),
    )


def _load(request: Request, pk: int, *, keeps: bool = False) -> tuple[Programme, ProgrammeAccess]:
    row = get_object_or_404(Programme.objects.visible_to(request.viewer), pk=pk)
    can = ProgrammeAccess(request.viewer, row)
    if keeps and not can.keep:
        raise PermissionDenied
    return row, can


def _to(row: Programme) -> tuple[str, str]:
    return reverse("directives:programme", args=[row.pk]), row.title


def _next_report(row: Programme) -> tuple[str, date] | None:
    """The next report that is due: its words and day."""
    due = [
        (day, words)
        for period in row.periods.all()
        for day, words in _reports(period)
        if day is not None and day >= today()
    ]
    return (min(due)[1], min(due)[0]) if due else None


def _reports(period: ProgrammePeriod) -> tuple[tuple[date | None, str], ...]:
    return (period.midterm_due, _("sơ kết")), (period.final_due, _("tổng kết"))
