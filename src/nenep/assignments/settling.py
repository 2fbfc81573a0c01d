"""The mark of work that the branch cannot do without the management of its unit, and that it has agreed (R162).

The parts of an agenda carry the same mark in `preparing`, with a record of the talk; here one word is enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.assignments.operations import hold_open, tell
from nenep.journal.operations import record
from nenep.shared.vietnamese import lower_first

if TYPE_CHECKING:
    from nenep.assignments.models import Assignment, Management
    from nenep.shared.viewer import Viewer


@transaction.atomic
def settle(assignment: Assignment, *, management: Management, by: Viewer | None) -> None:
    """Mark it, or take the mark back; the owner is told, and may wait or begin. Refused once it is judged or gone."""
    hold_open(assignment)
    if assignment.management == management:
        return
    assignment.management = management
    assignment.full_clean()
    assignment.save(update_fields=["management"])
    owner = assignment.owner_id
    record("assignment.management", by=by, body=assignment.body_id, obj=assignment, subject=owner)
    title = _("Việc giao cho đồng chí: %(state)s") % {"state": lower_first(str(management.label))}
    tell(assignment, [owner], "assignment.management", title, by=by)
