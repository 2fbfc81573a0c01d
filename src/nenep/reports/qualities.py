"""The three qualities that every meeting is to have (R62), as the branches judged their own meetings of a year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count

from nenep.meetings.models import MeetingStatus
from nenep.quality.models import CheckAnswer, Judgement

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nenep.organizations.models import Body
    from nenep.rulebook.values import Term
    from nenep.rulebook.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Quality:
    """`questions` of the self-check are its criteria; the counts are those of the answers to them."""

    term: Term
    questions: tuple[Term, ...]
    met: int
    partly: int
    not_met: int

    @property
    def base(self) -> int:
        return self.met + self.partly + self.not_met


def qualities_of(branches: QuerySet[Body], year: int, vocabulary: Vocabulary) -> list[Quality]:
    """Of the meetings of `branches` whose minutes are adopted; one query. Nothing is weighed, and nothing ranked."""
    answers = CheckAnswer.objects.filter(
        meeting__body__in=branches.values("pk"),
        meeting__month__range=(date(year, 1, 1), date(year, 12, 1)),
        meeting__status=MeetingStatus.ADOPTED,
    )
    rows = answers.order_by().values_list("question", "judgement").annotate(Count("pk"))
    counts = Counter({(question, judgement): count for question, judgement, count in rows})
    found = []
    for term in vocabulary.qualities:
        questions = tuple(one for one in vocabulary.self_check if one.quality == term.code)
        met, partly, not_met = (
            sum(counts[question.code, judgement] for question in questions)
            for judgement in (Judgement.MET, Judgement.PARTLY, Judgement.NOT_MET)
        )
        found.append(Quality(term, questions, met, partly, not_met))
    return found
