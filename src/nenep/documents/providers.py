"""What higher modules add to a document without being imported: each registers a typed function in `ready()`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import Q

    from nenep.documents.models import Document
    from nenep.shared.viewer import Viewer

    # (the paper, for each body that it goes to the code of its purpose, who): inside the transaction that issues it.
    Issued = Callable[[Document, Mapping[int, str], Viewer | None], None]
    # Rows of Document that the viewer may read beside those of the own bodies.
    Readable = Callable[[Viewer], Q]
    # The paper -> how far each body that it was sent to has come with it.
    Progress = Callable[[Document], Mapping[int, "Arrived"]]


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a body below has done with a paper: a state and its words. Never what it wrote about it."""

    state: str
    words: str


_issued: list[Issued] = []
_readable: list[Readable] = []
_files: list[Readable] = []
_progress: list[Progress] = []


def on_issued(handler: Issued) -> None:
    """Called once per handler, in `AppConfig.ready()`; so are the others."""
    if handler not in _issued:
        _issued.append(handler)


def readable_too(rows: Readable) -> None:
    if rows not in _readable:
        _readable.append(rows)


def files_too(rows: Readable) -> None:
    """Those of the readable documents whose own files are open too."""
    if rows not in _files:
        _files.append(rows)


def progress_of(asked: Progress) -> None:
    if asked not in _progress:
        _progress.append(asked)


def announce(document: Document, bodies: Mapping[int, str], by: Viewer | None) -> None:
    for handler in _issued:
        handler(document, bodies, by)


def also_readable(viewer: Viewer) -> list[Q]:
    return [rows(viewer) for rows in _readable]


def files_open(viewer: Viewer) -> list[Q]:
    return [rows(viewer) for rows in _files]


def progress(document: Document) -> dict[int, Arrived]:
    """For each body that was sent the paper how far it has come."""
    return {body: arrived for asked in _progress for body, arrived in asked(document).items()}
