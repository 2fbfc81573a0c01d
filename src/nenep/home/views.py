from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from nenep.arrivals.reads import waiting_for as papers_waiting_for
from nenep.assignments.models import Assignment
from nenep.directives.reading import unconfirmed_for, waiting_for
from nenep.documents.models import Document
from nenep.home.board_views import board
from nenep.home.duty import Duty, duty_of
from nenep.home.following import adopted_resolution, follow_up
from nenep.home.my_year import my_year
from nenep.home.next_thing import about_gap, current_meeting, next_thing, to_follow_up
from nenep.meetings.access import MeetingAccess
from nenep.meetings.answers import given_for
from nenep.meetings.gaps import gap_before, known_before
from nenep.meetings.models import OVER, Meeting, MeetingStatus, Response
from nenep.meetings.progress import steps_of
from nenep.meetings.quarter import quarter_of
from nenep.organizations.reads import name_on
from nenep.preparing.reads import open_duties
from nenep.quality.pulse import is_asked
from nenep.rulebook.checking import COVERAGE_START
from nenep.shared.dates import month_start, today
from nenep.shared.web import number_in
from nenep.visits.reads import open_visits

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from nenep.shared.web import Request

# Lines of a list on the first page.
SHOWN = 5


@require_GET
def home(request: Request) -> HttpResponse:
    """Each role lands on its own first page."""
    viewer = request.viewer
    if viewer.where("meetings.call").own:
        return _secretary(request)
    # An officer who also sits in a branch committee comes here for the branches below.
    if viewer.where("meetings.see_state").below:
        return board(request)
    if viewer.where("meetings.prepare").own:
        return _secretary(request)
    if viewer.member_id:
        return _member(request)
    return render(request, "home/administrator.html")


def _secretary(request: Request) -> HttpResponse:
    body_id = _own_branch(request)
    leads = body_id in request.viewer.where("meetings.call").own
    coming, rest = current_meeting(body_id, today()), follow_up(body_id) if leads else None
    meeting = rest.meeting if rest else coming
    gap = _gap(body_id, coming) if leads else None
    context = {
        "body_name": name_on(body_id, today()),
        "body_id": body_id,
        "branches": sorted(request.viewer.where("meetings.prepare").own),
        "meeting": meeting,
        "next": about_gap(body_id, gap)
        if gap
        else to_follow_up(rest)
        if rest
        else next_thing(meeting, body_id, today(), leads=leads),
        "asked": meeting if meeting and is_asked(meeting, request.viewer.member_id) else None,
        "coming": coming if rest and coming != rest.meeting else None,
        "steps": steps_of(meeting, today()),
        **_work(request, body_id),
        "duties": open_duties(request.viewer),
        "visits": open_visits(request.viewer),
        "register": _register(request),
        "papers": papers_waiting_for(request.viewer),
        "directives": waiting_for(body_id)
        if body_id in request.viewer.where("directives.answer").own
        else [],
        "agenda_of": coming,
        "quarter": quarter_of(body_id, today()),
        "today": today(),
        "enters_paper": body_id in request.viewer.where("meetings.run").own,
        "plans": body_id in request.viewer.where("meetings.plan").own,
        "answers_concerns": body_id in request.viewer.where("concerns.answer").own,
        "keeps_notebook": body_id in request.viewer.where("notebook.keep").own,
    }
    return render(request, "home/secretary.html", context)


def _gap(body_id: int, coming: Meeting | None) -> date | None:
    """The month before this one, if it went by unnoticed; not while an older meeting is open."""
    month = month_start(today())
    if coming is None:
        return gap_before(body_id, month, known_before(body_id, month))
    return gap_before(body_id, month, vars(coming)["month_before"]) if coming.month == month else None


