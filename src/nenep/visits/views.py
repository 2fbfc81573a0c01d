"""The roster of a committee's month, one visit, and the list of what concerns the viewer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nenep.meetings.querysets import is_readable
from nenep.notices.operations import mark_seen
from nenep.organizations.reach import may
from nenep.organizations.reads import committee_name_on, names_on
from nenep.rulebook.checking import COVERAGE_START
from nenep.shared.dates import month_start, next_month, previous_month, today, today_within
from nenep.shared.moved_on import MovedOn, require_verb
from nenep.shared.web import refused_into
from nenep.shared.words import count_words
from nenep.visits import operations
from nenep.visits.access import VisitAccess
from nenep.visits.forms import ArrangeForm, AttendedForm, MissedForm
from nenep.visits.models import Visit, VisitStatus
from nenep.visits.querysets import ARRANGE
from nenep.visits.reads import open_visits, shown
from nenep.visits.sheet import Sheet, sheet_of

if TYPE_CHECKING:
    from nenep.shared.web import Request

ON_A_PAGE = 50
MONTHS = range(1, 13)


@require_GET
def index(request: Request) -> HttpResponse:
    """The rosters that the viewer arranges, the own visits, and the visits to the own branch, the newest first."""
    own = open_visits(request.viewer)
    rows = Visit.objects.visible_to(request.viewer).exclude(status=VisitStatus.DROPPED).for_page()
    found = Paginator(rows.order_by("-roster__month", "branch__code", "pk"), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    names = names_on({visit.branch_id for visit in found}, today())
    context = {
        "committees": names_on(request.viewer.where(ARRANGE).own, today()),
        "month": month_start(today()),
        "next_month": next_month(today()),
        "own": own,
        "page": found,
        "rows": [(visit, names[visit.branch_id]) for visit in found],
    }
    return render(request, "visits/index.html", context)


def roster(request: Request, body_id: int, year: int, month: int) -> HttpResponse:
    """GET shows the month; POST saves its page, or with `propose` fills the empty places without saving."""
    first = _first_day(year, month)
    if not may(request.viewer, ARRANGE, body_id):
        raise Http404
    sheet = sheet_of(body_id, first, request.GET.get("page"))
    each = sheet.known.roster.each if sheet.known.roster else _usual(sheet)
    if request.method != "POST":
        return _sheet_page(request, sheet, ArrangeForm(sheet=sheet, each=each))
    if sheet.known.is_over:
        sentence = _("Tháng này đã qua nên không sửa lịch dự được nữa.")
        raise MovedOn(sentence, request.path, _("Xem lịch dự của tháng"))
    form = ArrangeForm(request.POST, sheet=sheet, each=each)
    if form.is_valid():
        each = form.cleaned_data["each"]
        if "propose" in request.POST:
            return _proposal(request, sheet, form)
        with refused_into(form):
            seen = int(form.seen) if form.seen.isdecimal() else -1
            changed = operations.arrange(
                body_id, first, chosen=form.chosen, each=each, seen=seen, by=request.viewer
            )
            said = _("Đã lưu lịch, đổi ở %(count)d chi bộ. Người dự và bí thư chi bộ được báo.")
            messages.success(request, count_words(changed, said, _("Đã lưu lịch.")))
            return redirect(request.get_full_path())
    # What somebody else saved meanwhile stands beside what was typed.
    return _sheet_page(request, sheet, form)


@require_GET
def page(request: Request, pk: int) -> HttpResponse:
    visit = _load(request, pk)
    mark_seen(visit, by=request.viewer)
    return _page(request, visit)


@require_POST
def attendance(request: Request, pk: int) -> HttpResponse:
    """The officer was there: one press, with or without a line."""
    visit = _load(request, pk, "answer")
    form = AttendedForm(request.POST)
    if form.is_valid():
        # A tap on the first page says nothing about the line that may stand already.
        remark = form.cleaned_data["remark"] if "remark" in request.POST else visit.remark
        with refused_into(form):
            operations.mark_attended(visit, remark=remark, by=request.viewer)
            messages.success(request, _("Đã ghi là đồng chí đã dự."))
            return redirect("visits:page", pk)
    return _page(request, visit, attended_form=form)


@require_POST
def absence(request: Request, pk: int) -> HttpResponse:
    visit = _load(request, pk, "answer")
    form = MissedForm(request.POST)
    if form.is_valid():
        with refused_into(form):
            operations.mark_missed(visit, reason=form.cleaned_data["reason"], by=request.viewer)
            messages.success(request, _("Đã ghi là đồng chí không dự được."))
            return redirect("visits:page", pk)
    return _page(request, visit, missed_form=form)


def _first_day(year: int, month: int) -> date:
    """404 for what is no month, before the rulebook begins or beyond next year."""
    if month not in MONTHS or not COVERAGE_START.year <= year <= today().year + 1:
        raise Http404
    return date(year, month, 1)


def _usual(sheet: Sheet) -> int:
    rule = sheet.per_officer
    return rule.number if rule.value is not None else 1


def _proposal(request: Request, sheet: Sheet, form: ArrangeForm) -> HttpResponse:
    """The page again with the empty places filled as far as they go; nothing is stored."""
    each, chosen = form.cleaned_data["each"], form.chosen
    proposed = sheet.propose(chosen, each=each)
    stored = sheet.known.picture({})
    filled = ArrangeForm(sheet=sheet, each=each, filled=stored | chosen | proposed)
    empty = sum(not (stored | chosen | proposed).get(row.branch_id) for row in sheet.rows)
    return _sheet_page(request, sheet, filled, proposed=len(proposed), still_empty=empty)


def _sheet_page(request: Request, sheet: Sheet, form: ArrangeForm, **more: Any) -> HttpResponse:
    known = sheet.known
    context = {
        "sheet": sheet,
        "known": known,
        "form": form,
        "page": sheet.page,
        "committee": committee_name_on(known.body_id, today_within(known.month, next_month(known.month))),
        "previous": previous_month(known.month) if known.month > COVERAGE_START else None,
        "next": next_month(known.month) if next_month(known.month).year <= today().year + 1 else None,
        **more,
    }
    return render(request, "visits/roster.html", context, status=422 if form.errors else 200)


def _load(request: Request, pk: int, verb: str = "") -> Visit:
    """404 when unseen, 403 without the right to `verb`; MovedOn when the committee has taken the visit back."""
    visit = get_object_or_404(Visit.objects.visible_to(request.viewer).for_page(), pk=pk)
    if verb:
        sentence = _("Cấp ủy đã thôi phân công đồng chí dự buổi này.")
        late = MovedOn(sentence, reverse("visits:page", args=[pk]), _("Xem buổi dự sinh hoạt"))
        require_verb(VisitAccess(request.viewer, visit), verb, lambda: late)
    return visit


def _page(request: Request, visit: Visit, **forms: Any) -> HttpResponse:
    found = shown([visit])[0]
    meeting_id = found.slot.meeting_id
    context = {
        "visit": visit,
        "branch": found.branch,
        "slot": found.slot,
        "has_begun": found.slot.has_begun(visit.roster.month),
        "committee": committee_name_on(visit.roster.body_id, today()),
        "can": VisitAccess(request.viewer, visit),
        "reads_meeting": bool(meeting_id and is_readable(request.viewer, meeting_id)),
        "attended_form": AttendedForm(initial={"remark": visit.remark}),
        "missed_form": MissedForm(initial={"reason": visit.reason}),
        **forms,
    }
    bad = context["attended_form"].errors or context["missed_form"].errors
    return render(request, "visits/page.html", context, status=422 if bad else 200)
