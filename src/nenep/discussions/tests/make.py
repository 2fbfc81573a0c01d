"""Discussions for tests, by the real verbs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from nenep.directives.tests.make import hold_and_write
from nenep.discussions.operations import answer_questions
from nenep.discussions.sources import of_directive, of_guidance
from nenep.guidance.models import Guidance
from nenep.meetings.suggesting import take_suggestion
from nenep.meetings.tests.make import make_meeting
from nenep.people.tests.make import make_member
from nenep.shared.dates import clock_at, now

if TYPE_CHECKING:
    from nenep.discussions.models import Discussion
    from nenep.discussions.sources import Source
    from nenep.meetings.models import Meeting


def source_of(row) -> Source:
    return of_guidance(row) if isinstance(row, Guidance) else of_directive(row)


def discuss(row, body, *, chair=None, text="Chi bộ bàn ba việc.") -> Meeting:
    """The meeting of the branch some hours ago under whose item the directive or focus was dealt with."""
    meeting = make_meeting(body, chair=chair or make_member(body), at=now() - timedelta(hours=3))
    source = source_of(row)
    with clock_at(meeting.starts_at - timedelta(hours=1)):
        take_suggestion(meeting, key=f"{source.kind}:{source.pk}", by=None)
    hold_and_write(meeting, source.title, text)
    return meeting


def make_answer(row, body, text="Giữ lịch ngày 3.", *, open_above=False) -> Discussion:
    """Of a branch that has discussed it, to the first question."""
    source = source_of(row)
    return answer_questions(
        source, body.pk, texts={source.questions[0]: text}, may_be_read=open_above, by=None
    )
