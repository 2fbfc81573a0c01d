"""The lines of a PDF with a text layer: page by page, columns apart by wide gaps, a blank line between paragraphs."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from nenep.documents.intake.paragraphs import LONG_LINE, MARKER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nenep.files.reading import Page

# Lines that stand farther apart than this many times the usual way begin a paragraph.
_APART = 1.25
_PAGE_NUMBER = re.compile(r"(?:trang\s+)?[-–—\s]*(?P<number>\d{1,3})[-–—\s]*(?:/\s*\d{1,3})?", re.IGNORECASE)


def lines_of_pages(pages: Sequence[Page]) -> list[tuple[int, str]]:
    """(page from 1, line), with an empty line between paragraphs and between pages."""
    told = [list(_with_gaps(page.text)) for page in pages]
    usual = _usual_gap([pair for rows in told for pair in itertools.pairwise(rows)])
    found: list[tuple[int, str]] = []
    for number, rows in enumerate(told, start=1):
        if found:
            found.append((number, ""))
        for place, (gap, text) in enumerate(rows):
            if place in {0, len(rows) - 1} and _is_number(text, number):
                continue
            if place and usual and gap + 1 > _APART * (usual + 1):
                found.append((number, ""))
            found.append((number, text))
    return found


def _is_number(text: str, page: int) -> bool:
    """The number of the page, alone at its top or foot."""
    found = _PAGE_NUMBER.fullmatch(text.strip())
    return found is not None and int(found["number"]) == page


def _with_gaps(text: str) -> Iterator[tuple[int, str]]:
    """(blank lines before it, line) of each line that is none."""
    gap = 0
    for row in text.splitlines():
        if row.strip():
            yield gap, row
            gap = 0
        else:
            gap += 1


def _usual_gap(pairs: Sequence[tuple[tuple[int, str], tuple[int, str]]]) -> int | None:
    """Between a long line and one that goes on with it; None where no sentence takes two lines."""
    gaps = sorted(
        second[0]
        for first, second in pairs
        if len(first[1].strip()) >= LONG_LINE
        and first[1].strip()[-1] not in ".;:!?"
        and not MARKER.match(second[1].strip())
    )
    return gaps[len(gaps) // 10] if gaps else None
