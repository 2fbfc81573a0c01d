"""The meeting as members see it: the year's list, one meeting, its calendar entry."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from nenep.access.viewers import plain_member
from nenep.meetings import providers
from nenep.meetings.access import MeetingAccess
from nenep.meetings.answers import given_for
from nenep.meetings.exports import calendar_entry
from nenep.meetings.models import Meeting, MeetingStatus, Response
from nenep.meetings.progress import meeting_day, steps_of
from nenep.meetings.suggesting import points_for
from nenep.meetings.views.loading import load_meeting
from nenep.notices.operations import mark_seen
from nenep.organizations.reads import name_on, names_on
from nenep.shared.dates import today
from nenep.shared.web import number_in

if TYPE_CHECKING:
    from nenep.shared.web import Request


@require_GET
def meeting_list(request: Request) -> HttpResponse:
    """Every meeting of the viewer's branches, newest first."""
    meetings = Meeting.objects.visible_to(request.viewer).select_related("body").order_by("-month", "kind")
    years = sorted({month.year for month in meetings.dates("month", "year")} | {today().year}, reverse=True)
    asked = number_in(request, "year")
    chosen = asked if asked in years else today().year
    context = {
        "meetings": meetings.filter(month__year=chosen),
        "years": years,
        "chosen": chosen,
        "planned_by_viewer": names_on(request.viewer.where("meetings.plan").own, today()),
    }
    return render(request, "meetings/meeting_list.html", context)


@require_GET
def meeting_page(request: Request, pk: int) -> HttpResponse:
    meeting, can = load_meeting(request, pk)
    mark_seen(meeting, by=request.viewer)
    return render(request, "meetings/meeting_page.html", page_context(meeting, can))


def as_members_read(request: Request, meeting: Meeting) -> str:
    """The part of the meeting's page that a plain member will read once the meeting is called, as HTML.

    The same template and context as the page, seen by nobody in particular: no answer, no draft of somebody's own.
    """
    called, seen = copy(meeting), copy(request)
    called.status, seen.viewer = MeetingStatus.CALLED, plain_member(meeting.body_id)
    context = page_context(called, MeetingAccess(seen.viewer, called))
    return render_to_string("meetings/meeting_page.html#as-read", context, request=seen)


def page_context(meeting: Meeting, can: MeetingAccess) -> dict[str, Any]:
    """What the page of a meeting shows to the viewer of `can`."""
    viewer = can.viewer
    response = (
        Response.objects.filter(meeting=meeting, member_id=viewer.member_id or 0)
        .select_related("written_by")
        .first()
    )
    # Moving a meeting makes its sequence grow.
    postponements = list(meeting.postponements.order_by("-at")) if meeting.sequence else []
    return {
        "meeting": meeting,
        "can": can,
        "steps": steps_of(meeting, today()),
        "body_name": name_on(meeting.body_id, meeting_day(meeting)),
        "items": providers.with_papers(
            meeting, providers.with_origins(meeting.items.select_related("presenter"), viewer, meeting)
        ),
        "points": points_for(meeting) if meeting.is_being_prepared else [],
        "links": providers.links.ask(viewer, meeting),
        "response": response,
        "asked_again": given_for(response, postponements),
        "postponements": postponements,
    }


@require_GET
def calendar_file(request: Request, pk: int) -> HttpResponse:
    """One calendar entry: branch, time and a link, no agenda text (flows.md, calendar habit)."""
    meeting, _can = load_meeting(request, pk)
    address = request.build_absolute_uri(f"/meetings/{meeting.pk}/")
    answer = HttpResponse(calendar_entry(meeting, address), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="hop-chi-bo-{meeting_day(meeting):%Y-%m-%d}.ics"'
    return answer
