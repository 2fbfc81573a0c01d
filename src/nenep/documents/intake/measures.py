"""The units and meanings of `measures.yml`, made fit for asking."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

PERCENT = "%"
FAMILIES = frozenset({"bodies", "persons", "counted", "time", "measured"})


@dataclass(frozen=True, slots=True)
class Measure:
    """`key`: a key of the program's figures; it may be meant by a figure in one of `units` with one of `words` near.

    `called`: its name for people.
    """

    key: str
    called: str
    units: frozenset[str]
    words: tuple[str, ...]
    unless: tuple[str, ...]

    def fits(self, near: str) -> int | None:
        """How much of the words around speaks for it, None for none; `near` in small letters."""
        if any(word in near for word in self.unless):
            return None
        found = [len(word) for word in self.words if word in near]
        return max(found, default=None) if self.words else 0


@dataclass(frozen=True, slots=True)
class Partition:
    """Parts that make a whole, each with its names; with `optional` missing they may make less."""

    whole: frozenset[str]
    units: frozenset[str]
    parts: tuple[frozenset[str], ...]
    optional: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        return self.whole.union(self.optional, *self.parts)

    def allows(self, unit: str | None) -> bool:
        return unit is None or unit in self.units


@dataclass(frozen=True, slots=True)
class Ladder:
    """Names of grades, the best first; a list with one of `tail` claims to be whole."""

    steps: tuple[frozenset[str], ...]
    tail: frozenset[str]

    def step(self, clause: str) -> str | None:
        """The last and longest grade that a part of a sentence names."""
        lowered, found = clause.lower(), []
        for name in frozenset[str]().union(*self.steps):
            found += [
                (one.end(), len(name), name)
                for one in re.finditer(rf"(?<!\w)(?<!hoàn thành ){re.escape(name)}(?!\w)", lowered)
            ]
        ends = max(found, default=None)
        if ends is None:
            return None
        # "không hoàn thành nhiệm vụ" ends where "hoàn thành nhiệm vụ" does, or begins before it.
        over = [one for one in found if one[0] - one[1] <= ends[0] - ends[1] and one[0] > ends[0] - ends[1]]
        return min(over, key=lambda one: (one[0] - one[1], -one[1]))[2]

    def rank(self, name: str) -> int:
        return next(place for place, names in enumerate(self.steps) if name in names)


@dataclass(frozen=True, slots=True)
class Measures:
    """`families`: unit -> "persons", "bodies", "counted", "time" or "measured"; all in small letters."""

    families: dict[str, str]
    measures: tuple[Measure, ...]
    unit: re.Pattern[str]

    def called(self, key: str) -> str:
        """A meaning in words; "" for a key that no longer stands in the list."""
        return next((one.called for one in self.measures if one.key == key), "")

    def family(self, unit: str | None) -> str | None:
        return self.families.get(unit or "")

    def meanings(self, unit: str | None, before: str, after: str) -> tuple[str, ...]:
        """The keys that a figure may mean, the likeliest first: what stands before it speaks before what follows."""
        found = []
        for measure in self.measures:
            if unit not in measure.units:
                continue
            for rank, near in ((2, before.lower()), (1, after.lower())):
                if (weight := measure.fits(near)) is not None:
                    found.append((rank if measure.words else 0, weight, measure.key))
                    break
        # A share means one thing: what is said right before it, else what is said behind it.
        best = max(found, default=None)
        if best and unit == PERCENT:
            return (best[2],)
        return tuple(key for _rank, _weight, key in sorted(found, reverse=True))


@lru_cache(maxsize=1)
def _read() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(
        Path(__file__).with_name("measures.yml").read_text(encoding="utf-8")
    )
    return read


def _groups() -> dict[str, list[str]]:
    return {name: [unit.lower() for unit in units] for name, units in _read()["units"].items()}


def _units(names: Iterable[str]) -> frozenset[str]:
    """Names of groups stand for all their units."""
    groups = _groups()
    return frozenset(one for name in names for one in groups.get(name, [name.lower()]))


@lru_cache(maxsize=1)
def measures() -> Measures:
    families = {unit: name for name, units in _groups().items() for unit in units}
    made = [
        Measure(
            entry["measure"],
            entry["called"],
            _units(entry["units"]),
            tuple(word.lower() for word in entry.get("words", ())),
            tuple(word.lower() for word in entry.get("unless", ())),
        )
        for entry in _read()["measures"]
    ]
    longest = sorted(families, key=len, reverse=True)
    names = "|".join(re.escape(unit).replace(r"\ ", r"\s+") for unit in longest)
    return Measures(families, tuple(made), re.compile(rf"(?:{names})(?!\w)", re.IGNORECASE))


@lru_cache(maxsize=1)
def partitions() -> tuple[Partition, ...]:
    return tuple(
        Partition(
            frozenset(entry.get("whole", ())),
            _units(entry["of"]),
            tuple(map(frozenset, entry["parts"])),
            frozenset(entry.get("optional", ())),
        )
        for entry in _read()["partitions"]
    )


@lru_cache(maxsize=1)
def ladders() -> tuple[Ladder, ...]:
    return tuple(
        Ladder(tuple(map(frozenset, entry["steps"])), frozenset(entry["tail"]))
        for entry in _read()["ladders"]
    )
