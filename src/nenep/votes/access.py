from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.meetings.access import MeetingAccess
from nenep.meetings.attendance import lines_of
from nenep.meetings.models import MeetingStatus
from nenep.organizations.reach import may
from nenep.shared.moved_on import is_allowed_sometime

if TYPE_CHECKING:
    from nenep.meetings.attendance import Line
    from nenep.meetings.models import Meeting
    from nenep.shared.viewer import Viewer
    from nenep.votes.models import NamedVote

# Opinions are reserved from the first count until the minutes are adopted.
_AWAITED = {MeetingStatus.OPENED, MeetingStatus.CLOSED}


@dataclass(frozen=True, slots=True)
class VoteAccess:
    """What a viewer may do with a vote by name: those on the roll vote, those who run the meeting close."""

    viewer: Viewer
    vote: NamedVote
    lines: list[Line]

    @classmethod
    def of(cls, viewer: Viewer, vote: NamedVote) -> VoteAccess:
        return cls(viewer, vote, lines_of(vote.meeting))

    @property
    def is_on_roll(self) -> bool:
        return self.viewer.member_id in {line.entry.member_id for line in self.lines}

    @property
    def cast(self) -> bool:
        """On the roll; whether one votes today is for the operation to say, in a sentence."""
        return self.is_on_roll and self.vote.is_open

    @property
    def reserve(self) -> bool:
        """Until the minutes are adopted."""
        return self.is_on_roll and not self.vote.is_open and self.vote.meeting.status in _AWAITED

    @property
    def run(self) -> bool:
        return MeetingAccess(self.viewer, self.vote.meeting).run

    @property
    def conduct(self) -> bool:
        """Write down for others, close, take back: while it is open."""
        return self.run and self.vote.is_open

    @property
    def read_names(self) -> bool:
        """Whoever was in the room would have seen the hands too; only after closing."""
        return self.is_on_roll and not self.vote.is_open

    @property
    def read_reserved(self) -> bool:
        """Reserved opinions of others: for those who owe an answer and report upward."""
        return not self.vote.is_open and MeetingAccess(self.viewer, self.vote.meeting).read_opinions

    def sometime(self, verb: str) -> bool:
        """The right alone, however vote and meeting stand."""
        if verb in {"cast", "reserve"}:
            return self.is_on_roll
        return MeetingAccess(self.viewer, self.vote.meeting).sometime("run")


@dataclass(frozen=True, slots=True)
class ReservingAccess:
    """Opinions reserved on whatever a meeting decided: whoever belongs to the branch writes the own one."""

    viewer: Viewer
    meeting: Meeting

    @property
    def read(self) -> bool:
        return self._belongs or self.read_reserved

    @property
    def reserve(self) -> bool:
        """Of the branch; whether one was there as an official member is for the operation to say, in a sentence."""
        return self._belongs and self.meeting.status in _AWAITED

    @property
    def read_reserved(self) -> bool:
        return MeetingAccess(self.viewer, self.meeting).read_opinions

    @property
    def offer(self) -> bool:
        """Whether the meeting leads there: to write, and later to read what is to be reported upward."""
        return self.reserve or (self.meeting.is_over and self.read_reserved)

    def sometime(self, verb: str) -> bool:
        return is_allowed_sometime(
            lambda meeting: getattr(ReservingAccess(self.viewer, meeting), verb), self.meeting, MeetingStatus
        )

    @property
    def _belongs(self) -> bool:
        return may(self.viewer, "meetings.respond", self.meeting.body_id)
