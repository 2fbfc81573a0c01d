"""The words of a paragraph with their neighbours, for what asks about damage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.documents.intake.syllables import folded
from nenep.documents.intake.words import is_capitals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nenep.documents.intake.paragraphs import Paragraph

# A second mark over a letter has no letter of its own.
_WORD = re.compile(r"[\w\u0300-\u036f]+")
_LETTERS = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+")
_SENTENCE_END = re.compile(r"[.:;!?…]\W*$|^[\W\d]*(?:[IVX]+\W+)?$|[“\"(]\s*$|^\W*[a-zđ]\)\s*$")


@dataclass(frozen=True, slots=True)
class Token:
    """`is_next`: nothing but a space parts it from the token before. `key`: lower case and folded."""

    text: str
    start: int
    end: int
    key: str
    is_next: bool
    starts_sentence: bool
    in_capitals: bool

    @property
    def is_word(self) -> bool:
        return bool(_LETTERS.fullmatch(self.text))

    @property
    def is_name_like(self) -> bool:
        """A capital that no sentence asks for."""
        return self.text[0].isupper() and not self.starts_sentence and not self.in_capitals


def tokens_of(paragraph: Paragraph, spared: Sequence[tuple[int, int]]) -> list[Token]:
    """Without what lies in the `spared` spans (start, end), such as numbers of documents."""
    made: list[Token] = []
    text, end = paragraph.text, -1
    capitals, ahead = is_capitals(text), sorted(spared, reverse=True)
    for found in _WORD.finditer(text):
        while ahead and ahead[-1][1] <= found.start():
            ahead.pop()
        if ahead and ahead[-1][0] <= found.start():
            continue
        made.append(
            Token(
                found[0],
                found.start(),
                found.end(),
                folded(found[0]),
                is_next=bool(made) and text[end : found.start()] == " ",
                starts_sentence=bool(_SENTENCE_END.search(text[max(0, found.start() - 12) : found.start()])),
                in_capitals=capitals,
            )
        )
        end = found.end()
    return made


def like(model: str, word: str) -> str:
    """`word` with the capitals of `model`."""
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
