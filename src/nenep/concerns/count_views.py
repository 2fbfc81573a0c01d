"""Concerns in numbers, for a committee about the branches below it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nenep.concerns.counting import counts_of
from nenep.meetings.quarter import ROMAN
from nenep.organizations.reach import may
from nenep.organizations.reads import name_on
from nenep.rulebook.checking import COVERAGE_START
from nenep.shared.dates import today
from nenep.shared.web import number_in

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.shared.web import Request

QUARTERS = (1, 2, 3, 4)


@require_GET
def counts(request: Request, body_id: int) -> HttpResponse:
    """A quarter (`year`, `quarter`) or, without `quarter`, a year that is over; the last quarter if none is asked for.

    Only for the viewer's own committee: sums of the parts below it are asked for by those who sit there.
    """
    if body_id not in request.viewer.where("concerns.count").own:
        if may(request.viewer, "organizations.read", body_id):
            raise PermissionDenied
        raise Http404
    year, quarter = _asked(request)
    start, end = _period(year, quarter)
    latest = today().year
    over = [place for place in QUARTERS if _period(year, place)[1] <= today()]
    context = {
        "body_id": body_id,
        "body_name": name_on(body_id, today()),
        "period": _("quý %(number)s năm %(year)d") % {"number": ROMAN[quarter - 1], "year": year}
        if quarter
        else _("năm %(year)d") % {"year": year},
        "counts": counts_of(body_id, start, end),
        "year": year,
        "quarter": quarter,
        "quarters": [(place, ROMAN[place - 1]) for place in over],
        "year_is_over": len(over) == len(QUARTERS),
        "previous": year - 1 if year > COVERAGE_START.year else None,
        "next": year + 1 if _period(year + 1, 1)[1] <= today() and year < latest else None,
    }
    return render(request, "concerns/counts.html", context)


def _asked(request: Request) -> tuple[int, int]:
    """Year and quarter (0: the whole year): what is not over yet gives way to the last quarter that is."""
    year, quarter = number_in(request, "year"), number_in(request, "quarter")
    if COVERAGE_START.year <= year <= today().year and quarter in (0, *QUARTERS):
        if _period(year, quarter)[1] <= today():
            return year, quarter
        if over := [place for place in QUARTERS if _period(year, place)[1] <= today()]:
            return year, over[-1]
    place = (today().month - 1) // 3
    return (today().year, place) if place else (today().year - 1, len(QUARTERS))


def _period(year: int, quarter: int) -> tuple[date, date]:
    """First day, and the first one after."""
    if not quarter:
        return date(year, 1, 1), date(year + 1, 1, 1)
    last = quarter == len(QUARTERS)
    return date(year, 3 * quarter - 2, 1), date(year + 1, 1, 1) if last else date(year, 3 * quarter + 1, 1)
