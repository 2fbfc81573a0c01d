"""The words of a question shown in a text, and the part of a long text where they stand."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.search.abbreviations import occurrences
from nenep.search.folding import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nenep.search.folding import Word
    from nenep.search.questions import Question

# Letters of an excerpt, of which so many before the first word that was found.
LENGTH, BEFORE = 220, 60
MOST_HITS = 200
# Between two words that were found it is marked along: "12-NQ/TW" is one.
JOINING = {" ", "-", "/", "."}


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive letters of a text; `is_hit`: what the question asked for."""

    text: str
    is_hit: bool = False


def whole(text: str, question: Question) -> list[Piece]:
    """All of a short text."""
    text = unicodedata.normalize("NFC", text)
    return _pieces(text, _hits(text, question), 0, len(text))


def excerpt(text: str, question: Question) -> list[Piece]:
    """About LENGTH letters where most of the question stands; the beginning where none of it does."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    hits = _hits(text, question)
    start = _best_start(hits)
    start = 0 if start <= BEFORE else text.rfind(" ", 0, start - BEFORE) + 1
    end = len(text) if len(text) <= start + LENGTH else _end(text, start)
    pieces = _pieces(text, hits, start, end)
    before = [Piece("… ")] if start else []
    after = [Piece(" …")] if end < len(text) else []
    return [*before, *pieces, *after]


def _end(text: str, start: int) -> int:
    last = text.rfind(" ", start, start + LENGTH)
    return last if last > start else start + LENGTH


def _best_start(hits: Sequence[tuple[int, int]]) -> int:
    """Where the excerpt sees the most letters that were found; the first of equals."""
    best, most = 0, 0
    looked_at = hits[:MOST_HITS]
    for start, _end_of_hit in looked_at:
        seen = sum(
            end - begin for begin, end in looked_at if start <= begin and end <= start + LENGTH - BEFORE
        )
        if seen > most:
            best, most = start, seen
    return best


def _hits(text: str, question: Question) -> list[tuple[int, int]]:
    """Places of the words that were asked for, in their order, joined where they stand side by side."""
    words = list(words_of(text))
    places = set(_asked(words, question)) | set(_written_short(text, words, question))
    joined: list[tuple[int, int]] = []
    for start, end in sorted((words[place].start, words[place].end) for place in places):
        if joined and text[joined[-1][1] : start] in JOINING:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _asked(words: Sequence[Word], question: Question) -> Iterator[int]:
    folded = [word.folded for word in words]
    first: dict[str, list[int]] = {}
    for place, word in enumerate(folded):
        first.setdefault(word, []).append(place)
    for way in {way for term in question.terms for way in term.ways}:
        for place in first.get(way[0], ()):
            if tuple(folded[place : place + len(way)]) == way:
                yield from range(place, place + len(way))


def _written_short(text: str, words: Sequence[Word], question: Question) -> Iterator[int]:
    """Short forms of which every word was asked for: the text has UBKT, the question "ủy ban kiểm tra"."""
    asked = {word for term in question.terms for way in term.ways for word in way}
    for found in occurrences(text, words):
        if any(asked.issuperset(long) for long in found.abbreviation.longs):
            yield from range(found.first, found.last)


def _pieces(text: str, hits: Sequence[tuple[int, int]], start: int, end: int) -> list[Piece]:
    made, done = [], start
    for first, last in hits:
        if first >= start and last <= end:
            made += [Piece(text[done:first]), Piece(text[first:last], is_hit=True)]
            done = last
    made.append(Piece(text[done:end]))
    return [piece for piece in made if piece.text]
