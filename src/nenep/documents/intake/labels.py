"""What a number in a list is called: "có mặt: 28", "28 đồng chí có mặt"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from nenep.documents.intake.checks import words_before, words_behind
from nenep.documents.intake.measures import measures, partitions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nenep.documents.intake.figures import Figure
    from nenep.documents.intake.paragraphs import Paragraph


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Right before the number and right behind it, but for a unit."""
    told = {name for one in partitions() for name in one.names}
    # What a body is called, its unit says more exactly: "chi bộ trực thuộc" is no "chi bộ".
    names = sorted((name for name in told if measures().family(name) != "bodies"), key=len, reverse=True)
    label = rf"(?<!\w)(?P<label>{'|'.join(map(re.escape, names))})(?!\w)"
    unit = measures().unit.pattern
    before = (
        rf"{label}(?:\s*(?:{unit}|là|có|được|họp|cả|của (?:chi bộ|đảng bộ)))*\s*(?:\([^()\d]*\))?\s*[:=]?\s*$"
    )
    behind = rf"^\s*(?:{unit})?\s*(?:được|đã|là|biểu quyết)?\s*{label}"
    return re.compile(before, re.IGNORECASE), re.compile(behind, re.IGNORECASE)


def labels_of(paragraphs: Sequence[Paragraph], figures: Sequence[Figure]) -> list[str | None]:
    """For each figure, in small letters; None where nothing that is known stands beside it."""
    before, behind = _patterns()
    found: list[str | None] = []
    for at, figure in enumerate(figures):
        label = before.search(words_before(paragraphs, figures, at)) or behind.search(
            words_behind(paragraphs, figures, at)
        )
        unit = figure.unit if any(figure.unit in one.names for one in partitions()) else None
        found.append(re.sub(r"\s+", " ", label["label"].lower()) if label else unit)
    return found
