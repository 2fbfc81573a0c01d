"""Which meetings of past months did not take place: a regular one given up, cancelled, or a thematic one cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from nenep.demo.branches import SHOWN
from nenep.meetings.states import OffReason
from nenep.shared.dates import previous_month

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Missed:
    """`back`: how many months ago. A cancelled thematic meeting leaves the regular one of its month as it was."""

    branch: str
    back: int
    kind: Literal["not_held", "cancelled", "thematic_cancelled"]
    reason: OffReason

    def month(self, today: date) -> date:
        month = today
        for _step in range(self.back):
            month = previous_month(month)
        return month


# At least two months ago: what follows a missed meeting lies in the past too. Not where officers attend (the shown
# organization), whose past visits each had a meeting.
MISSED = (
    Missed("CB0402", 3, "not_held", OffReason.DISASTER),
    Missed("CS03", 4, "not_held", OffReason.DUTY),
    Missed("CB0404", 2, "cancelled", OffReason.SUPERIOR),
    Missed(SHOWN, 2, "thematic_cancelled", OffReason.DUTY),
)


def missed(today: date) -> list[Missed]:
    """Those within this year, the year whose past months the demo holds."""
    return [one for one in MISSED if one.month(today).year == today.year]


def months_without(today: date) -> set[tuple[str, date]]:
    """(branch, month) of which no regular meeting was held."""
    return {(one.branch, one.month(today)) for one in missed(today) if one.kind != "thematic_cancelled"}
