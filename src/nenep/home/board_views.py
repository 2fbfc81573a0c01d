"""The officer's pages: the board of a month, and one branch's month behind a cell of it."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from nenep.assignments.models import Assignment
from nenep.home.board import branches_of, rows_of
from nenep.meetings.models import Meeting, MeetingStatus
from nenep.people.reads import member_count
from nenep.shared.dates import month_start, next_month, previous_month, today

if TYPE_CHECKING:
    from nenep.shared.web import Request

BRANCHES_ON_A_PAGE = 50
MONTHS = 12


@require_GET
def board(request: Request) -> HttpResponse:
    """My branches and this month's steps; the address holds month, search and page."""
    month = _month(request)
    search = request.GET.get("search", "")[:80]
    branches = branches_of(request.viewer, month, search)
    page = Paginator(branches, BRANCHES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "month": month,
        "previous": previous_month(month),
        "next": next_month(month),
        "search": search,
        "page": page,
        "rows": rows_of(list(page.object_list), month, today()),
        "totals": _totals(request, month),
    }
    return render(request, "home/board.html", context)


@require_GET
def branch_month(request: Request, body_id: int, year: int, month: int) -> HttpResponse:
    """What a cell opens: one branch's month in states and counts."""
    first = _first_day(year, month)
    branch = get_object_or_404(branches_of(request.viewer, first), pk=body_id)
    row = rows_of([branch], first, today())[0]
    figures = getattr(row.meeting, "figures", None) if row.meeting else None
    context = {
        "branch": branch,
        "row": row,
        "month": first,
        "figures": figures,
        "responses": row.meeting.responses.count() if row.meeting else 0,
        "has_committee_meeting": bool(row.meeting and hasattr(row.meeting, "committee_meeting")),
        "has_draft": bool(row.meeting and hasattr(row.meeting, "resolution")),
        "open_assignments": Assignment.objects.filter(body=branch).open().count(),
        "overdue_assignments": Assignment.objects.filter(body=branch).overdue().count(),
        "members": member_count(branch.pk, today()),
    }
    return render(request, "home/branch_month.html", context)


def _totals(request: Request, month: date) -> dict[str, int]:
    """How many branches stand at each state, over all pages: one query."""
    branches = branches_of(request.viewer, month)
    states = list(
        Meeting.objects.regular().of_month(month).filter(body__in=branches).values_list("status", flat=True)
    )
    return {
        "branches": branches.count(),
        "planned": states.count(MeetingStatus.PLANNED),
        "called": states.count(MeetingStatus.CALLED),
        "held": states.count(MeetingStatus.CLOSED) + states.count(MeetingStatus.OPENED),
        "adopted": states.count(MeetingStatus.ADOPTED),
    }


def _month(request: Request) -> date:
    """The month in the address ("2026-11"), else this one; nonsense is this one too."""
    year, _dash, month = request.GET.get("month", "").partition("-")
    try:
        return _first_day(int(year), int(month))
    except (ValueError, Http404):
        return month_start(today())


def _first_day(year: int, month: int) -> date:
    """404 for what is no month, or has none before or after it in the calendar."""
    if not (MINYEAR < year < MAXYEAR and 1 <= month <= MONTHS):
        raise Http404
    return date(year, month, 1)
