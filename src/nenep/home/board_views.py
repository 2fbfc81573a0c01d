"""The officer's pages: the board of a month, one branch's month behind a cell of it, and its year."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from nenep.arrivals.reads import waiting_for
from nenep.assignments.models import Assignment
from nenep.briefings.querysets import HOLD
from nenep.home.board import (
    VERB,
    Counts,
    branches_of,
    counts_of,
    fill,
    in_state,
    parts_of,
    rows_of,
    unexplained,
    with_states,
)
from nenep.meetings.answers import standing
from nenep.organizations.models import Body
from nenep.organizations.reach import within
from nenep.organizations.reads import rules_for
from nenep.people.reads import member_count
from nenep.plans.reads import states_of
from nenep.reports.democracy import democracy_of
from nenep.reports.qualities import qualities_of
from nenep.reports.regularity import regularity_of
from nenep.returns.models import Return
from nenep.rulebook.checking import COVERAGE_START
from nenep.shared.dates import month_end, month_start, next_month, previous_month, today, today_within
from nenep.shared.web import number_in
from nenep.visits.querysets import ARRANGE
from nenep.visits.reads import open_visits

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nenep.shared.web import Request

BRANCHES_ON_A_PAGE = 50
MOST_LISTED = 1_000  # beyond that one opens a body first: nobody pages through a country
SHOWN = ("all", "needed", "late", "missing", "planned", "called", "held", "adopted", "not_held")
MONTHS = 12


@require_GET
def board(request: Request) -> HttpResponse:
    """My branches and this month's steps; the address holds month, body, state, search and page."""
    month = _month(request)
    is_coming = month > today()
    under = _under(request, month)
    search = request.GET.get("search", "")[:80]
    branches = with_states(branches_of(request.viewer, month, search, under), month, today())
    parts = parts_of(request.viewer, month, under, is_coming=is_coming)
    if parts:
        fill(parts, branches, month)
    context = {
        "month": month,
        "previous": previous_month(month),
        "next": next_month(month),
        "search": search,
        "unexplained": _unexplained(request, under) if month == month_start(today()) else 0,
        "under": under,
        "looks_below": bool(request.viewer.where(VERB).below),
        "holds_briefings": bool(request.viewer.where(HOLD).below),
        "arranges_visits": bool(request.viewer.where(ARRANGE).own),
        "visits": open_visits(request.viewer),
        "papers": waiting_for(request.viewer),
        "reads_papers": bool(request.viewer.where("documents.read").own),
        "summed": under.pk if under else min(request.viewer.where(VERB).below, default=None),
        "answers_concerns": bool(request.viewer.where("concerns.answer_passed").own),
        "receives": bool(request.viewer.where("returns.receive").below),
        "parts": sorted((part for part in parts if part.counts.all), key=lambda part: -part.counts.needed),
        **_listed(request, branches, counts_of(branches, is_coming=is_coming), month),
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
        # Whoever sees the own branch alone comes from its year.
        "has_board": bool(request.viewer.where(VERB).below),
        "row": row,
        "month": first,
        "figures": figures,
        "responses": standing(row.meeting).count() if row.meeting else 0,
        "has_committee_meeting": bool(row.meeting and hasattr(row.meeting, "committee_meeting")),
        "has_draft": bool(row.meeting and hasattr(row.meeting, "resolution")),
        "open_assignments": Assignment.objects.filter(body=branch).open().count(),
        "overdue_assignments": Assignment.objects.filter(body=branch).overdue().count(),
        "report": Return.objects.visible_to(request.viewer).filter(meeting=row.meeting).first(),
        "members": member_count(branch.pk, today()),
        "plan": states_of([branch.pk], year).get(branch.pk),
    }
    return render(request, "home/branch_month.html", context)


@require_GET
def branch_year(request: Request, body_id: int, year: int) -> HttpResponse:
    """How regularly one branch met in a year, in states and counts; for whoever may see its months."""
    if not COVERAGE_START.year <= year <= today().year:
        raise Http404
    body = get_object_or_404(Body, pk=body_id)
    day = max(body.founded_on, min(today_within(date(year, 1, 1), date(year, 12, 31)), body.last_day))
    branch = get_object_or_404(branches_of(request.viewer, month_start(day)), pk=body_id)
    since = max(body.founded_on, COVERAGE_START)
    found = rules_for(body_id, day)
    rules, itself = found.meeting, Body.objects.filter(pk=body_id)
    context = {
        "branch": branch,
        "regularity": regularity_of(body_id, year, since=since, until=body.last_day),
        "democracy": democracy_of(itself, year, rules),
        "qualities": qualities_of(itself, year, found.vocabulary),
        "lead": rules.documents_lead_days,
        "follow_up": rules.follow_up_days,
        "previous": year - 1 if year > since.year else None,
        "next": year + 1 if year < min(body.last_day, today()).year else None,
    }
    return render(request, "home/branch_year.html", context)


@require_GET
def democracy_year(request: Request, body_id: int, year: int) -> HttpResponse:
    """The same figures summed over all branches below a body, as far as the viewer sees their states."""
    if not COVERAGE_START.year <= year <= today().year:
        raise Http404
    day = today_within(date(year, 1, 1), date(year, 12, 31))
    body = get_object_or_404(Body.objects.on(day).filter(_reached(request)), pk=body_id)
    branches = branches_of(request.viewer, month_start(day), under=body)
    count, rules = branches.count(), rules_for(body_id, day)
    figures: dict[str, object] = {}
    if count <= MOST_LISTED:
        figures["democracy"] = democracy_of(branches, year, rules.meeting)
        figures["qualities"] = qualities_of(branches, year, rules.vocabulary)
    context = {
        "body": body,
        "year": year,
        "branches": count,
        **figures,
        "previous": year - 1 if year > COVERAGE_START.year else None,
        "next": year + 1 if year < today().year else None,
    }
    return render(request, "home/democracy_year.html", context)


def _unexplained(request: Request, under: Body | None) -> int:
    """How many branches let the month before go by without a meeting and without saying why: one statement."""
    before = previous_month(today())
    return unexplained(with_states(branches_of(request.viewer, before, "", under), before, today())).count()


def _under(request: Request, month: date) -> Body | None:
    """The body that the address names: one of the own reach or below it; None for the whole reach."""
    if not (asked := number_in(request, "body")):
        return None
    return get_object_or_404(Body.objects.on(month_end(month)).filter(_reached(request)), pk=asked)


def _reached(request: Request) -> Q:
    """The bodies of the own reach and those below them."""
    return within(request.viewer, VERB, field="pk") | Q(pk__in=request.viewer.where(VERB).below)


def _listed(request: Request, branches: QuerySet[Body], counts: Counts, month: date) -> dict[str, object]:
    """One page of the branches in the state that the address names."""
    state = request.GET.get("state", "")
    state = state if state in SHOWN else "all"
    paginator = Paginator(in_state(branches, state, is_coming=counts.is_coming), BRANCHES_ON_A_PAGE)
    paginator.count = getattr(counts, state)
    page = paginator.get_page(request.GET.get("page"))
    is_listed = paginator.count <= MOST_LISTED
    rows = rows_of(list(page.object_list), month, today()) if is_listed else []
    return {"state": state, "counts": counts, "is_listed": is_listed, "page": page, "rows": rows}


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
