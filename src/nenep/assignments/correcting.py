"""Work that was given wrongly: corrected or taken back until the minutes that name it are adopted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.assignments.models import Assignment, AssignmentStatus
from nenep.assignments.operations import require_due_after, tell, tell_helpers
from nenep.journal.operations import record
from nenep.meetings.circle import require_summoned_on
from nenep.meetings.progress import meeting_day
from nenep.shared.dates import today
from nenep.shared.states import Refused, hold, move

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from nenep.people.models import Member
    from nenep.shared.viewer import Viewer


@transaction.atomic
def correct(
    assignment: Assignment,
    *,
    what: str,
    owner: Member,
    due_on: date,
    measure: str,
    helpers: Sequence[Member] | None = None,
    by: Viewer | None,
) -> Assignment:
    """Change what, who or by when; whom it concerns is told, and also who no longer owes it.

    `helpers`: all who help from now on; None leaves those there are.
    """
    _hold_while_correctable(assignment)
    require_due_after(meeting_day(assignment.meeting), due_on)
    require_summoned_on(assignment.body_id, naming_day(assignment), [owner], field="owner")
    if helpers is not None:
        require_summoned_on(assignment.body_id, naming_day(assignment), helpers, field="helpers")
    was = assignment.owner_id
    assignment.what, assignment.owner, assignment.due_on, assignment.measure = what, owner, due_on, measure
    assignment.full_clean()
    assignment.save(update_fields=["what", "owner", "due_on", "measure"])
    record("assignment.corrected", by=by, body=assignment.body_id, obj=assignment, subject=owner.pk)
    if was != owner.pk:
        tell(assignment, [was], "assignment.withdrawn", _("Một việc không còn giao cho đồng chí"), by=by)
        tell(assignment, [owner.pk], "assignment.given", _("Đồng chí được giao một việc"), by=by)
    else:
        tell(assignment, [owner.pk], "assignment.corrected", _("Việc giao cho đồng chí đã sửa"), by=by)
    _change_helpers(assignment, helpers, by=by)
    return assignment


@transaction.atomic
def withdraw(assignment: Assignment, *, by: Viewer | None) -> None:
    """Take back what was given by mistake. Its target, and the work it continues, may be given anew."""
    _hold_while_correctable(assignment)
    move(assignment, AssignmentStatus.WITHDRAWN, target=None, continues=None)
    owner = assignment.owner_id
    record("assignment.withdrawn", by=by, body=assignment.body_id, obj=assignment, subject=owner)
    tell(assignment, [owner], "assignment.withdrawn", _("Một việc không còn giao cho đồng chí"), by=by)
    _tell_no_helpers(assignment, sorted(_helping_in(assignment)), by=by)


def _helping_in(assignment: Assignment) -> set[int]:
    return set(assignment.helpers.values_list("pk", flat=True))


def _change_helpers(assignment: Assignment, helpers: Sequence[Member] | None, *, by: Viewer | None) -> None:
    """Who comes or goes is told; an owner who helped before is told as the owner."""
    before = _helping_in(assignment)
    after = (before if helpers is None else {person.pk for person in helpers}) - {assignment.owner_id}
    assignment.helpers.set(after)
    tell_helpers(assignment, sorted(after - before), by=by)
    _tell_no_helpers(assignment, sorted(before - after - {assignment.owner_id}), by=by)


def _tell_no_helpers(assignment: Assignment, member_ids: Iterable[int], *, by: Viewer | None) -> None:
    title = _("Một việc không còn cần đồng chí phối hợp")
    tell(assignment, member_ids, "assignment.withdrawn", title, by=by)


def naming_day(assignment: Assignment) -> date:
    """The day on whose roster of its branch those it names stand: its meeting's, or today for what was taken over."""
    return today() if assignment.is_taken_over else meeting_day(assignment.meeting)


def _hold_while_correctable(assignment: Assignment) -> None:
    """Under the meeting's lock no minutes are adopted meanwhile; under its own nobody reviews it."""
    hold(assignment.meeting)
    hold(assignment)
    if not assignment.is_correctable:
        raise Refused(
            _(
                "Việc này đã nằm trong biên bản được thông qua hoặc đã có báo cáo, nên không sửa hay bỏ được. "
                "Kỳ sinh hoạt sau chi bộ kiểm điểm và giao lại."
            )
        )
