"""Code lists of a day with the words people read."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from nenep.rulebook.values import PackRef, Term, build

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nenep.rulebook.schema import TermEntry


@dataclass(frozen=True)
class Vocabulary:
    """`lists`: name -> code -> Term."""

    lists: Mapping[str, Mapping[str, Term]]

    @classmethod
    def of(cls, lists: Mapping[str, Mapping[str, TermEntry]], ref: Callable[[str], PackRef]) -> Vocabulary:
        made = {
            name: MappingProxyType(
                {code: build(Term, entry, ref(entry.stated_in), code=code) for code, entry in entries.items()}
            )
            for name, entries in lists.items()
        }
        return cls(MappingProxyType(made))

    def terms(self, name: str) -> tuple[Term, ...]:
        """The codes of a list in its order. KeyError names the known lists."""
        return tuple(self._list(name).values())

    def term(self, name: str, code: str) -> Term:
        """KeyError names the known codes."""
        known = self._list(name)
        if code not in known:
            raise KeyError(f"no code {code!r} in {name}; known: {', '.join(known)}")
        return known[code]

    def choices(self, name: str) -> list[tuple[str, str]]:
        """(code, label) pairs for a form field."""
        return [(term.code, term.label) for term in self.terms(name)]

    @property
    def absence_reasons(self) -> tuple[Term, ...]:
        return self.terms("absence_reasons")

    @property
    def causes(self) -> tuple[Term, ...]:
        """Why a target was met or missed; `side` tells objective from subjective."""
        return self.terms("causes")

    @property
    def self_check(self) -> tuple[Term, ...]:
        """The questions that a branch answers about its meeting, in order."""
        return self.terms("self_check")

    @property
    def qualities(self) -> tuple[Term, ...]:
        """The three qualities of a meeting; `quality` of a question of the self-check says which one it shows."""
        return self.terms("qualities")

    @property
    def traditions(self) -> tuple[Term, ...]:
        """Days of the year whose meaning a branch may discuss: each with `month`, `day` and `questions`."""
        return self.terms("traditions")

    @property
    def recipient_purposes(self) -> tuple[Term, ...]:
        """Why a paper goes to a recipient: `mark` is printed behind the name, `is_duty` asks to carry it out (R7)."""
        return self.terms("recipient_purposes")

    @property
    def retention_classes(self) -> tuple[Term, ...]:
        """How long the kept copy of a paper stays."""
        return self.terms("retention_classes")

    @property
    def unit_kinds(self) -> tuple[Term, ...]:
        return self.terms("unit_kinds")

    def regulation_of(self, unit_kind: str) -> Term | None:
        """What says the duties and powers of the bodies in this kind of unit; None where nothing is known."""
        return self._list("unit_regulations").get(unit_kind)

    @property
    def meeting_modes(self) -> tuple[Term, ...]:
        """`needs_legal_basis`: the meeting must name its ground; `legal_basis` lists the known ones."""
        return self.terms("meeting_modes")

    def _list(self, name: str) -> Mapping[str, Term]:
        if name not in self.lists:
            raise KeyError(f"no list {name!r}; known: {', '.join(self.lists)}")
        return self.lists[name]
