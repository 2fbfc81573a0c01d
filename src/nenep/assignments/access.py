from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.organizations.reach import may

if TYPE_CHECKING:
    from nenep.assignments.models import Assignment
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class AssignmentAccess:
    viewer: Viewer
    assignment: Assignment

    @property
    def report(self) -> bool:
        """The owner reports while taking part in the branch; whoever may review writes down what the owner says."""
        return self.assignment.is_open and self.sometime("report")

    @property
    def review(self) -> bool:
        return self.assignment.is_open and self.sometime("review")

    @property
    def correct(self) -> bool:
        """Change it or take it back: whoever hands out work, while it is not yet on adopted paper."""
        return self.assignment.is_correctable and self.sometime("correct")

    @property
    def settle(self) -> bool:
        """Say whether the management of the unit has to agree, and that it has."""
        return self.assignment.is_open and self.sometime("settle")

    def sometime(self, verb: str) -> bool:
        """The right alone, whatever has become of the work."""
        if verb == "report":
            is_owner = self.assignment.owner_id == self.viewer.member_id
            return (is_owner and self._may("assignments.report")) or self._may("assignments.review")
        return self._may("assignments.review" if verb == "review" else "assignments.hand_out")

    def _may(self, verb: str) -> bool:
        return may(self.viewer, verb, self.assignment.body_id)


def may_hand_out(viewer: Viewer, body_id: int) -> bool:
    return may(viewer, "assignments.hand_out", body_id)
