"""What the pages of a resolution ask before they show themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nenep.meetings.access import MeetingAccess
from nenep.meetings.happened import moved_on
from nenep.shared.moved_on import require_verb

if TYPE_CHECKING:
    from nenep.resolutions.access import ResolutionAccess


def require(can: ResolutionAccess, verb: str) -> None:
    """PermissionDenied without the right; MovedOn with it, when it is not the time."""
    require_verb(can, verb, lambda: moved_on(MeetingAccess(can.viewer, can.meeting)))
