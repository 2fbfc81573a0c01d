"""The document as PDF/A-2b: typst with the fonts that travel with the program, the same on every machine."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

from nenep.documents import glyphs
from nenep.documents.composition import compose

if TYPE_CHECKING:
    from nenep.documents.content import OfficialDocument
    from nenep.documents.layout import PageLayout

TEMPLATES = Path(__file__).parent / "typst"
# A draft bears no date; the file needs one, and the same content must give the same bytes.
NO_DAY = date(2000, 1, 1)


def render(document: OfficialDocument, layout: PageLayout) -> bytes:
    """The PDF. A character that the fonts lack is printed as an empty box; the Word file keeps it."""
    words = {"document": _json(compose(document, layout)), "layout": _json(asdict(layout))}
    made = typst.compile(
        TEMPLATES / "official.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        sys_inputs=words,
        format="pdf",
        pdf_standards="a-2b",
        timestamp=datetime.combine(document.day or NO_DAY, time(), tzinfo=UTC),
    )
    if not isinstance(made, bytes):
        raise TypeError(f"typst gave {type(made).__name__} where one PDF was due")
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[glyphs.FONTS])


def _json(value: Any) -> str:
    return glyphs.shown(json.dumps(value, ensure_ascii=False))
