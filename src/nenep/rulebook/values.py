"""The plain values that other modules read. Each one knows the pack that states it and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from datetime import date

    from nenep.rulebook.provenance import Source, Sourced
    from nenep.rulebook.schema import AppliesTo, Category, Phase, Severity, Value

V = TypeVar("V", bound="Stated")


@dataclass(frozen=True, slots=True)
class PackRef:
    """A pack by name. `title` is what people cite ("HD 42-HD/BTCTW"); central packs have no `scope_name`."""

    id: str
    title: str
    name: str
    issuer: str
    signed: date | None
    valid_from: date | None
    valid_to: date | None
    scope_name: str
    needs_review: bool


@dataclass(frozen=True, kw_only=True)
class Stated:
    """What every value of the rulebook carries beside itself."""

    source: Source
    needs_review: bool
    effective_date_assumed: bool
    basis: str
    pack: PackRef

    @property
    def authority(self) -> str:
        """The instrument to name: the basis where the pack only repeats it, else the pack's own title."""
        return self.basis or self.pack.title

    @property
    def is_marked(self) -> bool:
        """Whether people must be told that nobody has verified it."""
        return self.needs_review and self.source.label != "NOT-FOUND"

    @property
    def reference(self) -> str:
        """Where it stands: "theo HD 42-HD/BTCTW", without any mark."""
        label = self.source.label
        if label == "NOT-FOUND":
            return _("chưa tìm thấy quy định")
        if label == "DERIVED":
            return _("phần mềm suy ra, không phải nguyên văn quy định")
        named = {"title": self.authority, "place": self.pack.scope_name}
        if self.pack.scope_name:
            return _("theo %(title)s, quy định riêng của %(place)s") % named
        return _("theo %(title)s") % named

    @property
    def citation(self) -> str:
        """Where it stands, as screens and papers say it, with "(chưa kiểm chứng)" where that is due."""
        return (
            _("%(where)s (chưa kiểm chứng)") % {"where": self.reference} if self.is_marked else self.reference
        )


@dataclass(frozen=True, kw_only=True)
class Rule(Stated):
    """One rule. `value` is None where no rule is known for the day; `unit` is a code such as minute."""

    id: str
    says: str
    value: Value
    unit: str
    applies_to: AppliesTo
    severity: Severity
    override_allowed_by: str | None

    @property
    def number(self) -> int:
        """The value of a rule that counts something. TypeError for any other value, None included."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise TypeError(f"{self.id} of {self.pack.id} is {self.value!r}, not a whole number")
        return self.value

    @property
    def codes(self) -> tuple[str, ...]:
        """The value of a rule that lists codes; empty where no rule is known."""
        if self.value is not None and not isinstance(self.value, tuple):
            raise TypeError(f"{self.id} of {self.pack.id} is {self.value!r}, not a list of codes")
        return self.value or ()


@dataclass(frozen=True, kw_only=True)
class AgendaStep(Stated):
    """One step. `place`: on the agenda ("item"), before ("preparation") or after it ("follow_up").

    `title` is what an agenda prints; `minutes` and `category` are None off the agenda; `minutes` is the
    program's suggestion, never a rule. `focus`: what this kind of unit lays stress on, if it belongs here.
    """

    id: str
    phase: Phase
    title: str
    actor: str
    actor_label: str
    minutes: int | None
    required: bool
    category: Category | None
    focus: tuple[str, ...] = ()

    @property
    def place(self) -> Literal["preparation", "item", "follow_up"]:
        if self.phase == "prepare":
            return "preparation"
        return "follow_up" if self.phase == "follow" else "item"

    @property
    def is_item(self) -> bool:
        return self.place == "item"


@dataclass(frozen=True, kw_only=True)
class Focus(Stated):
    """What branches of one kind of unit lay stress on; `name` is the kind or kinds it is written for."""

    name: str
    points: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Term(Stated):
    """One code of a list with the words people read."""

    code: str
    label: str
    note: str
    is_excused: bool | None
    side: Literal["objective", "subjective"] | None
    focus: str
    quality: str
    needs_legal_basis: bool | None
    legal_basis: tuple[str, ...]
    month: int | None
    day: int | None
    questions: tuple[str, ...]
    mark: str
    is_duty: bool | None


def build(into: type[V], entry: Sourced, pack: PackRef, **more: Any) -> V:
    """A value of class `into` from an entry of a pack; `more` gives what the entry does not hold."""
    given = {field.name: getattr(entry, field.name) for field in fields(into) if hasattr(entry, field.name)}
    # A pack that is itself unverified makes doubtful what it states, unless another instrument is the basis.
    given["needs_review"] = entry.needs_review or (pack.needs_review and not entry.basis)
    return into(**{**given, "pack": pack, **more})
