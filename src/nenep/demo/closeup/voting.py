"""Votes by name and secret ballots on paper, counted and under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nenep.ballots import operations as ballots
from nenep.ballots.arithmetic import Figures, Line
from nenep.demo import words
from nenep.demo.branches import viewer
from nenep.demo.closeup.cast import at_work
from nenep.votes.models import Choice, NamedVote
from nenep.votes.operations import cast_vote, close_vote, open_vote, reserve_opinion, write_down_cast
from nenep.votes.reads import voters_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nenep.demo.branches import Action, Branch


def by_name(branch: Branch, *, goes_on: bool) -> Iterator[Action]:
    """A vote by name with an opinion reserved, and where the meeting runs on a second one that half have answered."""
    yield at_work(branch, 10), lambda: _open_vote(branch, words.NAMED_VOTES[0], everybody=True)
    yield at_work(branch, 20), lambda: _close_vote(branch)
    yield at_work(branch, 25), lambda: _reserve(branch)
    if goes_on:
        yield at_work(branch, 30), lambda: _open_vote(branch, words.NAMED_VOTES[1], everybody=False)


def _open_vote(branch: Branch, subject: str, *, everybody: bool) -> None:
    """The last of the roll has no phone and is written down; the one before it is of another mind."""
    vote = open_vote(branch.meeting, subject=subject, kind="ordinary_resolution", by=branch.secretary)
    voters = [*voters_of(vote.meeting)]
    *first, against, by_hand = voters if everybody else voters[: len(voters) // 2]
    for member in first:
        cast_vote(vote, choice=Choice.FOR, by=viewer(member))
    cast_vote(vote, choice=Choice.AGAINST, by=viewer(against))
    write_down_cast(vote, member_id=by_hand, choice=Choice.FOR, by=branch.deputy)


def _close_vote(branch: Branch) -> None:
    close_vote(_named_vote(branch), by=branch.secretary)


def _reserve(branch: Branch) -> None:
    vote = _named_vote(branch)
    against = vote.casts.get(choice=Choice.AGAINST)
    reserve_opinion(vote, text=words.RESERVED, by=viewer(against.member_id))


def _named_vote(branch: Branch) -> NamedVote:
    return NamedVote.objects.select_related("meeting__body").get(meeting=branch.meeting)


def on_paper(branch: Branch) -> Iterator[Action]:
    """Ballots are out, nobody has counted."""
    yield at_work(branch, 10), lambda: _open_question(branch)


def _open_question(branch: Branch) -> None:
    head, *board = [*voters_of(branch.meeting)][-3:]
    ballots.open_round(
        branch.meeting,
        subject=words.QUESTION,
        kind="official_recognition",
        head=head,
        board=board,
        by=branch.secretary,
    )


def electing(branch: Branch) -> Iterator[Action]:
    """Counted and confirmed, with its record."""
    yield at_work(branch, 10), lambda: _open_election(branch)
    yield at_work(branch, 30), lambda: _count_election(branch)


def _open_election(branch: Branch) -> None:
    others = [member for member in voters_of(branch.meeting) if member not in branch.leaders]
    ballots.open_round(
        branch.meeting,
        subject=words.ELECTION,
        kind="election",
        candidates=others[:2],
        head=others[2],
        by=branch.secretary,
    )


def _count_election(branch: Branch) -> None:
    """One ballot is spoilt, the others are for the first candidate."""
    ballot = branch.meeting.ballot_rounds.get()
    issued = len(voters_of(branch.meeting))
    figures = Figures(issued, issued, issued - 1, 1, (Line(issued - 1), Line(0)))
    head = viewer(ballot.tellers.get(is_head=True).member_id)
    count = ballots.enter_count(ballot, figures, by=head)
    ballots.confirm_count(ballot, seen_revision=count.revision, by=head)
