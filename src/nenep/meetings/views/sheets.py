"""What the pages share on which a meeting held on paper is typed in: its form, its files, a second press."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.forms import ValidationError
from django.http import Http404

from nenep.files.operations import examine
from nenep.meetings.agenda import steps_for
from nenep.meetings.attendance import starting_marks
from nenep.meetings.progress import meeting_day
from nenep.meetings.voting import hand_votes
from nenep.organizations.reach import may
from nenep.people.showing import roster_shown
from nenep.shared.forms import DayField
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from datetime import date

    from nenep.meetings.models import Meeting
    from nenep.meetings.paper_forms import PaperForm
    from nenep.shared.web import Request

    Form = TypeVar("Form", bound=PaperForm)


def require_right(request: Request, body_id: int) -> None:
    if not may(request.viewer, "meetings.read", body_id):
        raise Http404
    if not may(request.viewer, "meetings.run", body_id):
        raise PermissionDenied


def has_entered(request: Request, meeting: Meeting) -> bool:
    """A second press sends the page again: it is answered as the first was."""
    entry = getattr(meeting, "paper_entry", None)
    return entry is not None and bool(entry.by_id == request.viewer.member_id)


def typed_day(request: Request, first: date, last: date) -> date | None:
    """The day that was sent, where the meeting may have been on it; None otherwise."""
    with suppress(ValidationError):
        day = DayField().clean(request.POST.get("day", "")) if request.method == "POST" else None
        return day if day and first <= day <= last else None
    return None


def form_for(kind: type[Form], request: Request, then: Meeting, initial: dict[str, Any]) -> Form:
    """The form with the roster, the agenda and the rules of the day of `then`, which need not be stored."""
    return kind(
        request.POST or None,
        request.FILES or None,
        roster=roster_shown(then.body_id, meeting_day(then), by=request.viewer),
        steps=steps_for(then),
        rules=hand_votes(then),
        standing=starting_marks(then),
        initial=initial,
    )


def examine_sent(request: Request, body_id: int, form: PaperForm) -> None:
    """Before anything is entered: a file that may not be kept is refused with all that was typed still there."""
    for name, file in form.files_sent():
        try:
            examine(file, body_id=body_id, by=request.viewer)
        except Refused as refusal:
            raise Refused(str(refusal), field=name) from refusal
