"""Digits among letters and letters among digits: l for 1, O for 0, and back."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

from nenep.documents.intake.lexicon import lexicon
from nenep.documents.intake.measures import measures
from nenep.documents.intake.numerals import APART
from nenep.documents.intake.syllables import folded, is_possible
from nenep.documents.intake.tokens import Token, like

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NUMBER = re.compile(r"(?<![\w.,/])(?=[\dOoIl.,/]*\d)(?=[\d.,/]*[OoIl])[\dOoIl]+(?:[.,/][\dOoIl]+)*(?![\w/])")
_DIGITS = str.maketrans("OoIl", "0011")
# "5l" is five litres; a Roman number behind a digit is none of ours to read.
_MEASURE = re.compile(r"\d+[lI]$")
_WORD = re.compile(r"[^\W\d_]+[01][^\W\d_]+|[01][^\W\d_]{2,}")
_LETTERS = {"0": "oôơ", "1": "lit"}


def mixed_in(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int, str | None]]:
    """(start, end, suggestion). A word is suggested when it alone is possible, or alone known with a neighbour."""
    inside = {token.start for token in tokens}
    for found in _NUMBER.finditer(text):
        is_litres = _MEASURE.fullmatch(found[0]) and not _counts(text[found.end() :])
        if found.start() in inside and not is_litres:
            yield found.start(), found.end(), found[0].translate(_DIGITS)
    for found in APART.finditer(text):
        yield found.start(), found.end(), found[0].replace(" ", "")
    for place, token in enumerate(tokens):
        # A code such as F0, m2 or COVID19 has no small letter behind its digit.
        if (
            _WORD.fullmatch(token.text)
            and token.text[-1].islower()
            and not (token.text[0].isdigit() and token.text.isascii())
        ):
            yield token.start, token.end, _meant(tokens, place)


def _counts(behind: str) -> bool:
    """Whether persons or bodies follow: "2l đồng chí" is no measure."""
    unit = measures().unit.match(behind.lstrip())
    return unit is not None and measures().family(unit[0].lower()) in {"persons", "bodies"}


def _meant(tokens: Sequence[Token], place: int) -> str | None:
    token, words = tokens[place], lexicon()
    choices = [_LETTERS.get(sign, sign) for sign in token.text.lower()]
    possible = [word for word in map("".join, product(*choices)) if is_possible(word)]
    before = tokens[place - 1].key if token.is_next else ""
    after = tokens[place + 1].key if place + 1 < len(tokens) and tokens[place + 1].is_next else ""
    known = [
        word
        for word in possible
        if (before, folded(word)) in words.pairs or (folded(word), after) in words.pairs
    ]
    meant = known or possible
    return like(token.text, meant[0]) if len(meant) == 1 else None
