"""Who may vote, who has, and how a vote stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count

from nenep.meetings.attendance import lines_of
from nenep.votes.models import NamedVote, VoteStatus

if TYPE_CHECKING:
    from nenep.meetings.attendance import Line
    from nenep.meetings.models import Meeting


def voters_of(meeting: Meeting, lines: list[Line] | None = None) -> dict[int, str]:
    """Names of the official members of the branch who are there, by id, in the order of the roll."""
    lines = lines_of(meeting) if lines is None else lines
    return {
        line.entry.member_id: line.entry.name
        for line in lines
        if line.is_there and line.entry.is_official and not line.entry.is_guest
    }


def open_vote_of(meeting: Meeting) -> NamedVote | None:
    """With `cast_count`: how many have voted."""
    counted = NamedVote.objects.annotate(cast_count=Count("casts"))
    return counted.filter(meeting=meeting, status=VoteStatus.OPEN).first()


def still_to_vote(vote: NamedVote, voters: dict[int, str]) -> dict[int, str]:
    done = set(vote.casts.values_list("member", flat=True))
    return {member_id: name for member_id, name in voters.items() if member_id not in done}
