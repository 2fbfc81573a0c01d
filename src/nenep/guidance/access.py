from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.guidance.models import GuidanceStatus
from nenep.organizations.reach import may
from nenep.shared.moved_on import is_allowed_sometime

if TYPE_CHECKING:
    from nenep.guidance.models import Guidance
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class GuidanceAccess:
    """What a viewer may do with guidance that is seen: the right of the role table and its state."""

    viewer: Viewer
    guidance: Guidance

    @property
    def revise(self) -> bool:
        return not self.guidance.is_withdrawn and self.issue

    @property
    def publish(self) -> bool:
        return self.guidance.is_draft and self.issue

    @property
    def withdraw(self) -> bool:
        return not self.guidance.is_withdrawn and self.issue

    @property
    def issue(self) -> bool:
        """Acts for the committee that gives it, and sees how many branches took it up."""
        return may(self.viewer, "guidance.issue", self.guidance.body_id)

    def sometime(self, verb: str) -> bool:
        """Whether the right is there in any state."""
        return is_allowed_sometime(
            lambda one: getattr(GuidanceAccess(self.viewer, one), verb), self.guidance, GuidanceStatus
        )
