"""A question as typed, read into terms: all of them must be found, each in one of its ways.

Only folded words leave this module, so nothing that a person types is an operator of a database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.search.abbreviations import occurrences
from nenep.search.folding import has_marks, words_of
from nenep.shared.vietnamese import clean

if TYPE_CHECKING:
    from nenep.search.abbreviations import Abbreviation, Occurrence
    from nenep.search.folding import Word

LONGEST = 200
MOST_TERMS = 20
_PARTS = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]|([^\s"“”„«»]+)')

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked for. `ways`: folded phrases of which one must stand there; `marked`: the words as written.

    `marked` is empty where no mark was typed: every way of writing is then as good.
    """

    ways: tuple[Phrase, ...]
    marked: Phrase = ()


@dataclass(frozen=True, slots=True)
class Question:
    """`text` is what was typed, on one line; without `terms` there is nothing to look for."""

    text: str
    terms: tuple[Term, ...]

    @property
    def has_marks(self) -> bool:
        return any(term.marked for term in self.terms)


def read(typed: str) -> Question:
    """The words and phrases of a question; what is beyond LONGEST characters or MOST_TERMS terms is left out."""
    text = clean(typed)[:LONGEST]
    words = list(words_of(text))
    short = list(occurrences(text, words, asked=True))
    terms = []
    for part in _PARTS.finditer(text):
        group = 2 if part[1] is None else 1
        within = [
            place for place, word in enumerate(words) if part.start(group) <= word.start < part.end(group)
        ]
        if within:
            terms.append(_term(words[within[0] : within[-1] + 1], _meant(short, within)))
    return Question(text, tuple(dict.fromkeys(terms))[:MOST_TERMS])


def _meant(short: list[Occurrence], places: list[int]) -> list[Abbreviation]:
    """What the whole term is short for."""
    whole = (places[0], places[-1] + 1)
    return [found.abbreviation for found in short if (found.first, found.last) == whole]


def _term(words: list[Word], meant: list[Abbreviation]) -> Term:
    """Words that are typed without a space ("12-NQ/TW") stand side by side, as quoted ones do."""
    phrase = tuple(word.folded for word in words)
    longs = [long for abbreviation in meant for long in abbreviation.longs]
    # The index holds the long form wherever an exact one is written; its letters alone are another word.
    ways = longs if any(abbreviation.exact for abbreviation in meant) else [phrase, *longs]
    written = not meant and any(has_marks(word.raw) for word in words)
    return Term(tuple(ways), tuple(word.marked for word in words) if written else ())
