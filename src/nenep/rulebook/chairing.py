"""What a chair may say: phrases for each category of an agenda's parts. Suggestions, never a duty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from nenep.rulebook.provenance import Frozen, Sourced, Strict
from nenep.rulebook.values import Stated


class PhrasesEntry(Sourced):
    says: Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=1)]


class ChairSection(Strict):
    """`phrases` by category; the loader's checks demand every category."""

    phrases: Frozen[PhrasesEntry]


@dataclass(frozen=True, kw_only=True)
class Phrases(Stated):
    """The phrases for one category, in the order in which they are of use."""

    category: str
    says: tuple[str, ...]
