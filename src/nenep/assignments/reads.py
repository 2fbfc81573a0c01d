"""Questions about work and its causes on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nenep.meetings.progress import meeting_day
from nenep.rulebook import rules_on

if TYPE_CHECKING:
    from datetime import date

    from nenep.assignments.models import Review
    from nenep.rulebook.values import Term


def causes_on(day: date) -> tuple[Term, ...]:
    """The coded causes, objective and subjective, of the pack of a day."""
    return rules_on(day).vocabulary.causes


def cause_of(review: Review) -> str:
    """The cause in the words of the day on which it was found, with what was typed beside it."""
    labels = {term.code: term.label for term in causes_on(meeting_day(review.meeting))}
    label = labels.get(review.cause, review.cause)
    return f"{label}: {review.cause_text}" if review.cause_text else label
