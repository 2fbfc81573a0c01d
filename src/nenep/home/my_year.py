"""What one member did in a year: meetings attended, what was written for them, work. For that member alone (R126)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F

from nenep.assignments.models import Assignment, AssignmentStatus, Result
from nenep.meetings.attended import Attended, attended_by
from nenep.meetings.models import Opinion, OpinionKind, Reply
from nenep.meetings.states import Presence
from nenep.resolutions.models import DraftComment

if TYPE_CHECKING:
    from collections.abc import Iterable

OVERDUE = "Quá hạn"
# The words that `result_of` may say, the judged ones first.
RESULTS = [*Result.labels, OVERDUE, *AssignmentStatus.labels]


@dataclass(frozen=True, slots=True)
class MyYear:
    """Counts are whole numbers, and each list of them adds up to what it is made of."""

    year: int
    meetings: list[Attended]
    opinions: int
    proposals: int
    comments: int
    replies: list[tuple[str, int]]
    work: list[tuple[Assignment, str]]  # each with where it stands
    results: list[tuple[str, int]]

    @property
    def expected(self) -> int:
        """The base: meetings whose rules count the member among those who attend."""
        return sum(meeting.is_expected for meeting in self.meetings)

    @property
    def attended(self) -> int:
        return sum(meeting.is_expected and meeting.is_there for meeting in self.meetings)

    @property
    def marks(self) -> list[tuple[str, int]]:
        """How often the member attended how, in the order of the roll call."""
        return _counted(Presence.labels, (meeting.mark.presence.label for meeting in self.meetings))

    @property
    def written(self) -> int:
        return self.opinions + self.proposals + self.comments


def my_year(member_id: int, year: int) -> MyYear:
    """The year by the month of the meeting and, for work, by the day it was due."""
    start, end = date(year, 1, 1), date(year + 1, 1, 1)
    opinions = Opinion.objects.filter(author=member_id, meeting__month__gte=start, meeting__month__lt=end)
    comments = DraftComment.objects.filter(author=member_id).annotate(
        month=F("version__resolution__meeting__month")
    )
    said = list(opinions.values_list("kind", "reply"))
    noted = list(comments.filter(month__gte=start, month__lt=end).values_list("reply", flat=True))
    given = Assignment.objects.standing().filter(owner=member_id, due_on__gte=start, due_on__lt=end)
    work = [(row, result_of(row)) for row in given.select_related("review").for_list()]
    return MyYear(
        year=year,
        meetings=list(attended_by(member_id, year)),
        opinions=sum(kind == OpinionKind.OPINION for kind, _reply in said),
        proposals=sum(kind == OpinionKind.PROPOSAL for kind, _reply in said),
        comments=len(noted),
        replies=_counted(
            Reply.labels, (Reply(reply).label for reply in [*(reply for _kind, reply in said), *noted])
        ),
        work=work,
        results=_counted(RESULTS, (result for _row, result in work)),
    )


def result_of(assignment: Assignment) -> str:
    """How the branch judged it, or where it stands while nobody has; needs `review`."""
    if assignment.status == AssignmentStatus.REVIEWED:
        return Result(assignment.review.result).label
    return OVERDUE if assignment.is_overdue else AssignmentStatus(assignment.status).label


def _counted(order: Iterable[str], found: Iterable[str]) -> list[tuple[str, int]]:
    counts = Counter(found)
    return [(label, counts[label]) for label in order if counts[label]]
