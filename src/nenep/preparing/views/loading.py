"""What the pages of a preparation ask before they show themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from nenep.meetings.access import MeetingAccess
from nenep.meetings.happened import moved_on

if TYPE_CHECKING:
    from nenep.meetings.models import Meeting
    from nenep.shared.web import Request


def require_prepare(request: Request, meeting: Meeting) -> None:
    """PermissionDenied without the right to prepare; MovedOn with it, when it is not the time."""
    can = MeetingAccess(request.viewer, meeting)
    if can.prepare:
        return
    if can.sometime("prepare"):
        raise moved_on(can)
    raise PermissionDenied
