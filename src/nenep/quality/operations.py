"""Answering the self-check; only people judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.meetings.models import Meeting, MeetingStatus
from nenep.meetings.rules import rules_of
from nenep.quality.models import CheckAnswer, Judgement
from nenep.shared.dates import now
from nenep.shared.states import Refused, hold
from nenep.shared.viewer import member_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nenep.rulebook.values import Term
    from nenep.shared.viewer import Viewer


def questions_of(meeting: Meeting) -> tuple[Term, ...]:
    """The questions in force on the day of the meeting."""
    return rules_of(meeting).vocabulary.self_check


@transaction.atomic
def answer_self_check(
    meeting: Meeting, answers: Mapping[str, tuple[Judgement, str]], *, by: Viewer | None
) -> None:
    """Write the branch's answers by code of the question, in place of earlier ones: the minutes carry them.

    Refused before the meeting is closed, once its minutes are adopted, and while a question is unanswered.
    """
    hold(
        meeting,
        MeetingStatus.CLOSED,
        says=_("Chi bộ tự kiểm tra sau khi kết thúc thảo luận và trước khi thông qua biên bản."),
    )
    questions = questions_of(meeting)
    if unanswered := [term.label for term in questions if term.code not in answers]:
        raise Refused(_("Còn câu chưa trả lời: %(question)s.") % {"question": unanswered[0]})
    CheckAnswer.objects.filter(meeting=meeting).delete()
    rows = [
        CheckAnswer(
            meeting=meeting,
            position=place,
            question=term.code,
            words=term.label,
            judgement=answers[term.code][0],
            line=answers[term.code][1].strip(),
            at=now(),
            by_id=member_of(by),
        )
        for place, term in enumerate(questions, start=1)
    ]
    for row in rows:
        row.full_clean()
    CheckAnswer.objects.bulk_create(rows)
    record("self_check.answered", by=by, body=meeting.body_id, obj=meeting)
