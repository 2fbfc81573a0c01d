from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.organizations.reach import may

if TYPE_CHECKING:
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class CalendarAccess:
    """What a viewer may do with the public calendar of a branch."""

    viewer: Viewer
    body_id: int

    @property
    def see(self) -> bool:
        return may(self.viewer, "meetings.read", self.body_id)

    @property
    def publish(self) -> bool:
        return may(self.viewer, "calendars.publish", self.body_id)
