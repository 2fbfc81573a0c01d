from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.meetings.access import MeetingAccess

if TYPE_CHECKING:
    from nenep.ballots.models import Round
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class BallotAccess:
    """What a viewer may do with a round now. Who reads the meeting sees the result once it is confirmed."""

    viewer: Viewer
    ballot: Round

    @property
    def run(self) -> bool:
        """Chair, note-taker, secretary, deputy, while the meeting runs."""
        return MeetingAccess(self.viewer, self.ballot.meeting).run

    @property
    def print_ballots(self) -> bool:
        return self.run and self.ballot.is_open

    @property
    def withdraw(self) -> bool:
        return self.run and self.ballot.is_open

    @property
    def enter(self) -> bool:
        """The counting board, or those who run the meeting at its dictation."""
        return self.ballot.is_open and self.ballot.meeting.is_running and self.read_count

    @property
    def confirm(self) -> bool:
        return self.enter

    @property
    def recount(self) -> bool:
        return self.run and not self.ballot.is_open

    @property
    def open_further(self) -> bool:
        return self.run and not self.ballot.is_open

    @property
    def read_count(self) -> bool:
        """What has been entered and is not confirmed yet, and counts that were replaced."""
        return self.is_teller or MeetingAccess(self.viewer, self.ballot.meeting).sometime("run")

    @property
    def read_record(self) -> bool:
        return not self.ballot.is_open

    @property
    def is_teller(self) -> bool:
        member_id = self.viewer.member_id
        return member_id is not None and member_id in {row.member_id for row in self.ballot.tellers.all()}

    def sometime(self, verb: str) -> bool:
        """Whether the viewer may do it in another state of meeting and round: the right alone."""
        if verb in {"enter", "confirm"}:
            return self.read_count
        return verb == "read_record" or MeetingAccess(self.viewer, self.ballot.meeting).sometime("run")
