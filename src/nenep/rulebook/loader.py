"""The packs of this installation: read, checked and kept once per process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from nenep.rulebook.checking import COVERAGE_START, problems_between
from nenep.rulebook.reading import SOURCES, PackError, read_packs, read_yaml
from nenep.rulebook.values import PackRef

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from nenep.rulebook.schema import Pack, Subject

__all__ = ["COVERAGE_START", "Library", "PackError", "library", "load"]

PACKS = Path(__file__).parent / "packs"


@dataclass(frozen=True)
class Library:
    """All packs by id, and what the source keys mean. Never changes."""

    packs: Mapping[str, Pack]
    sources: Mapping[str, str]

    def central(self, subject: Subject, day: date) -> Pack:
        """The one central pack in force for a subject; days before the coverage get the earliest pack."""
        asked = max(day, COVERAGE_START)
        return next(pack for pack in self._in_force(asked) if pack.is_central and subject in pack.subjects)

    def overlays(self, day: date, scopes: Sequence[str]) -> tuple[Pack, ...]:
        """Local packs in force for the scopes, in the order of the scopes: a later one wins."""
        found = [pack for pack in self._in_force(day) if not pack.is_central and pack.scope.code in scopes]
        return tuple(sorted(found, key=lambda pack: scopes.index(pack.scope.code)))

    def scope_codes(self) -> Mapping[str, str]:
        """The local scopes that packs know: code -> name."""
        local = [pack.scope for pack in self.packs.values() if not pack.is_central]
        return {scope.code: scope.name for scope in local}

    def ref(self, pack_id: str) -> PackRef:
        pack = self.packs[pack_id]
        return PackRef(
            id=pack.id,
            title=pack.title,
            name=pack.name,
            issuer=pack.issuer,
            signed=pack.signed,
            valid_from=pack.valid_from,
            valid_to=pack.valid_to,
            scope_name=pack.scope.name,
            needs_review=pack.needs_review,
        )

    def _in_force(self, day: date) -> list[Pack]:
        return [
            pack
            for pack in self.packs.values()
            if not pack.is_base
            and pack.valid_from is not None
            and pack.valid_from <= day
            and (pack.valid_to is None or day < pack.valid_to)
        ]


def load(packs: Path, sources: Path | None = None, *, local: Path | None = None) -> Library:
    """Read and check a folder of packs. PackError lists every problem with its file and place.

    `local`: the installation's own folder beside it (R59), with a `sources.yml` for keys that the shipped one lacks.
    """
    known: Mapping[str, str] = read_yaml(sources or Path(__file__).parent / SOURCES)
    if local and (local / SOURCES).exists():
        known = {**read_yaml(local / SOURCES), **known}
    found = read_packs(packs, local)
    if problems := problems_between(found, known):
        raise PackError(problems)
    return Library(packs=found, sources=known)


@cache
def library() -> Library:
    """The packs shipped with the program and those of the installation; parsed once per process."""
    return load(PACKS, local=settings.LOCAL_PACKS)
