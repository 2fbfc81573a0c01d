"""The stamp of arrival on a copy of the PDF (R3): drawn by typst, laid over page 1 in a child process.

It stands in the upper margin, which no layout of the Party's papers uses, so it covers no word.
"""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import typst
from django.utils.translation import gettext as _

from nenep.documents import glyphs, pdf
from nenep.documents.layout import layout_on
from nenep.documents.models import Archive, Document
from nenep.documents.storing import from_json
from nenep.files.models import Attachment, FileType
from nenep.organizations.reads import committee_name_on
from nenep.shared.dates import today
from nenep.shared.states import Refused
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from nenep.arrivals.models import Arrival
    from nenep.shared.viewer import Viewer

SECONDS = 20
_HERE = Path(__file__).parent
_CHILD = _HERE / "stamp_child.py"


def pdf_of(arrival: Arrival, viewer: Viewer) -> bytes | None:
    """The PDF that the receiver has of the paper: its own scan, the issuer's file, else the kept words set anew."""
    if path := _file_of(arrival, viewer):
        return path.read_bytes()
    if archive := _kept_words(arrival, viewer):
        content = from_json(archive.content or {})
        return pdf.render(content, layout_on(content.day or today(), content.scopes))
    return None


def has_pdf(arrival: Arrival, viewer: Viewer) -> bool:
    return _file_of(arrival, viewer) is not None or _kept_words(arrival, viewer) is not None


def _file_of(arrival: Arrival, viewer: Viewer) -> Path | None:
    theirs = (
        Attachment.objects.of(arrival.document) if _was_sent(arrival, viewer) else Attachment.objects.none()
    )
    for files in (Attachment.objects.of(arrival), theirs):
        found = files.filter(content_type=FileType.PDF).first()
        if found and found.path.is_file():
            return found.path
    return None


def _kept_words(arrival: Arrival, viewer: Viewer) -> Archive | None:
    kept = Archive.objects.filter(document=arrival.document, content__isnull=False)
    return kept.first() if _was_sent(arrival, viewer) else None


def _was_sent(arrival: Arrival, viewer: Viewer) -> bool:
    """Whether the issuer's own files are open to the viewer: a paper entered by hand brings none of them."""
    return Document.objects.with_files_open_to(viewer).filter(pk=arrival.document_id).exists()


def stamp_of(arrival: Arrival) -> bytes:
    """The stamp as a small page without a ground: receiver, number, day, who handles it. Dots for what is not known."""
    day = arrival.arrived_on
    words = {
        "receiver": committee_name_on(arrival.body_id, day or today()).upper(),
        "number": str(arrival.number or ""),
        "day": day_words(day),
        "handler": arrival.handler.full_name if arrival.handler else "",
    }
    made = typst.compile(
        _HERE / "stamp.typ",
        root=_HERE,
        font_paths=_fonts(),
        sys_inputs={"stamp": glyphs.shown(json.dumps(words, ensure_ascii=False))},
        format="pdf",
    )
    if not isinstance(made, bytes):
        raise TypeError(f"typst gave {type(made).__name__} where one PDF was due")
    return made


def stamped(paper: bytes, stamp: bytes) -> bytes:
    """A copy of the PDF with the stamp on its first page. Refused when the file cannot be read within the limits."""
    try:
        done = subprocess.run(  # noqa: S603  # our own program, no argument from outside
            [sys.executable, "-I", str(_CHILD)],
            input=struct.pack(">Q", len(stamp)) + stamp + paper,
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as failed:
        raise Refused(
            _("Không đóng được dấu đến lên tệp này. Đồng chí in phiếu thay cho dấu đến.")
        ) from failed
    return done.stdout


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[glyphs.FONTS])
