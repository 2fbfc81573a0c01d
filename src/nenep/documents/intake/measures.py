"""The units and meanings of `measures.yml`, made fit for asking."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

PERCENT = "%"
FAMILIES = frozenset({"bodies", "persons", "counted", "time", "measured"})


@dataclass(frozen=True, slots=True)
class Measure:
    """`key`: a key of the program's figures; it may be meant by a figure in one of `units` with one of `words` near."""

    key: str
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
class Measures:
    """`families`: unit -> "persons", "bodies", "counted", "time" or "measured"; all in small letters."""

    families: dict[str, str]
    measures: tuple[Measure, ...]
    unit: re.Pattern[str]

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
def measures() -> Measures:
    read = yaml.safe_load(Path(__file__).with_name("measures.yml").read_text(encoding="utf-8"))
    groups = {name: [unit.lower() for unit in units] for name, units in read["units"].items()}
    families = {unit: name for name, units in groups.items() for unit in units}
    made = [
        Measure(
            entry["measure"],
            frozenset(one for unit in entry["units"] for one in groups.get(unit, [unit.lower()])),
            tuple(word.lower() for word in entry.get("words", ())),
            tuple(word.lower() for word in entry.get("unless", ())),
        )
        for entry in read["measures"]
    ]
    longest = sorted(families, key=len, reverse=True)
    names = "|".join(re.escape(unit).replace(r"\ ", r"\s+") for unit in longest)
    return Measures(families, tuple(made), re.compile(rf"(?:{names})(?!\w)", re.IGNORECASE))
