from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.meetings.progress import meeting_day
from nenep.organizations.reach import may
from nenep.organizations.reads import grassroots_of, parent_on
from nenep.returns.models import ReturnStatus

if TYPE_CHECKING:
    from nenep.meetings.models import Meeting
    from nenep.returns.models import Return
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class ReturnAccess:
    """What a viewer may do with the return of a meeting; `sent` is None until it was sent."""

    viewer: Viewer
    meeting: Meeting
    sent: Return | None

    @property
    def send(self) -> bool:
        is_open = self.sent is None or self.sent.status == ReturnStatus.SENT_BACK
        return is_open and self.meeting.is_adopted and self.sometime("send")

    @property
    def answer(self) -> bool:
        """Only for the committee it is sent to, not for every body above."""
        return self.sent is not None and self.sent.is_waiting and self.sometime("answer")

    def sometime(self, verb: str) -> bool:
        """The right alone, however the return stands."""
        if verb == "send":
            return may(self.viewer, "returns.send", self.meeting.body_id)
        return receiver_of(self.meeting) in self.viewer.where("returns.receive").below


def receiver_of(meeting: Meeting) -> int | None:
    """The body that a branch reports to: its grassroots committee, or the body above a grassroots branch."""
    day = meeting_day(meeting)
    grassroots = grassroots_of(meeting.body_id, day)
    return parent_on(meeting.body_id, day) if grassroots == meeting.body_id else grassroots
