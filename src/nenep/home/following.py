"""What a branch still owes for a meeting whose minutes are adopted: work to give, papers to sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.meetings.models import CALLED_OFF, Meeting, MeetingStatus
from nenep.resolutions.models import ResolutionStatus

if TYPE_CHECKING:
    from nenep.resolutions.models import Resolution


@dataclass(frozen=True, slots=True)
class FollowUp:
    """`targets`: how many of the adopted resolution nobody has been given yet."""

    meeting: Meeting
    targets: int
    is_signed: bool
    has_resolution: bool


def follow_up(body_id: int) -> FollowUp | None:
    """Of the branch's latest regular meeting; None when nothing is left, or the next one has already been called.

    A month that was called off takes nothing over: what is owed for the one before stays.
    """
    not_latest = (MeetingStatus.PLANNED, *CALLED_OFF)
    latest = Meeting.objects.filter(body_id=body_id).regular().exclude(status__in=not_latest)
    meeting = latest.for_page().select_related("minutes", "resolution").order_by("-month").first()
    minutes = getattr(meeting, "minutes", None)
    if meeting is None or minutes is None:
        return None
    resolution = adopted_resolution(meeting)
    targets = resolution.targets.filter(assignment=None).count() if resolution else 0
    if not targets and minutes.signed_at:
        return None
    return FollowUp(meeting, targets, bool(minutes.signed_at), resolution is not None)


def adopted_resolution(meeting: Meeting) -> Resolution | None:
    """Of a meeting that was loaded with its resolution."""
    resolution: Resolution | None = getattr(meeting, "resolution", None)
    return resolution if resolution and resolution.status == ResolutionStatus.ADOPTED else None
