"""When a branch ends, its open work goes on where its people are: offered to the successor's next meeting."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from nenep.assignments.models import Assignment, AssignmentStatus
from nenep.journal.operations import record
from nenep.people.reads import roster
from nenep.shared.dates import now
from nenep.shared.states import move

if TYPE_CHECKING:
    from nenep.organizations.endings import Ending
    from nenep.organizations.models import Body


def hand_over_assignments(ending: Ending) -> None:
    """Each open piece of work ends here; the successor gets one that continues it, to review, correct or drop.

    Of several successors the one with the owner on its roster; work of nobody there ends with the branch.
    """
    rows = list(Assignment.objects.filter(body=ending.body).open().select_related("meeting"))
    if not rows:
        return
    places = _places(ending)
    counts: dict[int, int] = defaultdict(int)
    for row in rows:
        was = AssignmentStatus(row.status)
        move(row, AssignmentStatus.ENDED)
        if successor := ending.successors[0] if len(ending.successors) == 1 else places.get(row.owner_id):
            _continue(row, successor, was)
            counts[successor.pk] += 1
    record("assignments.ended", by=ending.by, body=ending.body.pk, obj=ending.body, count=len(rows))
    for key, count in counts.items():
        record("assignments.taken_over", by=ending.by, body=key, obj=ending.body, count=count)


def _places(ending: Ending) -> dict[int, Body]:
    """Member -> the successor on whose roster they stand on the day."""
    return {entry.member_id: body for body in ending.successors for entry in roster(body.pk, ending.day)}


def _continue(row: Assignment, successor: Body, status: AssignmentStatus) -> None:
    new = Assignment.objects.create(
        body=successor,
        meeting=row.meeting,
        what=row.what,
        owner_id=row.owner_id,
        due_on=row.due_on,
        measure=row.measure,
        status=status,
        continues=row,
        management=row.management,
        given_at=now(),
    )
    new.helpers.set(row.helpers.all())