def _member(request: Request) -> HttpResponse:
    coming = (
        Meeting.objects.visible_to(request.viewer)
        .filter(status__in=(MeetingStatus.CALLED, MeetingStatus.OPENED))
        .for_page()
        .order_by("starts_at")
        .first()
    )
    last = (
        Meeting.objects.visible_to(request.viewer)
        .filter(status__in=OVER)
        .select_related("resolution")
        .order_by("-starts_at")
        .first()
    )
    own = Response.objects.filter(meeting=coming, member_id=request.viewer.member_id or 0)
    response = own.select_related("written_by").first()
    context = {
        "meeting": coming,
        "duty": _duty(request, last if last and last.status == MeetingStatus.CLOSED else coming),
        "last": last,
        "asked": last if last and is_asked(last, request.viewer.member_id) else None,
        "has_resolution": bool(last and adopted_resolution(last)),
        "response": response,
        "asked_again": given_for(response, coming.postponements.all()) if coming and response else None,
        "mine": _mine(request),
        "helped": _helped(request),
        "duties": open_duties(request.viewer),
        "visits": open_visits(request.viewer),
        "register": _register(request),
        "papers": papers_waiting_for(request.viewer),
        "directives": unconfirmed_for(request.viewer),
    }
    return render(request, "home/member.html", context)


@require_safe
def my_year_page(request: Request) -> HttpResponse:
    """One's own year, `?year=`; the present one where none is asked for or nothing is kept."""
    member_id = request.viewer.member_id
    if member_id is None:
        raise Http404
    present = today().year
    year = number_in(request, "year")
    year = year if COVERAGE_START.year <= year <= present else present
    mine = my_year(member_id, year)
    meetings = Meeting.objects.filter(pk__in=[line.meeting.pk for line in mine.meetings])
    context = {
        "mine": mine,
        # Those of a branch that the member has left stay in the list and lead nowhere.
        "readable": set(meetings.visible_to(request.viewer).values_list("pk", flat=True)),
        "previous": year - 1 if year > COVERAGE_START.year else None,
        "next": year + 1 if year < present else None,
    }
    return render(request, "home/my_year.html", context)


def _duty(request: Request, meeting: Meeting | None) -> Duty | None:
    return duty_of(MeetingAccess(request.viewer, meeting)) if meeting else None


def _work(request: Request, body_id: int) -> dict[str, Any]:
    """What is overdue in the branch, what the viewer still has to do and helps with: asked for together."""
    member_id = request.viewer.member_id
    own = Assignment.objects.filter(owner_id=member_id).open()
    helped = Assignment.objects.helped_by(member_id)
    asked = Assignment.objects.filter(body_id=body_id).overdue() | own | helped.open()
    helps = Exists(helped.filter(pk=OuterRef("pk")))
    rows = list(asked.annotate(is_helped=helps).for_list())
    overdue = [row for row in rows if row.body_id == body_id and row.is_overdue]
    return {
        "overdue": overdue[:SHOWN],
        "overdue_count": len(overdue),
        "mine": [row for row in rows if row.owner_id == member_id][:SHOWN],
        "helped": [row for row in rows if vars(row)["is_helped"]][:SHOWN],
    }


def _mine(request: Request) -> list[Assignment]:
    return list(Assignment.objects.filter(owner_id=request.viewer.member_id).open().for_list()[:SHOWN])


def _helped(request: Request) -> list[Assignment]:
    return list(Assignment.objects.helped_by(request.viewer.member_id).open().for_list()[:SHOWN])


def _register(request: Request) -> dict[str, Document | None] | None:
    """What a clerk keeps; a secretary, who may register too, has other things to do first."""
    if not request.viewer.where("documents.register").own or request.viewer.where("meetings.call").own:
        return None
    return {"latest": Document.objects.outgoing_of(request.viewer).for_list().first()}


def _own_branch(request: Request) -> int:
    """The branch being worked on: the one the address names if it is the viewer's, else the first."""
    own = sorted(request.viewer.where("meetings.prepare").own)
    asked = number_in(request, "body")
    return asked if asked in own else own[0]
