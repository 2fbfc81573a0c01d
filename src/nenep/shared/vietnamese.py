"""Vietnamese text: keys for searching without marks and for sorting names, the same on both databases."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# The alphabet with its own order: a vowel's shape is a letter, its tone is not.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACE = {letter: f"{place:02d}" for place, letter in enumerate(_ALPHABET, start=10)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền hỏi ngã sắc nặng
_SHAPES = {"\u0302", "\u0306", "\u031b"}  # mũ, trăng, móc


def clean(text: str) -> str:
    """NFC with single spaces: how every typed line is stored."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def lines_in(text: str) -> list[str]:
    """The lines of a text, each as `clean` stores it, without the empty ones."""
    return [line for line in map(clean, text.splitlines()) if line]


def lower_first(text: str) -> str:
    """For a label that stands inside a sentence."""
    return text[:1].lower() + text[1:]


def search_key(text: str) -> str:
    """Lower case without any mark, so that "họp", "HỌP" and "hop" meet; uỷ and ủy meet too."""
    plain = unicodedata.normalize("NFD", clean(text).lower().replace("đ", "d"))
    return "".join(char for char in plain if not unicodedata.combining(char))


def sort_key(text: str) -> str:
    """Orders words as a Vietnamese dictionary does: letters first, tones only between equal letters."""
    return " ".join(_word_key(word) for word in clean(text).lower().split(" "))


def name_sort_key(full_name: str) -> str:
    """Orders people by given name, then family name, then middle names, as Vietnamese lists do."""
    words = clean(full_name).split(" ")
    return sort_key(" ".join([words[-1], *words[:-1]]))


@lru_cache(maxsize=20_000)  # names are made of few words
def _word_key(word: str) -> str:
    letters, tones = [], []
    for char in word:
        base, tone = _split(char)
        letters.append(_PLACE.get(base, base))
        tones.append(tone)
    # "!" sorts before every letter place, so a shorter word comes first and tones break ties.
    return "".join(letters) + "!" + "".join(tones)


def _split(char: str) -> tuple[str, str]:
    parts = unicodedata.normalize("NFD", char)
    tone = next((_TONES[mark] for mark in parts if mark in _TONES), "0")
    shape = "".join(mark for mark in parts if mark in _SHAPES)
    return unicodedata.normalize("NFC", parts[0] + shape), tone
