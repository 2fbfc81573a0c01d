"""Lists of people as pages show them: looking is written down once for the list, never once for each person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nenep.journal.operations import record_read
from nenep.organizations.models import Body
from nenep.people.reads import roster

if TYPE_CHECKING:
    from datetime import date

    from nenep.people.reads import RosterEntry
    from nenep.shared.viewer import Viewer


def roster_shown(branch_id: int, day: date, *, by: Viewer) -> list[RosterEntry]:
    """`roster` for a page or a form with its names."""
    record_read("members.listed", by=by, body=branch_id, obj=Body(pk=branch_id))
    return roster(branch_id, day)
