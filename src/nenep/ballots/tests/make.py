"""Secret ballots for tests, by the real verbs."""

from nenep.ballots.arithmetic import Figures, Line
from nenep.ballots.models import Round
from nenep.ballots.operations import confirm_count, enter_count, open_round
from nenep.ballots.reads import entered_of
from nenep.votes.tests.make import make_room

__all__ = ["figures", "make_confirmed", "make_election", "make_question", "make_room"]


def make_election(meeting, candidates, *, head, seats=1, board=(), subject="Bầu chi ủy", **kwargs):
    return open_round(
        meeting,
        subject=subject,
        kind="election",
        candidates=[member.pk for member in candidates],
        seats=seats,
        head=head.pk,
        board=[member.pk for member in board],
        by=None,
        **kwargs,
    )


def make_question(
    meeting, *, head, kind="admission_proposal", subject="Đề nghị kết nạp quần chúng A", **kwargs
):
    return open_round(meeting, subject=subject, kind=kind, head=head.pk, by=None, **kwargs)


def figures(*votes, issued, invalid=0, returned=None):
    """Each of `votes`: how many for a line, or (for, against, blank)."""
    returned = issued if returned is None else returned
    lines = tuple(Line(*vote) if isinstance(vote, tuple) else Line(vote) for vote in votes)
    return Figures(issued, returned, returned - invalid, invalid, lines)


def make_confirmed(ballot, counted, *, by=None):
    """Entered and confirmed, each from a page of its own."""
    entered = entered_of(ballot)
    enter_count(ballot, counted, seen_revision=entered.revision if entered else 0, by=by)
    page = Round.objects.get(pk=ballot.pk)
    return confirm_count(page, seen_revision=entered_of(page).revision, by=by)
