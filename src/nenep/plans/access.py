from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.organizations.reach import may

if TYPE_CHECKING:
    from nenep.plans.models import Plan
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class PlanAccess:
    """What a viewer may do with the plan of a body; `plan` is None where the year has none yet."""

    viewer: Viewer
    body_id: int
    plan: Plan | None = None

    @property
    def read(self) -> bool:
        return may(self.viewer, "plans.read", self.body_id)

    @property
    def make(self) -> bool:
        return may(self.viewer, "plans.make", self.body_id)

    @property
    def publish(self) -> bool:
        return self.plan is not None and not self.plan.is_published and self.sometime("publish")

    @property
    def change(self) -> bool:
        """What the members have been told is changed by whoever tells them."""
        if self.plan is None:
            return False
        verb = "plans.publish" if self.plan.is_published else "plans.make"
        return may(self.viewer, verb, self.body_id)

    def sometime(self, verb: str) -> bool:
        """The right alone, whatever has been published."""
        return may(self.viewer, f"plans.{verb}", self.body_id)

    @property
    def make_meeting(self) -> bool:
        return may(self.viewer, "meetings.plan", self.body_id)
