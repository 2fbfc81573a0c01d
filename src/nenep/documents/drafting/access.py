from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.documents.drafting.models import Consent, DraftStatus
from nenep.documents.drafting.querysets import REGISTER, drafting_bodies
from nenep.shared.moved_on import is_allowed_sometime

if TYPE_CHECKING:
    from nenep.documents.models import Draft
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class DraftAccess:
    """What a viewer may do with a draft that is seen."""

    viewer: Viewer
    draft: Draft

    @property
    def write(self) -> bool:
        return self.draft.is_open and self.draft.body_id in drafting_bodies(self.viewer)

    @property
    def issue(self) -> bool:
        """Take its number: who keeps the register."""
        return self.draft.is_open and self.draft.body_id in self.viewer.where(REGISTER).own

    @property
    def ask(self) -> bool:
        """Hand it to whoever signs, where the program knows that member and it is somebody else."""
        waits = self.draft.consent in {Consent.ASKED, Consent.AGREED}
        return self.write and self.draft.signer_id is not None and not waits and not self._signs

    @property
    def answer(self) -> bool:
        """Say whether it will be signed as it stands."""
        return self.draft.is_open and self._signs and self.draft.consent != Consent.AGREED

    @property
    def _signs(self) -> bool:
        return self.viewer.member_id is not None and self.draft.signer_id == self.viewer.member_id

    def sometime(self, verb: str) -> bool:
        """Whether the viewer may do it while the draft is open: the right alone."""
        if verb == "answer":
            return self._signs
        if verb == "ask":
            verb = "write"
        return is_allowed_sometime(
            lambda draft: getattr(DraftAccess(self.viewer, draft), verb), self.draft, DraftStatus
        )
