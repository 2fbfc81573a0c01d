"""Questions about visits: what an officer has ahead, who comes to a branch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.organizations.reads import names_on
from nenep.shared.dates import month_start, previous_month, today
from nenep.visits.models import Visit, VisitStatus
from nenep.visits.querysets import ARRANGE
from nenep.visits.slots import Slot, slots_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nenep.shared.viewer import Viewer

_LAST = "9999"


@dataclass(frozen=True, slots=True)
class Shown:
    """A visit with the branch's name of today and the hour of its meeting."""

    visit: Visit
    branch: str
    slot: Slot

    @property
    def awaits_word(self) -> bool:
        """The hour has come and the officer has not said yet whether they were there."""
        return (
            self.visit.is_assigned and not self.slot.is_off and self.slot.has_begun(self.visit.roster.month)
        )


def shown(visits: Iterable[Visit]) -> list[Shown]:
    """With name and hour, the earliest first; the statements grow with the committees and months, not with the rows."""
    rows = list(visits)
    names = names_on({row.branch_id for row in rows}, today())
    slots: dict[tuple[int, int], Slot] = {}
    for roster in {row.roster for row in rows}:
        here = [row.branch_id for row in rows if row.roster_id == roster.pk]
        found = slots_of(roster.body_id, here, roster.month)
        slots |= {(roster.pk, branch): slot for branch, slot in found.items()}
    made = [Shown(row, names[row.branch_id], slots[row.roster_id, row.branch_id]) for row in rows]
    return sorted(
        made,
        key=lambda one: (
            one.visit.roster.month,
            one.slot.starts_at.isoformat() if one.slot.starts_at else _LAST,
        ),
    )


def open_visits(viewer: Viewer) -> list[Shown]:
    """What the viewer is to attend or has not answered for, last month's included: one statement where there is none.

    Nothing is asked of whoever holds no post in a committee.
    """
    if viewer.member_id is None or not viewer.where(ARRANGE).own:
        return []
    since = previous_month(month_start(today()))
    own = Visit.objects.filter(
        officer=viewer.member_id, status=VisitStatus.ASSIGNED, roster__month__gte=since
    )
    return shown(own.for_page())
