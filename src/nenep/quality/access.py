from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.organizations.reach import may
from nenep.people.reads import leaders_on
from nenep.shared.dates import today

if TYPE_CHECKING:
    from collections.abc import Collection

    from nenep.quality.models import Note
    from nenep.shared.viewer import Viewer


def leading(body_id: int) -> frozenset[int]:
    """The members who are secretary or deputy of the branch today."""
    return frozenset(leaders_on(body_id, today()))


@dataclass(frozen=True, slots=True)
class NoteAccess:
    """What a viewer may do with a note that is seen; `leading` are those who keep the notebook today."""

    viewer: Viewer
    note: Note
    leading: Collection[int]

    @property
    def change(self) -> bool:
        """The own note; one whose writer has left the office belongs to whoever leads the branch now."""
        if not may(self.viewer, "notebook.keep", self.note.body_id):
            return False
        return self.note.by_id == self.viewer.member_id or self.note.by_id not in self.leading
