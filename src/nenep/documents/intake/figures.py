"""Every figure of a text, with its unit and what it may mean. Dates, symbols and numbers of items are none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nenep.documents.intake.measures import PERCENT, measures
from nenep.documents.intake.numerals import Numeral, numerals_in
from nenep.documents.intake.places import Span, context_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nenep.documents.intake.paragraphs import Paragraph

# How far from the number the words may stand that say what it is.
_NEAR = 160
_PERCENT = re.compile(r"\s?(?:%|phần trăm(?!\w))")
# "đảng viên: 31", "Có mặt 28" with the unit before.
_LINK = re.compile(
    r"(?:\s+(?:của|trong|tại)\s+[^.,;:()\d]{2,40})?(?:\s*\([^()\d]*\))?\s*(?::|=|(?<=\s)là)?\s*$",
    re.IGNORECASE,
)
_BOUNDS = (
    ("at_least", re.compile(r"(?:ít nhất|tối thiểu|không dưới|đạt từ)\s*$", re.IGNORECASE)),
    ("at_most", re.compile(r"(?:nhiều nhất|tối đa|không quá)\s*$", re.IGNORECASE)),
    ("below", re.compile(r"(?:dưới|chưa đến|chưa đầy)\s*$", re.IGNORECASE)),
    ("above", re.compile(r"(?:trên|hơn)\s*$", re.IGNORECASE)),
    ("about", re.compile(r"(?:gần|khoảng|chừng)\s*$", re.IGNORECASE)),
)
_AT_LEAST = re.compile(r"^[^.;,\d]{0,25}\btrở lên", re.IGNORECASE)
_RANGE = re.compile(r"\s*%?\s*(?:-|–|—|đến|tới)\s*")
_PART = re.compile(r"[.;](?!\d)")
_NONE = re.compile(r"\bkhông có\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` None: damaged digits, or to be read in two ways. `base`: the 15 of 12/15.

    `unit`: in small letters as `measures.yml` has it, "%" for shares. `bound`: "above", "at_least", "below",
    "at_most", "about", or "from" and "to" of a range; None for the number itself. `meanings`: keys of the program's
    figures that it may stand for. `paragraph` and `start`, `end`: where in the paragraphs that were asked about.
    """

    as_read: str
    value: float | None
    base: float | None
    unit: str | None
    bound: str | None
    meanings: tuple[str, ...]
    context: str
    paragraph: int
    start: int
    end: int
    spans: tuple[Span, ...]

    @property
    def line(self) -> int:
        return self.spans[0].line

    def as_json(self) -> dict[str, Any]:
        return {
            "as_read": self.as_read,
            "value": self.value,
            "base": self.base,
            "unit": self.unit,
            "bound": self.bound,
            "meanings": list(self.meanings),
            "line": self.line,
            "context": self.context,
        }


def figures_of(paragraphs: Sequence[tuple[Paragraph, Sequence[tuple[int, int]]]]) -> list[Figure]:
    """In the order of the text. With each paragraph come the spans (start, end) in which no figure stands."""
    found: list[Figure] = []
    for place, (paragraph, spared) in enumerate(paragraphs):
        found += _in_paragraph(
            place, paragraph, sorted(numerals_in(paragraph.text, spared), key=lambda one: one.start)
        )
        found += _none_in(place, paragraph)
    return sorted(found, key=lambda one: (one.paragraph, one.start))


def _in_paragraph(place: int, paragraph: Paragraph, numerals: Sequence[Numeral]) -> Iterator[Figure]:
    text = paragraph.text
    units = [_unit(text, numeral) for numeral in numerals]
    bounds = [_bound(text, numeral) for numeral in numerals]
    for at in range(len(numerals) - 1):
        if _RANGE.fullmatch(text[numerals[at].end : numerals[at + 1].start]):
            bounds[at], bounds[at + 1] = "from", "to"
            units[at] = units[at] or units[at + 1]
    for at, numeral in enumerate(numerals):
        start = max((mark.end() for mark in _PART.finditer(text[: numeral.start])), default=0)
        start = max(start, numeral.start - _NEAR, _end_of(numerals, units, at, text))
        before = text[start : numeral.start]
        until = numerals[at + 1].start if at + 1 < len(numerals) else len(text)
        after = _PART.split(text[numeral.end : min(until, numeral.end + _NEAR)])[0]
        value = (
            None
            if numeral.value is None or _is_odd(numeral.value, units[at], text, numeral)
            else numeral.value
        )
        yield Figure(
            text[numeral.start : numeral.end],
            value,
            numeral.base,
            units[at],
            bounds[at],
            measures().meanings(units[at], before, after),
            context_of(text, numeral.start, numeral.end),
            place,
            numeral.start,
            numeral.end,
            paragraph.spans(numeral.start, numeral.end),
        )


def _end_of(numerals: Sequence[Numeral], units: Sequence[str | None], at: int, text: str) -> int:
    """Where the words of this figure begin: behind the share before it, since each share has its own words."""
    if at and units[at] == PERCENT and units[at - 1] == PERCENT:
        return (
            numerals[at - 1].end
            if not _RANGE.fullmatch(text[numerals[at - 1].end : numerals[at].start])
            else 0
        )
    return 0


def _unit(text: str, numeral: Numeral) -> str | None:
    """Behind the number, else right before it."""
    if _PERCENT.match(text, numeral.end):
        return PERCENT
    pattern = measures().unit
    behind = re.compile(r"\s*").match(text, numeral.end)
    if behind and (found := pattern.match(text, behind.end())):
        return _named(found[0])
    before = text[max(0, numeral.start - _NEAR) : numeral.start]
    linked = _LINK.search(before)
    ahead = before[: linked.start()] if linked else before
    for found in pattern.finditer(ahead):
        is_counted = measures().family(_named(found[0])) in {"persons", "bodies", "counted"}
        if found.end() == len(ahead) and not ahead[: found.start()][-1:].isalnum() and is_counted:
            return _named(found[0])
    return None


def _named(read: str) -> str:
    name = re.sub(r"\s+", " ", read.lower())
    return {"đ/ c": "đồng chí", "đ/c": "đồng chí"}.get(name, name)


def _bound(text: str, numeral: Numeral) -> str | None:
    before = text[max(0, numeral.start - 20) : numeral.start]
    if _AT_LEAST.match(text[numeral.end : numeral.end + 60]):
        return "at_least"
    return next((name for name, pattern in _BOUNDS if pattern.search(before)), None)


def _is_odd(value: float, unit: str | None, text: str, numeral: Numeral) -> bool:
    """Half a person: one of the signs was misread."""
    is_split = "," in text[numeral.start : numeral.end]
    return is_split and measures().family(unit) in {"persons", "bodies"} and value != int(value)


def _none_in(place: int, paragraph: Paragraph) -> Iterator[Figure]:
    """ "không có cơ sở đảng yếu kém" is a nought, where the words say what there is none of."""
    text = paragraph.text
    for found in _NONE.finditer(text):
        unit = measures().unit.match(text, found.end())
        if not unit:
            continue
        after = re.split(r"[.,;:\d]", text[unit.start() : unit.start() + _NEAR])[0]
        meant = [key for key in measures().meanings(_named(unit[0]), "", after) if _has_words(key)]
        if meant:
            start, end = found.start(), found.start() + len("không có")
            yield Figure(
                text[start:end],
                0,
                None,
                _named(unit[0]),
                None,
                tuple(meant),
                context_of(text, start, end),
                place,
                start,
                end,
                paragraph.spans(start, end),
            )


def _has_words(key: str) -> bool:
    return any(one.words for one in measures().measures if one.key == key)
