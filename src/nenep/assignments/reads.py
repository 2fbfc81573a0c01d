"""Questions about work and its causes on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nenep.meetings.models import Meeting, MeetingStatus
from nenep.meetings.rules import rules_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nenep.assignments.models import Assignment, Review
    from nenep.rulebook.values import Term


def reviewing(assignment: Assignment) -> list[Meeting]:
    """The meetings at which a piece of work can be judged now: the one that runs, else those entered from paper since.

    The latest first.
    """
    found = Meeting.objects.filter(body_id=assignment.body_id).order_by("-starts_at")
    running = found.filter(status__in=(MeetingStatus.OPENED, MeetingStatus.CLOSED)).first()
    if running:
        return [running]
    since = found.filter(status=MeetingStatus.ADOPTED, starts_at__gt=assignment.meeting.starts_at)
    return list(since.filter(paper_entry__isnull=False).select_related("paper_entry"))


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
