"""Keys of entries, which grow with the day, and the words that say whose an entry is and of which month."""

from __future__ import annotations

from datetime import date
from hashlib import blake2b

# After its day a key has this many bits, which tell the records of a day apart.
BITS = 40


def key_of(type_key: str, object_id: int, day: date) -> int:
    """The same record has the same key whenever the index is built."""
    apart = blake2b(f"{type_key}:{object_id}".encode(), digest_size=BITS // 8).digest()
    return first_key(day) | int.from_bytes(apart)


def first_key(day: date) -> int:
    """No entry of the day has a smaller one, and none of an earlier day a larger one."""
    return day.toordinal() << BITS


def day_of(key: int) -> date:
    return date.fromordinal(key >> BITS)


def place_word(type_key: str, body_id: int) -> str:
    return f"{type_key}{body_id}"


def month_word(day: date) -> str:
    return f"m{day:%Y%m}"
