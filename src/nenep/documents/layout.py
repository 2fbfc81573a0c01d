"""The measures of an official page, as plain numbers that both renderers read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.rulebook import rules_on

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from nenep.rulebook.layout import Layout

# Where a guide names no measure (HD 36 gives no line distance), the page takes these; HD 05 names the same.
LINE_PT, GAP_PT, INDENT_MM = 18, 6, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLayout:
    """Sizes in points, margins and indents in millimetres. `line_pt` is the exact distance of two lines."""

    name: str
    is_substitute: bool = False
    needs_review: bool = True
    # The family that Word asks for; the PDF embeds its metric twin.
    font: str = "Times New Roman"
    top_mm: int = 20
    bottom_mm: int = 20
    left_mm: int = 30
    right_mm: int = 15
    party: str = "ĐẢNG CỘNG SẢN VIỆT NAM"
    party_pt: int = 15
    superior_pt: int = 14
    issuer_pt: int = 14
    separator: str = "*"
    number_pt: int = 14
    date_pt: int = 14
    kind_pt: int = 16
    title_pt: int = 14
    title_rule: str = "-----"
    body_pt: int = 14
    line_pt: int = LINE_PT
    gap_pt: int = GAP_PT
    indent_mm: int = INDENT_MM
    table_pt: int = 13
    page_number_pt: int = 14
    recipients: str = "Nơi nhận:"
    recipients_pt: int = 12
    position_bold: bool = False
    letter_summary_pt: int = 12
    # Kinds that are known by their number alone, and the word that a kind opens with.
    unnamed_kinds: tuple[str, ...] = ("CV",)
    salutations: tuple[tuple[str, str], ...] = (("CV", "Kính gửi:"), ("TTr", "Kính trình:"))
    ground: str = "- {text};"
    article: str = "Điều {number}."
    headings: tuple[str, ...] = ("I-", "1.", "a)")
    letters: tuple[str, ...] = tuple("abcdđeghik")
    date_pattern: str = "{place}, ngày {day} tháng {month} năm {year}"
    day_zero_below: int = 10
    month_zero_up_to: int = 2

    def date_line(self, place: str, day: date | None) -> str:
        """The date in the head.

        A paper without a date leaves room to write it by hand; one without a place begins with the day.
        """
        shown = self.date_pattern.format(place=place, **self._day_in_words(day)).lstrip(" ,")
        return shown[:1].upper() + shown[1:]

    def _day_in_words(self, day: date | None) -> dict[str, str]:
        if day is None:
            return {"day": "....", "month": "....", "year": "........"}
        return {
            "day": f"{day.day:02d}" if day.day < self.day_zero_below else str(day.day),
            "month": f"{day.month:02d}" if day.month <= self.month_zero_up_to else str(day.month),
            "year": str(day.year),
        }


def layout_on(day: date, scopes: Sequence[str] = ()) -> PageLayout:
    """The layout in force on `day`; where that one was never read, the nearest later one, marked so."""
    rules = rules_on(day, scopes)
    unnamed = tuple(code for code, kind in rules.numbering.kinds.items() if not kind.prints_name)
    return page_layout(rules.layout, unnamed)


def page_layout(rules: Layout, unnamed_kinds: tuple[str, ...]) -> PageLayout:
    body, dates = rules.body, rules.date_rule
    return PageLayout(
        name=rules.pack.title,
        is_substitute=rules.is_substitute,
        needs_review=rules.needs_review,
        font=rules.font.family,
        top_mm=rules.page.top_mm,
        bottom_mm=rules.page.bottom_mm,
        left_mm=rules.page.left_mm,
        right_mm=rules.page.right_mm,
        party=rules.party.text,
        party_pt=rules.party.size_pt,
        superior_pt=rules.superior.size_pt,
        issuer_pt=rules.issuer.size_pt,
        separator=rules.separator.text,
        number_pt=rules.number.size_pt,
        date_pt=rules.place_and_date.size_pt,
        kind_pt=rules.kind_name.size_max_pt or rules.kind_name.size_pt,
        title_pt=rules.summary.size_pt,
        title_rule=rules.summary_rule.text,
        body_pt=body.size_pt,
        line_pt=body.line_spacing_min_pt or LINE_PT,
        gap_pt=GAP_PT if body.paragraph_gap_pt is None else body.paragraph_gap_pt,
        indent_mm=INDENT_MM if body.first_line_indent_mm is None else body.first_line_indent_mm,
        recipients=rules.recipients.heading,
        position_bold=rules.signature.capacity_bold,
        letter_summary_pt=rules.letter_summary.size_pt,
        unnamed_kinds=unnamed_kinds,
        salutations=tuple(rules.salutation.by_kind.items()),
        ground=rules.decision.ground,
        article=rules.decision.article,
        headings=rules.headings.levels,
        letters=rules.headings.letters,
        date_pattern=dates.pattern,
        day_zero_below=dates.day_zero_below,
        month_zero_up_to=dates.month_zero_up_to,
    )
