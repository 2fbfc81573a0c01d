from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.organizations.reach import may
from nenep.shared.moved_on import is_allowed_sometime
from nenep.visits.models import VisitStatus
from nenep.visits.querysets import ARRANGE

if TYPE_CHECKING:
    from nenep.shared.viewer import Viewer
    from nenep.visits.models import Visit


@dataclass(frozen=True, slots=True)
class VisitAccess:
    """What a viewer may do with a visit that is seen: the officer alone says what came of it."""

    viewer: Viewer
    visit: Visit

    @property
    def answer(self) -> bool:
        """Says what came of it, and puts that right."""
        return self._is_own and not self.visit.is_dropped

    @property
    def arrange(self) -> bool:
        return may(self.viewer, ARRANGE, self.visit.roster.body_id)

    @property
    def _is_own(self) -> bool:
        return self.viewer.member_id == self.visit.officer_id

    def sometime(self, verb: str) -> bool:
        """Whether the right is there in any state."""
        return is_allowed_sometime(
            lambda one: getattr(VisitAccess(self.viewer, one), verb), self.visit, VisitStatus
        )
