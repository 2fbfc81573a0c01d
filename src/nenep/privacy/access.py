from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.organizations.reach import may
from nenep.privacy.models import CorrectionState

if TYPE_CHECKING:
    from nenep.privacy.models import CorrectionRequest
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class CorrectionAccess:
    viewer: Viewer
    request: CorrectionRequest

    @property
    def answer(self) -> bool:
        """Nobody answers the own request; a secretary's goes to the committee above."""
        return (
            self.request.state == CorrectionState.RECEIVED
            and self.request.member_id != self.viewer.member_id
            and may(self.viewer, "privacy.answer", self.request.body_id)
        )
