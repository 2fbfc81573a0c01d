"""The official page: sizes in millimetres and points, words and rules of header, body and signature."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from nenep.rulebook.provenance import Sourced, Strict
from nenep.rulebook.values import Stated

Points = Annotated[int, Field(ge=8, le=40)]


class PageEntry(Sourced):
    paper: Literal["A4"]
    top_mm: int
    bottom_mm: int
    left_mm: int
    right_mm: int


class FontEntry(Sourced):
    family: str
    encoding: str


class LineEntry(Sourced):
    """A line of the header or title. `size_max_pt` where the guide gives a span; `text` where it is fixed."""

    size_pt: Points
    size_max_pt: Points | None = None
    bold: bool = False
    italic: bool = False
    caps: bool = False
    line_below: bool = False
    text: str = ""


class BodyEntry(Sourced):
    size_pt: Points
    size_max_pt: Points
    line_spacing_min_pt: Points | None = None
    line_spacing_max_pt: Points | None = None
    paragraph_gap_pt: Annotated[int, Field(ge=0)] | None = None
    first_line_indent_mm: Annotated[int, Field(ge=0)] | None = None
    end_mark: str


class PageNumberEntry(Sourced):
    position: Literal["top_centre"]
    from_page: int


class DateEntry(Sourced):
    """The day gets a leading zero below `day_zero_below`, the month up to `month_zero_up_to`."""

    pattern: str
    day_zero_below: int
    month_zero_up_to: int


class HeadingsEntry(Sourced):
    levels: tuple[str, ...]
    letters: tuple[str, ...]


class SignatureEntry(Sourced):
    """`collective`, `deputy`, `delegated` stand before the capacity.

    `branch_as`, `committee_as`: for which collective whoever signs for a branch or for any other body signs.
    """

    collective: str
    deputy: str
    delegated: str
    branch_as: str
    committee_as: str
    capacity_bold: bool
    name_has_titles: bool
    branch_has_seal: bool
    ink: str = ""


class RecipientsEntry(Sourced):
    heading: str
    underlined: bool
    last_line: Annotated[Mapping[str, str], AfterValidator(lambda lines: MappingProxyType(dict(lines)))]
    purposes: Annotated[Mapping[str, str], AfterValidator(lambda purposes: MappingProxyType(dict(purposes)))]


class SalutationEntry(Sourced):
    """The word that a kind of document opens with, by code of kind."""

    by_kind: Annotated[Mapping[str, str], AfterValidator(lambda words: MappingProxyType(dict(words)))]


class DecisionEntry(Sourced):
    """What a decision rests on and its articles, as str.format patterns."""

    ground: str
    article: str


class MinutesEntry(Sourced):
    """Minutes tell day and place in their text; their two signatures have titles of their own."""

    date_in_header: bool
    left: str
    right: str


class SpellingEntry(Sourced):
    uy: Literal["ủy", "uỷ"]


class LayoutSection(Strict):
    page: PageEntry
    font: FontEntry
    party: LineEntry
    superior: LineEntry
    issuer: LineEntry
    separator: LineEntry
    number: LineEntry
    place_and_date: LineEntry
    kind_name: LineEntry
    summary: LineEntry
    summary_rule: LineEntry
    letter_summary: LineEntry
    body: BodyEntry
    page_number: PageNumberEntry
    date_rule: DateEntry
    headings: HeadingsEntry
    signature: SignatureEntry
    recipients: RecipientsEntry
    salutation: SalutationEntry
    decision: DecisionEntry
    minutes: MinutesEntry
    spelling: SpellingEntry


@dataclass(frozen=True, kw_only=True)
class Layout(Stated):
    """The layout of a day; the parts of `LayoutSection`, each with its own source.

    `is_substitute`: the layout of that time was not read, a later one stands in; the page should say so.
    """

    is_substitute: bool
    page: PageEntry
    font: FontEntry
    party: LineEntry
    superior: LineEntry
    issuer: LineEntry
    separator: LineEntry
    number: LineEntry
    place_and_date: LineEntry
    kind_name: LineEntry
    summary: LineEntry
    summary_rule: LineEntry
    letter_summary: LineEntry
    body: BodyEntry
    page_number: PageNumberEntry
    date_rule: DateEntry
    headings: HeadingsEntry
    signature: SignatureEntry
    recipients: RecipientsEntry
    salutation: SalutationEntry
    decision: DecisionEntry
    minutes: MinutesEntry
    spelling: SpellingEntry

    def date_line(self, place: str, day: date) -> str:
        """For example "Thủ Dầu Một, ngày 05 tháng 9 năm 2026"."""
        rule = self.date_rule
        return rule.pattern.format(
            place=place,
            day=f"{day.day:02d}" if day.day < rule.day_zero_below else day.day,
            month=f"{day.month:02d}" if day.month <= rule.month_zero_up_to else day.month,
            year=day.year,
        )
