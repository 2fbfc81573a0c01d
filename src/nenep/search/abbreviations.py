"""Short and long forms of the same thing (abbreviations.yml), found in the words of a text or of a question."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from nenep.search.folding import folded, has_marks, words_of
from nenep.shared import yml
from nenep.shared.vietnamese import clean, search_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nenep.search.folding import Word

FILE = Path(__file__).with_name("abbreviations.yml")


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """`longs` are folded words; the flags and `source` are told in the head of the file."""

    short: str
    longs: tuple[tuple[str, ...], ...]
    exact: bool
    in_symbol: bool
    source: str

    def is_written(self, text: str, start: int, end: int) -> bool:
        """Whether text[start:end] is this short form; its first word is known to fit."""
        raw = text[start:end]
        return raw == self.short if self.exact else search_key(raw) == search_key(self.short)

    def stands_in_symbol(self, text: str, start: int, end: int) -> bool:
        return text[start - 1 : start] == "-" and text[end : end + 1] == "/"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Words `first` to `last` (without it) of a text are written short."""

    first: int
    last: int
    abbreviation: Abbreviation


@cache
def known() -> tuple[Abbreviation, ...]:
    return tuple(
        Abbreviation(
            short=entry["short"],
            longs=tuple(folded_words(long) for long in entry["long"]),
            exact=entry.get("exact", False),
            in_symbol=entry.get("in_symbol", False),
            source=entry["source"],
        )
        for entry in yml.load(FILE.read_text(encoding="utf-8"))
    )


def folded_words(text: str) -> tuple[str, ...]:
    return tuple(word.folded for word in words_of(clean(text)))


def occurrences(text: str, words: Sequence[Word], *, asked: bool = False) -> Iterator[Occurrence]:
    """What is written short in `text`, whose words are given.

    `asked`: the text is a question, where "NQ" by itself and in any letters means the kind of document.
    """
    by_first = _by_first_word()
    for first, word in enumerate(words):
        for abbreviation, count in by_first.get(word.folded, ()):
            last = first + count
            if last > len(words):
                continue
            start, end = word.start, words[last - 1].end
            if not abbreviation.is_written(text, start, end):
                continue
            if abbreviation.exact and _is_in_capitals(text, words, first, last):
                continue
            if asked or not abbreviation.in_symbol or abbreviation.stands_in_symbol(text, start, end):
                yield Occurrence(first, last, abbreviation)


def _is_in_capitals(text: str, words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a word beside it says that all is in capitals: in "TƯ TƯỞNG" nothing is written short."""
    before, after = words[max(first - 1, 0) : first], words[last : last + 1]
    beside = [word for word in before if text[word.end : words[first].start] == " "]
    beside += [word for word in after if text[words[last - 1].end : word.start] == " "]
    return any(word.raw.isupper() and has_marks(word.raw) for word in beside)


@cache
def _by_first_word() -> Mapping[str, list[tuple[Abbreviation, int]]]:
    found: dict[str, list[tuple[Abbreviation, int]]] = defaultdict(list)
    for abbreviation in known():
        short = [folded(word.raw) for word in words_of(abbreviation.short)]
        found[short[0]].append((abbreviation, len(short)))
    return found
