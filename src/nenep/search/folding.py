"""Words as the index keeps them: only a to z and 0 to 9, the same for the text and for the question.

`folded` makes meet what people and scanners write for the same word; `marked` keeps the marks, so that "khối" can
stand before "khôi". A rule stands here only if no two common Vietnamese words fall together by it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from nenep.shared.vietnamese import search_key

if TYPE_CHECKING:
    from collections.abc import Iterator

# Part of the version of the index: to be raised with every change of the rules below.
RULES = 1
LONGEST_WORD = 40
_WORD = re.compile(r"[^\W_]+")
_OTHER = re.compile(r"[^a-z0-9]")
# "kỹ" and "kĩ", "quý" and "quí" are two spellings of one word; "tuy" and "tui" are two words.
# l begins a syllable and stands before a vowel, i does neither alone: what was read the other way is told by its place.
_FIRST_I = re.compile(r"^i(?=[aeiouy])")
_LATER_L = re.compile(r"(?<=.)l")
_FINAL_Y = re.compile(r"^([hklmstv]|qu)y$")
_LETTER_FOR_DIGIT = str.maketrans("0", "o")
_DIGIT_FOR_LETTER = str.maketrans("oli", "011")
# How the marks are typed on a keyboard: shape behind its letter, tone behind the word, so uỷ is ủy.
_SHAPES = {"\u0306": "w", "\u031b": "w"}
_MUTE = "\u0302"  # mũ doubles its letter
_TONES = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text and where it stands in it."""

    raw: str
    start: int
    end: int

    @property
    def folded(self) -> str:
        return folded(self.raw)

    @property
    def marked(self) -> str:
        return marked(self.raw)


def words_of(text: str) -> Iterator[Word]:
    """The words of a text in NFC that leave something to look for."""
    for found in _WORD.finditer(text):
        if folded(found[0]):
            yield Word(found[0], *found.span())


@lru_cache(maxsize=50_000)  # texts are made of few words
def folded(word: str) -> str:
    """The word without marks and case, and as if it had been scanned without the usual mistakes."""
    plain = _OTHER.sub("", search_key(unicodedata.normalize("NFKC", word)))[:LONGEST_WORD]
    if plain.isdigit():
        return _number(plain)
    if _is_number(plain):
        return _number(plain.translate(_DIGIT_FOR_LETTER))
    if _has_digits_for_letters(plain):
        plain = plain.translate(_LETTER_FOR_DIGIT).replace("1", "l")
    plain = _FIRST_I.sub("l", plain.replace("rn", "m"))  # no Vietnamese word holds "rn"
    if len(plain) > 2:  # "KL" is an abbreviation
        plain = _LATER_L.sub("i", plain)
    return _FINAL_Y.sub(r"\1i", plain)


@lru_cache(maxsize=50_000)
def marked(word: str) -> str:
    """The word in lower case with its marks written as letters: "khối" is "khoois"."""
    letters: list[str] = []
    tone = ""
    for sign in unicodedata.normalize("NFD", unicodedata.normalize("NFKC", word).lower()):
        if sign in _TONES:
            tone = _TONES[sign]
        elif sign == _MUTE and letters:
            letters.append(letters[-1])
        else:
            letters.append(_SHAPES.get(sign, "dd" if sign == "đ" else sign))
    made = _OTHER.sub("", "".join(letters) + tone)[:LONGEST_WORD]
    return _number(made) if made.isdigit() else made


def has_marks(word: str) -> bool:
    return (
        any(unicodedata.combining(sign) for sign in unicodedata.normalize("NFD", word)) or "đ" in word.lower()
    )


def _number(digits: str) -> str:
    """Number 05 of a register is number 5."""
    return digits.lstrip("0") or "0"


def _is_number(plain: str) -> bool:
    """A number in which letters were read: "2O26"."""
    letters = sum(char.isalpha() for char in plain)
    return 0 < 2 * letters < len(plain) and set(plain) <= set("0123456789oli")


def _has_digits_for_letters(plain: str) -> bool:
    """A word in which 0 or 1 was read: "đ0ng", "1ãnh"; "t10" and "nq01" mean their digits."""
    digits = [char for char in plain if char.isdigit()]
    return 0 < 2 * len(digits) < len(plain) and set(digits) <= set("01")
