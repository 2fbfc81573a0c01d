"""What the preparation of meetings asks of one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.meetings.models import BEING_PREPARED
from nenep.preparing.dates import due_of
from nenep.preparing.duties import assignable
from nenep.preparing.models import Duty
from nenep.shared.dates import today

if TYPE_CHECKING:
    from datetime import date

    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class OwnDuty:
    duty: Duty
    due_on: date | None

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < today()


def open_duties(viewer: Viewer) -> list[OwnDuty]:
    """What the viewer still prepares: neither reported nor done, of meetings ahead; the most urgent first.

    One statement; where there are any, the steps of their meetings are asked for besides (one or two meetings).
    """
    if viewer.member_id is None:
        return []
    rows = Duty.objects.visible_to(viewer).filter(owner=viewer.member_id, reported_at=None)
    own = list(rows.filter(meeting__status__in=BEING_PREPARED).for_page())
    steps = {duty.meeting_id: assignable(duty.meeting) for duty in own}
    found = [
        OwnDuty(duty, due_of(duty))
        for duty in own
        if duty.step in steps[duty.meeting_id] and not steps[duty.meeting_id][duty.step].is_done
    ]
    return sorted(found, key=lambda row: (row.due_on is None, row.due_on))
