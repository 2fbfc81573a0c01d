"""What the room shows now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils import timezone

from nenep.ballots.reads import result_in_words, result_of, rounds_of
from nenep.journal.heads import heads_of
from nenep.meetings import providers
from nenep.meetings.attendance import count, lines_of
from nenep.meetings.models import Meeting, MeetingStatus
from nenep.meetings.rules import rules_of
from nenep.organizations.reach import may
from nenep.organizations.reads import lineage
from nenep.rooms.models import Stage, Turn
from nenep.shared.dates import today
from nenep.votes.reads import open_vote_of

if TYPE_CHECKING:
    from datetime import datetime

    from nenep.ballots.models import Round
    from nenep.meetings.attendance import Counts, Line
    from nenep.meetings.models import AgendaItem, Vote
    from nenep.rulebook.chairing import Phrases
    from nenep.shared.viewer import Viewer
    from nenep.votes.models import NamedVote

# Where the chains stood: key -> hash of the last event.
Heads = dict[int, str]
MOST_KEPT = 100
# Regions beside the big screen's: one line for who writes, the present, who has voted by name.
PARTS = ("pulse", "present", "cast")
_scenes: dict[int, tuple[Heads, Scene]] = {}


@dataclass(frozen=True, slots=True)
class Cue:
    """One part of a meeting as planned: when it is on, and what the chair may say."""

    item: AgendaItem
    starts_at: datetime
    ends_at: datetime
    phrases: Phrases


def cues_of(meeting: Meeting) -> list[Cue]:
    """The agenda in its order, one part after the other from the hour of the meeting."""
    rules, at = rules_of(meeting), timezone.localtime(meeting.starts_at)
    cues: list[Cue] = []
    for item in meeting.items.select_related("presenter"):
        ends_at = at + timedelta(minutes=item.minutes)
        cues.append(Cue(item, at, ends_at, rules.phrases(item.category)))
        at = ends_at
    return cues


@dataclass(frozen=True)  # no slots: what is derived stays with it
class Scene:
    """The state of an open meeting. `item` is None for an empty agenda; `since` until the chair first moved on."""

    meeting: Meeting
    items: list[AgendaItem]
    item: AgendaItem | None
    since: datetime | None
    counts: Counts
    lines: list[Line]
    turns: list[Turn]
    last_vote: Vote | None
    # The vote by name that is open, with `cast_count`: how many have voted, never who or what.
    open_vote: NamedVote | None
    ballots: list[Round]

    @property
    def open_ballot(self) -> Round | None:
        """The secret ballot on paper that is going on; how many ballots came back nobody sees before the count."""
        return next((ballot for ballot in self.ballots if ballot.is_open), None)

    @property
    def last_result(self) -> tuple[Round, list[str]] | None:
        """The latest ballot whose count is confirmed, with what it decided in sentences."""
        counted = [(row.confirmed_at, ballot, row) for ballot in self.ballots if (row := result_of(ballot))]
        if not counted:
            return None
        _at, ballot, row = max(counted, key=itemgetter(0))
        return ballot, result_in_words(ballot, row)

    @cached_property
    def html(self) -> str:
        """What all may see of it, drawn once for everybody."""
        return render_to_string("rooms/_scene.html", {"scene": self})

    @cached_property
    def regions(self) -> dict[str, str]:
        """All parts of pages that may be drawn from it, by name; the same for everybody, so without forms."""
        small = {name: render_to_string(f"rooms/_{name}.html", {"scene": self}).strip() for name in PARTS}
        return {"scene": self.html, **small}

    def line_of(self, member_id: int | None) -> Line | None:
        return next((line for line in self.lines if line.entry.member_id == member_id), None)

    @property
    def number(self) -> int:
        return self.items.index(self.item) + 1 if self.item else 0

    @property
    def before(self) -> AgendaItem | None:
        return self.items[self.number - 2] if self.number > 1 else None

    @property
    def after(self) -> AgendaItem | None:
        return self.items[self.number] if self.number < len(self.items) else None

    @property
    def until(self) -> datetime | None:
        """When the time given to the present part is over."""
        return self.since + timedelta(minutes=self.item.minutes) if self.since and self.item else None

    @property
    def items_left(self) -> int:
        """The part that is on and all after it."""
        return len(self.items) - self.number + 1 if self.item else 0

    @property
    def minutes_left(self) -> int:
        """What the agenda gives to those."""
        return sum(item.minutes for item in self.items[self.number - 1 :]) if self.item else 0

    @property
    def speaking(self) -> Turn | None:
        return next((turn for turn in self.turns if turn.given_at and not turn.ended_at), None)

    @property
    def waiting(self) -> list[Turn]:
        return [turn for turn in self.turns if not turn.given_at]

    @property
    def silent(self) -> list[Line]:
        """Those who are there and have not spoken today. Shown to the chair while the meeting runs, never kept."""
        spoke = {turn.member_id for turn in self.turns if turn.given_at}
        return [line for line in self.lines if line.is_there and line.entry.member_id not in spoke]


def open_meeting_of(body_id: int) -> Meeting | None:
    meetings = Meeting.objects.filter(body=body_id, status=MeetingStatus.OPENED)
    return meetings.for_page().order_by("-opened_at").first()


def scene_of(meeting: Meeting) -> Scene:
    """Kept in this process until the journal tells of something new in the branch: a hundred phones ask at once."""
    heads = _heads_about(meeting.body_id)
    kept = _scenes.get(meeting.pk)
    if kept is None or not heads or kept[0] != heads:
        if len(_scenes) >= MOST_KEPT:
            _scenes.clear()
        kept = _scenes[meeting.pk] = heads, _scene_now(meeting)
    return kept[1]


def scene_kept(viewer: Viewer, meeting_pk: int) -> Scene | None:
    """The kept scene, as long as nothing has happened since and the viewer may read it; None: ask the tables."""
    kept = _scenes.get(meeting_pk)
    if kept is None or not may(viewer, "meetings.read", kept[1].meeting.body_id):
        return None
    heads = _heads_about(kept[1].meeting.body_id)
    return kept[1] if heads and kept[0] == heads else None


def _heads_about(body_id: int) -> Heads:
    """Where the chains of the body and of all above it stand: what happens here is written into one of them."""
    return heads_of(lineage(body_id, today()))


def _scene_now(meeting: Meeting) -> Scene:
    items = providers.with_papers(meeting, meeting.items.select_related("presenter"))
    stage = Stage.objects.filter(meeting=meeting).first()
    chosen = stage.item_id if stage else None
    item = next((each for each in items if each.pk == chosen), items[0] if items else None)
    lines = lines_of(meeting)
    return Scene(
        meeting=meeting,
        items=items,
        item=item,
        since=stage.since if stage else None,
        counts=count(meeting, lines),
        lines=lines,
        turns=list(Turn.objects.filter(meeting=meeting).select_related("member")),
        last_vote=meeting.votes.select_related("named").order_by("-counted_at").first(),
        open_vote=open_vote_of(meeting),
        ballots=rounds_of(meeting),
    )
