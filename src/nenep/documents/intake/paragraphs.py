"""Paragraphs as they were written: what the end of a line or of a page parted is joined, and knows its lines still."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nenep.documents.intake.places import Span
from nenep.documents.intake.words import is_capitals
from nenep.shared.vietnamese import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nenep.documents.intake.lines import Line

# What begins an item: I- 1. 1.2. a) - + * Điều 1. A number before a number is a figure (3.918, 5-10).
MARKER = re.compile(
    r"^(?P<marker>[IVXL]{1,6}\s*[-–./)](?=\s*\D)|\d{1,2}(?:\.\d{1,2}){0,3}\s*[-–.)](?=\s*[^\W\d]|\s*[“\"(])|"
    r"[a-zđ]\s*\)|[-–—•+](?=\s*\D)|\*+|(?:Điều|ĐIỀU)\s+\d+\s*[.:]|(?:PHẦN|Phần|CHƯƠNG|Chương)\s+[\w]+)\s*(?P<rest>.*)$"
)
_PAGE_NUMBER = re.compile(r"^[-–—\s]*(\d{1,3})[-–—\s]*$")
_ENDED = re.compile(r"[.;:!?…][\"”’)*]*$")
# A line that was cut by the margin is about as long as the margin allows.
LONG_LINE = 50
# Words are of different length, so full lines are too.
_FULL = 0.88


@dataclass(slots=True)
class Paragraph:
    """`starts`: where in the text each of its lines begins, with the number of that line."""

    text: str
    starts: list[tuple[int, int]] = field(default_factory=list)

    @property
    def line(self) -> int:
        return self.starts[0][1]

    def line_at(self, place: int) -> int:
        """The number of the line in which the sign at `place` stands."""
        return self.starts[bisect_right(self.starts, (place, 10**9)) - 1][1]

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Where the signs `start` to `end` stand, a span for each line that they touch."""
        ends = [first - 1 for first, _number in self.starts[1:]] + [len(self.text)]
        return tuple(
            Span(number, max(start, first) - first, min(end, last) - first)
            for (first, number), last in zip(self.starts, ends, strict=True)
            if start < last and end > first
        )

    def join(self, text: str, number: int) -> None:
        self.starts.append((len(self.text) + 1, number))
        self.text = f"{self.text} {text}"


def paragraphs_of(lines: Sequence[Line]) -> list[Paragraph]:
    """Every filled line is in one paragraph, less the numbers of pages."""
    made: list[Paragraph] = []
    gap, page, cell, width = True, 1, 0, _width(lines)
    for line in lines:
        text = clean(line.text)
        number = _PAGE_NUMBER.match(text)
        if not text:
            gap = True
        elif number and gap and int(number[1]) == page + 1:
            page += 1
        elif (
            made
            and line.cell == cell
            and goes_on(made[-1].text, text, gap=gap, last=_last_line(made[-1]), width=width)
        ):
            made[-1].join(text, line.number)
            gap = False
        else:
            made.append(Paragraph(text, [(0, line.number)]))
            gap = False
        cell = line.cell if text else cell
    return made


def _last_line(paragraph: Paragraph) -> str:
    return paragraph.text[paragraph.starts[-1][0] :]


def _width(lines: Sequence[Line]) -> float:
    """The letters of a full line, on pages where gaps between paragraphs can be seen; elsewhere no line is full."""
    lengths = sorted(len(line.text.strip()) for line in lines if line.page is not None and line.text.strip())
    return _FULL * lengths[len(lengths) * 9 // 10] if lengths else math.inf


def goes_on(before: str, text: str, *, gap: bool, last: str, width: float = math.inf) -> bool:
    """Whether `text` goes on with the sentence that `before` began.

    `last`: the last line of it; `width`: a line with as many letters is full, and ends where the page ends.
    """
    if before[-1] in "-–/" and before[-2:-1].isdigit():  # a number of a document was parted
        return True
    if MARKER.match(text) or (
        is_capitals(text) and " " in text and not is_capitals(last)
    ):  # an item, a heading
        return False
    if not gap and len(last) >= max(width, LONG_LINE) and not is_capitals(last):
        return True
    is_listed = before[-1] == ";" and text[0].islower() and not gap and len(last) >= LONG_LINE
    if (_ENDED.search(before) and not is_listed) or (is_capitals(last) and not is_capitals(text)):
        return False
    is_cut = before[-1] == "," or len(last) >= LONG_LINE or (is_capitals(last) and is_capitals(text))
    return text[0].islower() or (not gap and is_cut)
