from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.meetings.models import MeetingStatus
from nenep.organizations.reach import may
from nenep.resolutions.models import ResolutionStatus
from nenep.shared.moved_on import is_allowed_sometime

if TYPE_CHECKING:
    from nenep.meetings.models import Meeting
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class ResolutionAccess:
    """What a viewer may do with the resolution of a meeting."""

    viewer: Viewer
    meeting: Meeting

    @property
    def read(self) -> bool:
        return may(self.viewer, "resolutions.read", self.meeting.body_id)

    @property
    def draft(self) -> bool:
        return not self.meeting.is_finished and may(self.viewer, "resolutions.draft", self.meeting.body_id)

    @property
    def comment(self) -> bool:
        """Members write about the draft beforehand; once the meeting is opened they speak."""
        return (
            self.meeting.is_being_prepared
            and self.meeting.resolution.status == ResolutionStatus.DRAFT
            and may(self.viewer, "meetings.respond", self.meeting.body_id)
        )

    @property
    def answer_comments(self) -> bool:
        """Who drafts owes the answer, and sees who has asked."""
        return may(self.viewer, "resolutions.draft", self.meeting.body_id)

    @property
    def adopt(self) -> bool:
        return self.meeting.status == MeetingStatus.OPENED and may(
            self.viewer, "resolutions.adopt", self.meeting.body_id
        )

    def sometime(self, verb: str) -> bool:
        """Whether the viewer may do it in any state of the meeting: the right alone."""
        if verb == "comment":  # the state of the resolution decides too
            return may(self.viewer, "meetings.respond", self.meeting.body_id)
        return is_allowed_sometime(
            lambda meeting: getattr(ResolutionAccess(self.viewer, meeting), verb), self.meeting, MeetingStatus
        )

    @property
    def hand_out(self) -> bool:
        """The targets of an adopted resolution become assignments, after the meeting too."""
        return self.meeting.resolution.status == ResolutionStatus.ADOPTED and may(
            self.viewer, "assignments.hand_out", self.meeting.body_id
        )
