"""Where a statement comes from and whether a person may rely on it (labels: docs/rulebook.md)."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator

T = TypeVar("T")
Frozen = Annotated[Mapping[str, T], AfterValidator(lambda mapping: MappingProxyType(dict(mapping)))]
# L: a source that a committee names in its own folder of packs.
KEY = re.compile(r"(S\d+a?|G\d+|L\d+|seed|design)")
LABEL = re.compile(r"FOUND(-A|-B|-C|-A/B|-B/C)?(-LOCAL)?|LOCAL|RECALLED|DERIVED|NOT-FOUND")
# Text of an instrument, official site (A), press or legal-information article (B); the rest is unverified.
VERIFIED = frozenset({"FOUND-A", "FOUND-B", "FOUND-A/B", "FOUND-A-LOCAL", "FOUND-B-LOCAL"})


class Strict(BaseModel):
    """Every part of a pack: unknown keys and wrong types are refused, nothing can be changed afterwards."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


def _keys(text: str) -> str:
    for part in text.split(", "):
        if not KEY.fullmatch(part):
            raise ValueError(f"{part!r} is no source key; write S1, G6, L1, seed or design, joined by ', '")
    return text


def _label(text: str) -> str:
    if not LABEL.fullmatch(text):
        raise ValueError(
            f"{text!r} is no confidence label; write FOUND-A, FOUND-B, FOUND-C (or A/B, B/C, with -LOCAL), "
            "RECALLED, DERIVED or NOT-FOUND"
        )
    return text


Keys = Annotated[str, AfterValidator(_keys)]
Label = Annotated[str, AfterValidator(_label)]


class Source(Strict):
    """`key`: entries of sources.yml; `ref`: row of the register of rules; DERIVED names what it rests on."""

    key: Keys | None = None
    label: Label
    ref: str = ""
    derived_from: tuple[Label | Keys, ...] = ()

    @model_validator(mode="after")
    def _derivation_is_stated(self) -> Self:
        if (self.label == "DERIVED") != bool(self.derived_from):
            raise ValueError("derived_from goes with the label DERIVED, and only with it")
        if self.label.startswith("FOUND") and not (self.key or self.ref):
            raise ValueError(f"{self.label} needs a key or the row where it was found (ref)")
        return self

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self.key.split(", ")) if self.key else ()

    @property
    def is_verified(self) -> bool:
        if self.label == "DERIVED":
            return all(part in VERIFIED or KEY.fullmatch(part) for part in self.derived_from)
        return self.label in VERIFIED


class Sourced(Strict):
    """A statement of a pack. `stated_in` is written by the loader: the pack whose words these are."""

    source: Source
    needs_review: bool
    effective_date_assumed: bool = True
    basis: str = ""
    stated_in: str

    @model_validator(mode="after")
    def _unverified_is_said(self) -> Self:
        if not self.source.is_verified and not self.needs_review:
            raise ValueError(f"a statement labelled {self.source.label} must say needs_review: true")
        return self
