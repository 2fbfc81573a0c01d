from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.discussions.sources import asked_by, items_of
from nenep.organizations.reach import may

if TYPE_CHECKING:
    from nenep.discussions.sources import Source
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class DiscussionAccess:
    """What a viewer may do for one branch that a source asks."""

    viewer: Viewer
    source: Source
    body_id: int

    @property
    def answer(self) -> bool:
        """Once its meeting has discussed the matter, while that is in force."""
        return self.source.is_open and self.may_answer and bool(items_of(self.source, {self.body_id}))

    @property
    def may_answer(self) -> bool:
        return may(self.viewer, "discussions.answer", self.body_id) and self.body_id in asked_by(self.source)

    def sometime(self, verb: str) -> bool:  # noqa: ARG002  # there is one verb
        return self.may_answer
