"""How every page of a meeting gets its meeting: through `visible_to`, with what the viewer may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse

from nenep.meetings import preparation
from nenep.meetings.access import MeetingAccess
from nenep.meetings.happened import moved_on
from nenep.meetings.models import AgendaItem, Meeting, MeetingStatus
from nenep.meetings.progress import meeting_day
from nenep.people.showing import roster_shown
from nenep.shared.moved_on import require_verb

if TYPE_CHECKING:
    from datetime import date

    from nenep.shared.web import Request


def load_meeting(request: Request, pk: int, verb: str = "") -> tuple[Meeting, MeetingAccess]:
    """The meeting and the viewer's access; 404 when unseen, 403 when there is no right to `verb`.

    Raises MovedOn when there is one, only not now.
    """
    meeting = get_object_or_404(Meeting.objects.visible_to(request.viewer).for_page(), pk=pk)
    access = MeetingAccess(request.viewer, meeting)
    if verb:
        require(access, verb)
    return meeting, access


def load_item(request: Request, pk: int, verb: str) -> AgendaItem:
    seen = Meeting.objects.visible_to(request.viewer)
    item = get_object_or_404(
        AgendaItem.objects.filter(meeting__in=seen).select_related("meeting__body"), pk=pk
    )
    require(MeetingAccess(request.viewer, item.meeting), verb)
    return item


def require(access: MeetingAccess, verb: str) -> None:
    """PermissionDenied without the right; MovedOn with it, when it is not the time."""
    require_verb(access, verb, lambda: moved_on(access))


def may_go_on(meeting: Meeting) -> bool:
    """Whether the pages of the preparation offer to save and go on: until it is called, one after the other."""
    return meeting.status == MeetingStatus.PLANNED


def after_saving(request: Request, pk: int, otherwise: str) -> str:
    """Where a saved page of the preparation leads: `otherwise`, or to the next step where that was pressed."""
    if "onward" not in request.POST:
        return otherwise
    meeting, access = load_meeting(request, pk)
    following = preparation.page_after(meeting, request.path)
    is_preview = following == reverse("meetings:call", args=[pk])
    return reverse("meetings:preparation", args=[pk]) if is_preview and not access.call else following


def people_shown(request: Request, meeting: Meeting) -> list[int]:
    """Whom a form of this meeting may name, as `circle.require_summoned` has it; that the names of the branch were
    shown is written down.
    """
    return people_shown_on(request, meeting.body_id, meeting_day(meeting))


def people_shown_on(request: Request, branch_id: int, day: date) -> list[int]:
    """The same for a branch on a day that need not be one of a meeting."""
    entries = roster_shown(branch_id, day, by=request.viewer)
    return [entry.member_id for entry in entries if not entry.is_suspended]
