"""The words of official Vietnamese in `lexicon.txt` and the confusions in `confusions.yml`, made fit for asking."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from nenep.documents.intake.syllables import folded
from nenep.shared.vietnamese import search_key

if TYPE_CHECKING:
    from collections.abc import Iterable

_FOLDER = Path(__file__).parent


@dataclass(slots=True)
class Lexicon:
    """Syllables are lower case and `folded`, but those that are suggested (`spelled`) are as written.

    `by_key`: the syllables that differ in their marks only.
    `after`, `before`: which syllables make a word with this one before or behind them.
    `agencies`: by their first syllable.
    `by_skeleton`: (which of the two, its letters without marks) -> pairs, for words of which both parts are spoilt.
    """

    free: set[str] = field(default_factory=set)
    by_key: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    pairs: set[tuple[str, str]] = field(default_factory=set)
    spelled: dict[str, str] = field(default_factory=dict)
    after: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    before: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_skeleton: dict[tuple[int, str], set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    agencies: dict[str, list[list[str]]] = field(default_factory=lambda: defaultdict(list))

    def know(self, syllable: str) -> str:
        key = folded(syllable)
        self.spelled[key] = syllable
        self.by_key[search_key(syllable)].add(key)
        return key

    def add(self, word: str) -> None:
        syllables = word.split()
        keys = [self.know(one) for one in syllables]
        for first, second in itertools.pairwise(keys):
            self.pairs.add((first, second))
            self.after[first].add(second)
            self.before[second].add(first)
            for place, key in enumerate((first, second)):
                self.by_skeleton[place, search_key(self.spelled[key])].add((first, second))


@dataclass(frozen=True, slots=True)
class Confusion:
    """`read` and `meant` have as many syllables; the other fields say what must and must not stand around them."""

    read: tuple[str, ...]
    meant: tuple[str, ...]
    why: str
    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    unless_before: frozenset[str] = frozenset()
    unless_after: frozenset[str] = frozenset()
    starts: bool = False
    number: str = ""


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    made, part = Lexicon(), ""
    for line in (_FOLDER / "lexicon.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            part = line.strip("[] ")
        elif line and not line.startswith("#"):
            words = [word.strip() for word in line.split(",") if word.strip()]
            if part == "free":
                for word in words:
                    made.know(word)
                    made.free.add(folded(word))
            elif part == "compounds":
                for word in words:
                    made.add(word)
            elif part == "agencies":
                for word in words:
                    name = word.split()
                    made.agencies[folded(name[0])].append(name)
    return made


@lru_cache(maxsize=1)
def confusions() -> dict[str, list[Confusion]]:
    """By the first syllable that is read."""
    made: dict[str, list[Confusion]] = defaultdict(list)
    for entry in yaml.safe_load((_FOLDER / "confusions.yml").read_text(encoding="utf-8")):
        confusion = Confusion(
            read=tuple(map(folded, entry["read"].split())),
            meant=tuple(entry["meant"].split()),
            why=entry["why"],
            before=_keys(entry.get("before", ())),
            after=_keys(entry.get("after", ())),
            unless_before=_keys(entry.get("unless_before", ())),
            unless_after=_keys(entry.get("unless_after", ())),
            starts=entry.get("starts", False),
            number=entry.get("number", ""),
        )
        made[confusion.read[0]].append(confusion)
    return made


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(folded, words))
