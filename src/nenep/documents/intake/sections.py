"""Sections and what stands under them, by their marks: I, 1, a, -, lines in capitals, short lines with a colon."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nenep.documents.intake.paragraphs import MARKER
from nenep.documents.intake.words import is_capitals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nenep.documents.intake.paragraphs import Paragraph

# Which mark stands above which; a heading without a mark stands between the Roman and the Arabic numbers.
_LEVELS = (
    (re.compile(r"(?:PHẦN|CHƯƠNG)\b", re.IGNORECASE), 0.0),
    (re.compile(r"[IVXL]+\W*$"), 1.0),
    (re.compile(r"Điều\b", re.IGNORECASE), 1.5),
    (re.compile(r"\*"), 2.0),
    (re.compile(r"\d"), 3.0),
    (re.compile(r"[a-zđ]\s*\)"), 4.0),
    (re.compile(r"[-–—•]"), 5.0),
    (re.compile(r"\+"), 6.0),
)
HEADING = 2.0
MAX_TITLE = 200
MAX_HEADING_WORDS = 10


def sections_of(paragraphs: Sequence[Paragraph]) -> tuple[str, list[dict[str, Any]]]:
    """What stands before the first section, and the sections.

    A section is {marker, title, line, text, sections}: `title` is None for an item that is running text, `text` has a
    line for each paragraph, `sections` are those under it.
    """
    opening: list[str] = []
    top: list[dict[str, Any]] = []
    above: list[tuple[float, dict[str, Any]]] = []
    for paragraph in paragraphs:
        marker, rest, level = marked(paragraph.text, [one for one, _section in above])
        if level is None:
            if above:
                above[-1][1]["text"].append(paragraph.text)
            else:
                opening.append(paragraph.text)
            continue
        title, text = (rest, "") if level <= HEADING or is_title(rest, level) else (None, rest)
        section = {
            "marker": marker,
            "title": title.rstrip(" :") if title else None,
            "line": paragraph.line,
            "text": [text] if text else [],
            "sections": [],
        }
        while above and above[-1][0] >= level:
            above.pop()
        (above[-1][1]["sections"] if above else top).append(section)
        above.append((level, section))
    for section in top:
        _join_texts(section)
    return "\n".join(opening), top


def marked(text: str, above: Sequence[float]) -> tuple[str | None, str, float | None]:
    """(marker, rest, level); level None for a paragraph that belongs to the section above it."""
    found = MARKER.match(text)
    if found and found["rest"]:
        marker, rest = found["marker"].strip(), found["rest"].strip("* ")
        level = next(level for mark, level in _LEVELS if mark.match(marker))
        return marker, rest, level + marker.rstrip(".").count(".") / 10
    bare = text.strip("*_# ")
    if is_capitals(bare) and len(bare.split()) > 1:
        return None, bare, HEADING
    if bare.endswith(":") and bare[0].isupper() and len(bare.split()) <= MAX_HEADING_WORDS:
        beside = HEADING in above or not above
        return None, bare, HEADING if beside else above[-1] + 0.05
    return None, text, None


def is_title(rest: str, level: float) -> bool:
    """An item with a dash is a sentence; a numbered one is a title when it is short and no sentence."""
    return level < 5 and len(rest) <= MAX_TITLE and not rest.endswith((".", ";"))


def _join_texts(section: dict[str, Any]) -> None:
    section["text"] = "\n".join(section["text"])
    for below in section["sections"]:
        _join_texts(below)
