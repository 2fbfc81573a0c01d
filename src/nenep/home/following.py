"""What a branch still owes for a meeting whose minutes are adopted: work to give, papers to sign, the report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.meetings.models import CALLED_OFF, Meeting, MeetingStatus
from nenep.resolutions.models import ResolutionStatus

if TYPE_CHECKING:
    from nenep.resolutions.models import Resolution
    from nenep.returns.models import Return


@dataclass(frozen=True, slots=True)
class FollowUp:
    """`targets`: how many of the adopted resolution nobody has been given yet; `report`: None until it was sent."""

    meeting: Meeting
    targets: int
    is_signed: bool
    has_resolution: bool
    report: Return | None

    @property
    def owes_report(self) -> bool:
        return self.report is None or self.report.is_sent_back


def follow_up(body_id: int) -> FollowUp | None:
    """Of the branch's latest regular meeting; None when nothing is left, or the next one has already been called.

    A month that was called off takes nothing over: what is owed for the one before stays.
    """
    not_latest = (MeetingStatus.PLANNED, *CALLED_OFF)
    latest = Meeting.objects.filter(body_id=body_id).regular().exclude(status__in=not_latest)
    meeting = (
        latest.for_page().select_related("minutes", "resolution", "monthly_return").order_by("-month").first()
    )
    minutes = getattr(meeting, "minutes", None)
    if meeting is None or minutes is None:
        return None
    resolution = adopted_resolution(meeting)
    targets = resolution.targets.filter(assignment=None).count() if resolution else 0
    report: Return | None = getattr(meeting, "monthly_return", None)
    rest = FollowUp(meeting, targets, bool(minutes.signed_at), resolution is not None, report)
    return rest if targets or not rest.is_signed or rest.owes_report else None


def adopted_resolution(meeting: Meeting) -> Resolution | None:
    """Of a meeting that was loaded with its resolution."""
    resolution: Resolution | None = getattr(meeting, "resolution", None)
    return resolution if resolution and resolution.status == ResolutionStatus.ADOPTED else None
