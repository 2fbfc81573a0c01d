"""Where on a page something was read, and the words around it."""

from __future__ import annotations

from dataclasses import dataclass

# Three words are never longer, and a paragraph may be.
CONTEXT_WORDS, CONTEXT_SIGNS = 3, 200


@dataclass(frozen=True, slots=True)
class Span:
    """The signs `start` to `end` (behind the last) of a line, counted in its text as `clean` gives it."""

    line: int
    start: int
    end: int


def context_of(text: str, start: int, end: int) -> str:
    """What stands at these signs, with three words on each side."""
    near = text[max(0, start - CONTEXT_SIGNS) : start], text[end : end + CONTEXT_SIGNS]
    before, after = near[0].split()[-CONTEXT_WORDS:], near[1].split()[:CONTEXT_WORDS]
    gaps = (" " if text[start - 1 : start] == " " else ""), (" " if text[end : end + 1] == " " else "")
    return " ".join(before) + gaps[0] + text[start:end] + gaps[1] + " ".join(after)
