"""Numbers of documents: series, symbols, kinds, and who may issue what."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from nenep.rulebook.provenance import Frozen, Sourced, Strict
from nenep.rulebook.values import Stated


class SeriesEntry(Sourced):
    """One continuous series of numbers runs for each value of `per` taken together."""

    per: tuple[Literal["body", "kind", "term", "year"], ...]


class GrammarEntry(Sourced):
    """`symbol` and `line` are str.format patterns; `intake` reads a scan, where `num` may be damaged."""

    leading_zero_below: Annotated[int, Field(ge=0)]
    symbol: str
    line: str
    intake: str

    @model_validator(mode="after")
    def _patterns_work(self) -> Self:
        made = self.symbol.format(number="05", abbreviation="NQ", organization="CB")
        try:
            found = re.search(self.intake, self.line.format(symbol=made))
        except re.error as wrong:
            raise ValueError(f"intake is no regular expression: {wrong}") from wrong
        if not found or found["num"] != "05":
            raise ValueError(f"intake does not read {made!r}, which symbol writes")
        return self


class KindEntry(Sourced):
    name: str
    abbreviation: str
    prints_name: bool = True


class SymbolEntry(Sourced):
    name: str
    bodies: tuple[str, ...]
    ended: str = ""


class IssuerEntry(Sourced):
    """`forbidden` kinds may not be issued; with `only`, nothing but these may. Both empty: not known."""

    name: str
    bodies: tuple[str, ...]
    forbidden: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


class NumberingSection(Strict):
    series: SeriesEntry
    grammar: GrammarEntry
    kinds: Frozen[KindEntry]
    symbols: Frozen[SymbolEntry]
    issuers: Frozen[IssuerEntry]

    @model_validator(mode="after")
    def _kinds_are_known(self) -> Self:
        for issuer, entry in self.issuers.items():
            for code in (*entry.forbidden, *entry.only):
                if code not in self.kinds:
                    raise ValueError(f"issuers.{issuer}: no kind {code!r} in kinds")
        return self


@dataclass(frozen=True, kw_only=True)
class DocumentKind(Stated):
    """`code` is unique (QyĐ for quy định), `abbreviation` is what a symbol shows (QĐ for both)."""

    code: str
    name: str
    abbreviation: str
    prints_name: bool


@dataclass(frozen=True, kw_only=True)
class OrganizationSymbol(Stated):
    """What stands after the slash; `bodies`: kinds of bodies, `ended`: in words, when it went out of use."""

    symbol: str
    name: str
    bodies: tuple[str, ...]
    ended: str


@dataclass(frozen=True, kw_only=True)
class Issuer(Stated):
    """Who may issue what. It only warns: old documents must be importable."""

    code: str
    name: str
    bodies: tuple[str, ...]
    forbidden: tuple[str, ...]
    only: tuple[str, ...]

    def may_issue(self, kind: str) -> bool | None:
        """None where nothing is known for the day."""
        if not self.forbidden and not self.only:
            return None
        return kind not in self.forbidden and (not self.only or kind in self.only)


@dataclass(frozen=True, kw_only=True)
class Numbering(Stated):
    """How documents are numbered on a day; the provenance is that of the series."""

    series: tuple[str, ...]
    grammar: GrammarEntry
    kinds: Mapping[str, DocumentKind]
    symbols: Mapping[str, OrganizationSymbol]
    issuers: Mapping[str, Issuer]

    @property
    def leading_zero_below(self) -> int:
        return self.grammar.leading_zero_below

    def kind(self, code: str) -> DocumentKind:
        """KeyError that names the known codes."""
        if code not in self.kinds:
            raise KeyError(f"no kind of document {code!r}; known: {', '.join(self.kinds)}")
        return self.kinds[code]

    def number_text(self, number: int) -> str:
        return f"{number:02d}" if number < self.leading_zero_below else str(number)

    def symbol(self, number: int, kind: str, organization: str) -> str:
        """For example "05-NQ/CB". ValueError for a number below 1, KeyError for an unknown kind."""
        if number < 1:
            raise ValueError(f"a document's number starts at 1, not {number}")
        abbreviation = self.kind(kind).abbreviation
        return self.grammar.symbol.format(
            number=self.number_text(number), abbreviation=abbreviation, organization=organization
        )

    def number_line(self, symbol: str) -> str:
        """The line in the head of a document, for example "Số 05-NQ/CB"."""
        return self.grammar.line.format(symbol=symbol)

    def symbols_for(self, body_kind: str) -> tuple[OrganizationSymbol, ...]:
        return tuple(symbol for symbol in self.symbols.values() if body_kind in symbol.bodies)

    def issuer(self, name: str) -> Issuer | None:
        """`name`: a code of the table ("branch") or a kind of body; None where the table does not know it."""
        found = (one for code, one in self.issuers.items() if name == code or name in one.bodies)
        return next(found, None)

    def may_issue(self, issuer: str, kind: str) -> bool | None:
        """None where nothing is known; KeyError for an unknown kind. It only warns, it never blocks."""
        self.kind(kind)
        known = self.issuer(issuer)
        return known.may_issue(kind) if known else None
