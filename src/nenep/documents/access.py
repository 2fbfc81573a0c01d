from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.shared.viewer import NOWHERE

if TYPE_CHECKING:
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class RegisterAccess:
    """What a person may do with the registers as a whole; which rows they see is `visible_to`."""

    viewer: Viewer

    @property
    def read(self) -> bool:
        return self.viewer.where("documents.read") != NOWHERE
