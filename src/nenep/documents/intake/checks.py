"""What does not reconcile: sums, shares, lists that should make 100 %, totals, and papers that are cited in two ways.

Precision goes first: where a list may be no partition, or a number may be of another day, nothing is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nenep.documents.intake.figures import Figure
    from nenep.documents.intake.paragraphs import Paragraph
    from nenep.documents.intake.places import Span

SENTENCE_END = re.compile(r"\.(?!\d)(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Check:
    """`what`: "sum", "share", "distribution", "total", "issuer" or "date". `sentence` says it to a clerk."""

    what: str
    expected: float | str
    found: float | str
    spans: tuple[Span, ...]
    sentence: str

    @property
    def lines(self) -> list[int]:
        return sorted({span.line for span in self.spans})

    def as_json(self) -> dict[str, Any]:
        return {
            "what": self.what,
            "expected": self.expected,
            "found": self.found,
            "lines": self.lines,
            "sentence": self.sentence,
        }


def check_of(
    what: str, expected: float | str, found: float | str, figures: Iterable[Figure], sentence: str
) -> Check:
    return Check(what, expected, found, tuple(span for one in figures for span in one.spans), sentence)


def written(value: float) -> str:
    """3918 -> "3.918", 99.5 -> "99,5"."""
    whole, _point, part = f"{round(value, 4):,}".partition(".")
    return whole.replace(",", ".") + (f",{part}" if part and part != "0" else "")


def decimals(figure: Figure) -> int:
    """How exactly it is written: 1 for 94,6."""
    found = re.search(r"[,.](\d+)$", figure.as_read)
    return len(found[1]) if found and "." not in figure.as_read[: found.start()] and len(found[1]) < 3 else 0


def between(paragraphs: Sequence[Paragraph], first: Figure, second: Figure) -> str:
    """What stands between two figures of one paragraph."""
    return paragraphs[first.paragraph].text[first.end : second.start]


def words_before(paragraphs: Sequence[Paragraph], figures: Sequence[Figure], at: int) -> str:
    """From the figure before it in the same paragraph, or from the start of its sentence."""
    figure = figures[at]
    text = paragraphs[figure.paragraph].text[: figure.start]
    start = figures[at - 1].end if at and figures[at - 1].paragraph == figure.paragraph else 0
    ends = [mark.end() for mark in SENTENCE_END.finditer(text)]
    return text[max([start, *ends]) :]


def words_behind(paragraphs: Sequence[Paragraph], figures: Sequence[Figure], at: int) -> str:
    """Up to the next figure in the same paragraph, or the end of its sentence."""
    figure = figures[at]
    text = paragraphs[figure.paragraph].text
    is_last = at + 1 == len(figures) or figures[at + 1].paragraph != figure.paragraph
    return SENTENCE_END.split(text[figure.end : len(text) if is_last else figures[at + 1].start])[0]
