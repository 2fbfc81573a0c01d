from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.access.roles import role_table
from nenep.meetings.models import MeetingKind, MeetingStatus
from nenep.meetings.progress import meeting_day
from nenep.meetings.states import CARDS_PRINTED, CARDS_TYPED_IN
from nenep.organizations.reach import may
from nenep.shared.dates import now, today
from nenep.shared.moved_on import is_allowed_sometime

if TYPE_CHECKING:
    from nenep.meetings.models import Meeting
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class MeetingAccess:
    """What a viewer may do with a meeting now: the right of the role table and the state of the meeting."""

    viewer: Viewer
    meeting: Meeting

    @property
    def prepare(self) -> bool:
        return self.meeting.is_being_prepared and self._may("meetings.prepare")

    @property
    def call(self) -> bool:
        return self.meeting.status == MeetingStatus.PLANNED and self._may("meetings.call")

    @property
    def choose_people(self) -> bool:
        """A note-taker runs the meeting too, so only whoever may run it hands that on to another."""
        return self.meeting.is_being_prepared and self._may("meetings.run")

    @property
    def postpone(self) -> bool:
        return self.meeting.is_being_prepared and self._may("meetings.call")

    @property
    def cancel(self) -> bool:
        return self.meeting.is_being_prepared and self._may("meetings.call")

    @property
    def give_month_up(self) -> bool:
        """Says that a month's regular meeting is not held, whatever the hour."""
        is_regular = self.meeting.kind == MeetingKind.REGULAR
        return is_regular and self.meeting.is_being_prepared and self._may("meetings.call")

    @property
    def mark_not_held(self) -> bool:
        """Once the time of a regular meeting has passed; before, it is cancelled."""
        return self.meeting.starts_at <= now() and self.give_month_up

    @property
    def follow_notice(self) -> bool:
        """Sees who has read the notice and who will come."""
        return self._may("meetings.call")

    @property
    def answer_for_others(self) -> bool:
        """Writes down what a member said on the telephone or on paper."""
        return self.meeting.status == MeetingStatus.CALLED and self._may("meetings.call")

    @property
    def call_more(self) -> bool:
        """Tells who came onto the roster after the notice."""
        return self.meeting.status == MeetingStatus.CALLED and self._may("meetings.call")

    @property
    def remind(self) -> bool:
        """Reminds those whom the notice has not reached."""
        return self.meeting.status == MeetingStatus.CALLED and self._may("meetings.call")

    @property
    def open(self) -> bool:
        return self.meeting.status == MeetingStatus.CALLED and self._may("meetings.run")

    @property
    def choose_people_now(self) -> bool:
        """In the room too: who was to write may be absent."""
        return self.meeting.status == MeetingStatus.OPENED and self._may("meetings.run")

    @property
    def take_opening_back(self) -> bool:
        return self.meeting.status == MeetingStatus.OPENED and self._may("meetings.run")

    @property
    def resume(self) -> bool:
        return self.meeting.status == MeetingStatus.CLOSED and self._runs

    @property
    def offer_opening(self) -> bool:
        """Whether the button is shown: on the day of the meeting, not before."""
        return self.open and meeting_day(self.meeting) <= today()

    @property
    def run(self) -> bool:
        return self.meeting.status == MeetingStatus.OPENED and self._runs

    @property
    def record(self) -> bool:
        """Notes and conclusions: while the meeting runs, and at the reading back."""
        running = {MeetingStatus.OPENED, MeetingStatus.CLOSED}
        return self.meeting.status in running and self._runs

    @property
    def adopt_minutes(self) -> bool:
        return self.meeting.status == MeetingStatus.CLOSED and self._runs

    @property
    def correct_minutes(self) -> bool:
        return self.meeting.status == MeetingStatus.ADOPTED and self._may("meetings.run")

    @property
    def sign(self) -> bool:
        """Tick off that the adopted papers are printed and signed."""
        return self.meeting.status == MeetingStatus.ADOPTED and self._may("meetings.run")

    @property
    def enter_from_paper(self) -> bool:
        """The program has no minutes of this regular meeting, and its hour has come."""
        is_due = self.meeting.starts_at <= now() and self.take_paper
        return self.meeting.kind == MeetingKind.REGULAR and is_due

    @property
    def take_paper(self) -> bool:
        """The program has no minutes of this meeting, whatever its hour: it may have been held earlier."""
        return self.meeting.takes_paper and self._may("meetings.run")

    @property
    def offer_thematic_paper(self) -> bool:
        """Whether the button of a thematic meeting is shown: once its hour has come."""
        is_due = self.meeting.starts_at <= now() and self.take_paper
        return self.meeting.kind == MeetingKind.THEMATIC and is_due

    @property
    def take_not_holding_back(self) -> bool:
        return self.meeting.status == MeetingStatus.NOT_HELD and self._may("meetings.call")

    @property
    def add_papers(self) -> bool:
        """Beforehand what members should read; to a meeting typed in from paper, its signed sheets."""
        if self.meeting.is_from_paper:
            return self._may("meetings.run")
        return self.prepare

    @property
    def respond(self) -> bool:
        return self.meeting.status == MeetingStatus.CALLED and self._may("meetings.respond")

    @property
    def write_opinion(self) -> bool:
        return self.meeting.is_being_prepared and self._may("meetings.respond")

    @property
    def propose(self) -> bool:
        """Asks for an item of the agenda, until the notice tells everybody what it is."""
        return self.meeting.status == MeetingStatus.PLANNED and self._may("meetings.respond")

    @property
    def print_cards(self) -> bool:
        return self.meeting.status in CARDS_PRINTED and self._may("meetings.prepare")

    @property
    def type_cards_in(self) -> bool:
        """Whoever prepares, and in the room whoever writes the minutes: the writer has handed the card over."""
        return self.meeting.status in CARDS_TYPED_IN and (self._runs or self._may("meetings.prepare"))

    @property
    def read_opinions(self) -> bool:
        """Opinions of others are for those who prepare the meeting and owe an answer."""
        return self._may("meetings.prepare")

    @property
    def read_committee_meeting(self) -> bool:
        """The committee's own minutes stay with the committee, before and after the meeting."""
        return self._may("meetings.prepare")

    @property
    def read_minutes(self) -> bool:
        return self.meeting.is_over and not self.meeting.is_imported

    def sometime(self, verb: str) -> bool:
        """Whether the viewer may do it in any state of the meeting: the right alone."""
        return is_allowed_sometime(
            lambda meeting: getattr(MeetingAccess(self.viewer, meeting), verb), self.meeting, MeetingStatus
        )

    @property
    def _runs(self) -> bool:
        """Secretary and deputy run the meeting; so do the members whom it chose to chair it and to write."""
        return self.is_chosen or self._may("meetings.run")

    @property
    def is_chosen(self) -> bool:
        """Whether this meeting names the viewer for running it (roles.yml, `chosen`)."""
        names = role_table().chosen_for("meetings.run")
        chosen = {getattr(self.meeting, f"{name.key}_id") for name in names}
        return self.viewer.member_id is not None and self.viewer.member_id in chosen

    def _may(self, verb: str) -> bool:
        return may(self.viewer, verb, self.meeting.body_id)
