"""Votes: who is counted and how many are enough. Integers only."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from nenep.rulebook.provenance import Source, Sourced, Strict
from nenep.rulebook.values import Stated

Minus = Literal["away_temp_absent", "exempt_absent", "suspended"]
Ballot = Literal["hand", "secret", "hand_or_secret"]


class BaseEntry(Sourced):
    """The base starts from the official members of the body, less those that `minus` names."""

    minus: tuple[Minus, ...]


class VoteEntry(Sourced):
    name: str
    num: Annotated[int, Field(ge=1)]
    den: Annotated[int, Field(ge=2)]
    strict: bool
    ballot: Ballot
    cumulate_down: bool = False
    elects: bool = False


class VoteExample(Strict):
    """A worked example that the loader plays; `present` is told for the reader and never counts."""

    kind: str
    official: int
    present: int | None = None
    away_temp_absent: int = 0
    exempt_absent: int = 0
    suspended: int = 0
    votes_for: Annotated[int, Field(alias="for")]
    passes: Annotated[bool, Field(alias="pass")]


class VotesSection(Strict):
    base: BaseEntry
    kinds: Annotated[Mapping[str, VoteEntry], AfterValidator(lambda kinds: MappingProxyType(dict(kinds)))]
    tests: tuple[VoteExample, ...] = ()

    @model_validator(mode="after")
    def _examples_hold(self) -> Self:
        for place, example in enumerate(self.tests):
            if example.kind not in self.kinds:
                raise ValueError(f"tests[{place}]: no vote kind {example.kind!r}")
            if _outcome(self, example) != example.passes:
                base = _example_base(self, example)
                raise ValueError(
                    f"tests[{place}]: {example.kind} with {example.votes_for} votes on base {base} "
                    f"gives {not example.passes}, the example says {example.passes}"
                )
        return self


@dataclass(frozen=True, kw_only=True)
class VoteRule(Stated):
    """How one kind of vote is counted on a day.

    `minus` names the absences that leave the base; `ballot`: hand, secret or hand_or_secret (not laid down);
    `elects`: people are chosen from a list; `cumulate_down`: one of several forms is chosen, and the votes of the
    heavier count for the lighter until one has enough.
    """

    kind: str
    name: str
    num: int
    den: int
    strict: bool
    ballot: Ballot
    cumulate_down: bool
    elects: bool
    minus: tuple[Minus, ...]
    base_source: Source

    def base(
        self, official: int, away_temp_absent: int = 0, exempt_absent: int = 0, suspended: int = 0
    ) -> int:
        """Official members less the absences that this pack leaves out. ValueError for impossible counts."""
        return counted_base(
            self.minus,
            official=official,
            away_temp_absent=away_temp_absent,
            exempt_absent=exempt_absent,
            suspended=suspended,
        )

    def passes(self, votes_for: int, base: int) -> bool:
        """Whether `votes_for` of `base` are enough; nothing passes on an empty base."""
        return reached(votes_for, base, num=self.num, den=self.den, strict=self.strict)

    def needed(self, base: int) -> int:
        """The fewest votes that pass on `base` (at least 1)."""
        return fewest(base, num=self.num, den=self.den, strict=self.strict)


def counted_base(minus: tuple[Minus, ...], *, official: int, **absent: int) -> int:
    if min(official, *absent.values()) < 0:
        raise ValueError(f"counts of people cannot be negative: official={official}, {absent}")
    base = official - sum(absent[name] for name in minus)
    if base < 0:
        raise ValueError(f"more people are left out ({absent}) than there are official members ({official})")
    return base


def reached(votes_for: int, base: int, *, num: int, den: int, strict: bool) -> bool:
    if votes_for < 0 or base < 0 or votes_for > base:
        raise ValueError(f"votes_for={votes_for} must lie between 0 and base={base}")
    if base == 0:
        return False
    return den * votes_for > num * base if strict else den * votes_for >= num * base


def fewest(base: int, *, num: int, den: int, strict: bool) -> int:
    whole, rest = divmod(base * num, den)
    return max(1, whole + 1 if strict or rest else whole)


def _example_base(section: VotesSection, example: VoteExample) -> int:
    return counted_base(
        section.base.minus,
        official=example.official,
        away_temp_absent=example.away_temp_absent,
        exempt_absent=example.exempt_absent,
        suspended=example.suspended,
    )


def _outcome(section: VotesSection, example: VoteExample) -> bool:
    kind = section.kinds[example.kind]
    base = _example_base(section, example)
    return reached(example.votes_for, base, num=kind.num, den=kind.den, strict=kind.strict)
