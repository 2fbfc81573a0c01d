"""Documents that the text names by their number, with every line that names them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nenep.documents.intake.paragraphs import Paragraph
    from nenep.rulebook.numbering import Numbering

# Papers of the state: 91/2025/QH15, 356/2025/NĐ-CP, 1234/QĐ-UBND.
STATE_SYMBOL = (
    r"\d{1,5}\s*/\s*(?:\d{4}\s*/\s*[A-ZĐ]{2,}\d*(?:\s*-\s*[A-ZĐ]{2,})*|[A-ZĐ][A-ZĐa-z]{0,3}\s*-\s*[A-ZĐ]{2,})"
)
# "các quy định 97, 98 và 165 của Ban Bí thư": numbers alone, told from other numbers by what follows.
_NUMBERS = r"(?P<numbers>\d{1,3}(?:\s*(?:,|và)\s*\d{1,3})*)(?=\s*(?:của\b|,?\s*ngày\b))"


def citations_of(paragraphs: Sequence[Paragraph], numbering: Numbering) -> list[dict[str, Any]]:
    """[{symbol, lines}] in the order of their first place; a symbol in its usual spelling, without gaps."""
    found: dict[str, list[int]] = {}
    for paragraph in paragraphs:
        named = sorted((place, symbol) for place, _end, symbol in cited_in(paragraph.text, numbering))
        for place, symbol in named:
            lines = found.setdefault(symbol, [])
            if (line := paragraph.line_at(place)) not in lines:
                lines.append(line)
    return [{"symbol": symbol, "lines": sorted(lines)} for symbol, lines in found.items()]


def cited_in(text: str, numbering: Numbering) -> Iterator[tuple[int, int, str]]:
    """(start, end, symbol) of each document that a text names."""
    for found in re.finditer(rf"(?<![\w/]){numbering.grammar.intake}(?![\w])", text):
        yield found.start("num"), found.end(), f"{found['num']}-{found['type']}/{found['org']}"
    for found in re.finditer(rf"(?<![\w/.]){STATE_SYMBOL}(?!\w)", text):
        yield found.start(), found.end(), re.sub(r"\s", "", found[0])
    kinds = tuple(kind.name for kind in numbering.kinds.values() if kind.prints_name)
    for found in _by_name(kinds).finditer(text):
        for number in re.finditer(r"\d+", found["numbers"]):
            start = found.start("numbers") + number.start()
            yield start, start + len(number[0]), f"{found['kind'].capitalize()} {number[0]}"


@lru_cache(maxsize=16)
def _by_name(kinds: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, kinds))
    return re.compile(rf"\b(?P<kind>{names})\s+(?:số\s+)?{_NUMBERS}", re.IGNORECASE)
