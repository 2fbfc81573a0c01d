"""What higher modules add to a document without being imported: each registers a typed function in `ready()`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.shared.registries import Hook, Registry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Q

    from nenep.documents.models import Document
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Issued:
    """A paper, in the transaction that issues it. `bodies`: for each body that it goes to the code of its purpose."""

    document: Document
    bodies: Mapping[int, str]
    by: Viewer | None


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a body below has done with a paper: a state and its words. Never what it wrote about it."""

    state: str
    words: str


# A paper was issued: those who keep what arrives take it up.
issued: Hook[Issued] = Hook()
# The head of a paper was put right: what others show or find of it follows, and may refuse.
corrected: Hook[Document] = Hook()
# Rows of Document that the viewer may read beside those of the own bodies.
readable: Registry[[Viewer], Q] = Registry()
# Those of them whose own files are open too.
with_files: Registry[[Viewer], Q] = Registry()
# (paper) -> (id of a body that it was sent to, how far it has come)
progress: Registry[[Document], tuple[int, Arrived]] = Registry()
