"""The checked shape of a pack file; docs/rulebook.md explains each part."""

from datetime import date
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from nenep.rulebook.calendar import Calendar
from nenep.rulebook.chairing import ChairSection
from nenep.rulebook.layout import LayoutSection
from nenep.rulebook.numbering import NumberingSection
from nenep.rulebook.planning import PlanSection
from nenep.rulebook.provenance import Frozen, Source, Sourced, Strict
from nenep.rulebook.votes import VotesSection

Subject = Literal[
    "meeting", "agenda", "votes", "numbering", "layout", "vocabulary", "calendar", "plan", "chair"
]
SUBJECTS: tuple[Subject, ...] = (
    "meeting",
    "agenda",
    "votes",
    "numbering",
    "layout",
    "vocabulary",
    "calendar",
    "plan",
    "chair",
)
Severity = Literal["block", "warn", "info"]
Value = int | str | bool | tuple[str, ...] | None
Phase = Literal["prepare", "opening", "conduct", "closing", "follow"]
Category = Literal["opening", "information", "political_task", "party_building", "discussion", "closing"]


class AppliesTo(Strict):
    """Whom a rule binds; an empty part binds everybody."""

    unit_types: tuple[str, ...] = ()
    min_members: int | None = None
    max_members: int | None = None

    def holds(self, *, members: int | None = None, unit_type: str | None = None) -> bool:
        if self.unit_types and unit_type not in self.unit_types:
            return False
        if members is None:
            return self.min_members is None and self.max_members is None
        return (
            (self.min_members or 0) <= members <= (members if self.max_members is None else self.max_members)
        )


class RuleEntry(Sourced):
    id: Annotated[str, Field(pattern=r"^[a-z]+(\.[a-z_]+)+$")]
    says: str
    value: Value
    unit: str = ""
    applies_to: AppliesTo = AppliesTo()
    severity: Severity
    override_allowed_by: str | None = None


class StepEntry(Sourced):
    id: str
    phase: Phase
    title: str
    actor: str
    minutes: Annotated[int, Field(ge=1, le=240)] | None = None
    required: bool
    category: Category | None = None
    takes_focus: bool = False

    @model_validator(mode="after")
    def _items_are_complete(self) -> Self:
        is_item = self.phase in {"opening", "conduct", "closing"}
        if is_item != (self.category is not None and self.minutes is not None):
            raise ValueError(
                "a step of opening, conduct or closing has minutes and a category, others neither"
            )
        return self


class FocusEntry(Sourced):
    """What branches of one kind of unit lay stress on."""

    name: str
    points: tuple[str, ...]


class AgendaSection(Strict):
    actors: Frozen[str]
    kinds: Frozen[tuple[StepEntry, ...]]
    focus: Frozen[FocusEntry]

    @model_validator(mode="after")
    def _steps_hold_together(self) -> Self:
        order = ("prepare", "opening", "conduct", "closing", "follow")
        for kind, steps in self.kinds.items():
            ids = [step.id for step in steps]
            if doubled := sorted({one for one in ids if ids.count(one) > 1}):
                raise ValueError(f"kinds.{kind}: step {doubled[0]} stands twice")
            places = [order.index(step.phase) for step in steps]
            if places != sorted(places):
                raise ValueError(f"kinds.{kind}: the phases must follow each other: {', '.join(order)}")
            if strangers := sorted({step.actor for step in steps} - set(self.actors)):
                raise ValueError(
                    f"kinds.{kind}: actor {strangers[0]!r} is not among {', '.join(self.actors)}"
                )
        return self


class TermEntry(Sourced):
    """One code of a list with the words people read; the optional parts belong to single lists."""

    label: str
    note: str = ""
    is_excused: bool | None = None
    side: Literal["objective", "subjective"] | None = None
    focus: str = ""
    quality: str = ""
    needs_legal_basis: bool | None = None
    legal_basis: tuple[str, ...] = ()
    # A day of the year, and what a branch may discuss about it.
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    day: Annotated[int, Field(ge=1, le=31)] | None = None
    questions: tuple[str, ...] = ()
    # Why a paper goes to somebody: the mark behind the name, and whether it is to be carried out.
    mark: str = ""
    is_duty: bool | None = None


class PackScope(Strict):
    level: Literal["central", "local"]
    code: str = ""
    name: str = ""

    @model_validator(mode="after")
    def _local_is_named(self) -> Self:
        if (self.level == "local") != bool(self.code and self.name):
            raise ValueError("a local pack names its scope (code, name); a central pack has neither")
        return self


class Pack(Strict):
    """A pack with what it inherits filled in. `is_base`: only there to be extended, never in force.

    `restates`: inherited words that are this pack's own too, such as rules/attend.members, numbering/kinds.
    `file` is written by the loader.
    """

    file: str
    id: Annotated[str, Field(pattern=r"^[A-Z0-9]+(-[A-Z0-9]+[a-z]?)+$")]
    title: str
    name: str
    issuer: str = ""
    signed: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    extends: str | None = None
    restates: tuple[str, ...] = ()
    is_base: bool = False
    scope: PackScope
    subjects: tuple[Subject, ...]
    source: Source
    needs_review: bool
    related: tuple[str, ...] = ()
    note: str = ""
    substitute_layout_of: str | None = None
    rules: Frozen[RuleEntry] = MappingProxyType({})
    agenda: AgendaSection | None = None
    votes: VotesSection | None = None
    numbering: NumberingSection | None = None
    layout: LayoutSection | None = None
    vocabulary: Frozen[Frozen[TermEntry]] | None = None
    calendar: Calendar | None = None
    plan: PlanSection | None = None
    chair: ChairSection | None = None

    @property
    def is_central(self) -> bool:
        return self.scope.level == "central"

    @model_validator(mode="after")
    def _label_and_dates_agree(self) -> Self:
        if not self.source.is_verified and not self.needs_review:
            raise ValueError(f"a pack labelled {self.source.label} must say needs_review: true")
        if self.is_base:
            return self
        if self.valid_from is None:
            raise ValueError("valid_from is missing")
        if self.valid_to is not None and self.valid_to <= self.valid_from:
            raise ValueError(f"valid_to {self.valid_to} must come after valid_from {self.valid_from}")
        return self

    @model_validator(mode="after")
    def _sections_are_there(self) -> Self:
        for subject in self.subjects if self.is_central and not self.is_base else ():
            stands_in = subject == "layout" and self.substitute_layout_of
            if subject != "meeting" and getattr(self, subject) is None and not stands_in:
                raise ValueError(f"the subject {subject} is announced but its section is missing")
        return self
