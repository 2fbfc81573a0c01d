"""Whether a text names a member of a branch: for words that belong to the branch and speak of nobody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nenep.people.reads import roster
from nenep.shared.vietnamese import clean, search_key

if TYPE_CHECKING:
    from datetime import date

SHORT = 2  # words of a name


def named_in(text: str, body_id: int, day: date) -> str:
    """The first full name of the branch's list of that day that stands in the text; "" for none.

    Names of three words and more are found without their marks too; of two words they would be found in plain words
    ("Lê Hội" in "lễ hội").
    """
    for entry in roster(body_id, day):
        read = search_key if len(entry.name.split()) > SHORT else str.lower
        if _words(read(clean(entry.name))) in _words(read(clean(text))):
            return entry.name
    return ""


def _words(text: str) -> str:
    """Its words between single spaces without punctuation: a name is found in it as whole words."""
    return " " + " ".join(re.findall(r"[^\W_]+", text)) + " "
