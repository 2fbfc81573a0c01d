from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from nenep.briefings.models import BriefingStatus
from nenep.briefings.querysets import ATTEND, held_by
from nenep.organizations.models import Cluster
from nenep.shared.moved_on import is_allowed_sometime

if TYPE_CHECKING:
    from nenep.briefings.models import Briefing, Decision
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True)
class BriefingAccess:
    """What a viewer may do with a briefing that is seen."""

    viewer: Viewer
    briefing: Briefing

    @cached_property
    def hold(self) -> bool:
        """Holds the briefings of this cluster, in whatever state; sees each of its bodies."""
        return Cluster.objects.filter(held_by(self.viewer), pk=self.briefing.cluster_id).exists()

    @property
    def change(self) -> bool:
        return self.briefing.is_open and self.hold

    @property
    def note(self) -> bool:
        return self.briefing.is_closed and self.hold

    @property
    def read_minutes(self) -> bool:
        """Whoever sees the briefing reads its minutes once it is closed, who holds it the draft too."""
        return self.briefing.is_closed or self.hold

    def sometime(self, verb: str) -> bool:
        """Whether the right is there in any state."""
        return is_allowed_sometime(
            lambda one: getattr(BriefingAccess(self.viewer, one), verb), self.briefing, BriefingStatus
        )


@dataclass(frozen=True, slots=True)
class DecisionAccess:
    """What a viewer may do with a decision of a closed briefing that is seen: the body it is about ticks it off."""

    viewer: Viewer
    decision: Decision

    @property
    def mark_done(self) -> bool:
        return self._is_told and not self.decision.is_done and self.sometime("mark_done")

    @property
    def reopen(self) -> bool:
        return self._is_told and self.decision.is_done and self.sometime("reopen")

    @property
    def _is_told(self) -> bool:
        return self.decision.briefing.is_closed

    def sometime(self, _verb: str) -> bool:
        """The right alone, however far the body has come."""
        return self.decision.body_id in self.viewer.where(ATTEND).own
