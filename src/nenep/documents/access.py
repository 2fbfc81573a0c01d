from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.documents.querysets import READ, REGISTER
from nenep.shared.viewer import NOWHERE

if TYPE_CHECKING:
    from nenep.documents.models import Document
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class RegisterAccess:
    """What a person may do with the registers as a whole; which rows they see is `visible_to`."""

    viewer: Viewer

    @property
    def read(self) -> bool:
        return self.viewer.where(READ) != NOWHERE

    @property
    def registering(self) -> frozenset[int]:
        """The bodies whose papers the person numbers."""
        return self.viewer.where(REGISTER).own


@dataclass(frozen=True, slots=True)
class DocumentAccess:
    """What a viewer may do with a document that is seen."""

    viewer: Viewer
    document: Document

    @property
    def follow(self) -> bool:
        """See what became of it in the bodies that got it: who reads the register of its issuer."""
        return self.document.body_id in self.viewer.where(READ).own

    @property
    def file(self) -> bool:
        """Add the signed copy and other files."""
        return self.document.body_id in self.viewer.where(REGISTER).own

    @property
    def correct(self) -> bool:
        """Put its head right: only the issuer, whoever got it (`correcting.correctable` says what of it)."""
        return self.document.body_id in self.viewer.where(REGISTER).own
