"""Questions about work and its causes on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nenep.meetings.rules import rules_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nenep.assignments.models import Review
    from nenep.meetings.models import Meeting
    from nenep.rulebook.values import Term


def causes_of(meeting: Meeting) -> tuple[Term, ...]:
    """The coded causes, objective and subjective, of the rules of a meeting."""
    return rules_of(meeting).vocabulary.causes


def cause_of(review: Review) -> str:
    """The cause in the words of the day on which it was found, with what was typed beside it."""
    return cause_words(review, causes_of(review.meeting))


def cause_words(review: Review, causes: Iterable[Term]) -> str:
    """The same from a list of causes that was looked up already."""
    labels = {term.code: term.label for term in causes}
    label = labels.get(review.cause, review.cause)
    return f"{label}: {review.cause_text}" if review.cause_text else label
