"""What else was read from a file than its head: outline, citations, recipients, figures, each with its lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from nenep.documents.intake.measures import PERCENT, measures
from nenep.shared.templatetags.ui import vn_number
from nenep.shared.vietnamese import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nenep.arrivals.models import Intake

# Of a spreadsheet each cell is a figure; a page of more is read by nobody.
MOST_FIGURES, MOST_PARTS, MOST_CITED = 500, 300, 300
# Letters of a part that has no title, and the marks of items that are no parts of an outline.
_BEGINNING = 80
_ITEMS = ("-", "–", "—", "•", "+")


@dataclass(frozen=True, slots=True)
class Part:
    """A section in the outline; `depth` counts from 0."""

    depth: int
    words: str
    line: int


@dataclass(frozen=True, slots=True)
class Said:
    """A figure: as read, in words with what it counts, and what of the program's own it may be."""

    line: int
    as_read: str
    value: str
    meanings: list[str]
    context: str


@dataclass(frozen=True, slots=True)
class Findings:
    """`figures_left`: how many more figures there are than are shown."""

    parts: list[Part]
    citations: list[dict[str, Any]]
    recipients: list[dict[str, str]]
    figures: list[Said]
    figures_left: int

    @property
    def count(self) -> int:
        return len(self.figures) + self.figures_left


def found_in(told: dict[str, Any]) -> dict[str, Any]:
    """What `Intake.read` keeps of the answer of intake (`Reading.as_json`), in its own names."""
    return {
        "parts": list(_parts(told["sections"]))[:MOST_PARTS],
        "citations": told["citations"][:MOST_CITED],
        "figures": told["figures"][:MOST_FIGURES],
        "figures_left": max(0, len(told["figures"]) - MOST_FIGURES),
    }


def findings_of(intake: Intake) -> Findings:
    """As the page shows it; what was read by an older version has no outline and no citations."""
    read = intake.read
    return Findings(
        parts=[Part(*row) for row in read.get("parts", ())],
        citations=read.get("citations", []),
        recipients=[
            {"name": one["name"], "purpose": one["purpose"] or ""} for one in read.get("recipients", ())
        ],
        figures=[_said(one) for one in read["figures"]],
        figures_left=read.get("figures_left", 0),
    )


def _parts(sections: Iterable[dict[str, Any]], depth: int = 0) -> Iterator[list[Any]]:
    for one in sections:
        marker = one["marker"] or ""
        if marker.startswith(_ITEMS):
            continue
        words = one["title"] or one["text"].split("\n")[0]
        shown = (
            words if len(words) <= _BEGINNING or one["title"] else f"{words[:_BEGINNING].rsplit(' ', 1)[0]}…"
        )
        yield [depth, clean(f"{marker} {shown}"), one["line"]]
        yield from _parts(one["sections"], depth + 1)


def _said(figure: dict[str, Any]) -> Said:
    named = (measures().called(key) for key in figure.get("meanings", ()))
    return Said(
        figure["line"],
        figure["as_read"],
        _value(figure),
        [name for name in named if name],
        figure["context"],
    )


def _value(figure: dict[str, Any]) -> str:
    """ "ít nhất 85 %", "12 trên 15 đồng chí"; "" where the digits tell no number."""
    value, base, unit = figure.get("value"), figure.get("base"), figure.get("unit")
    if value is None:
        return ""
    number = vn_number(value) if base is None else f"{vn_number(value)}/{vn_number(base)}"
    words: Sequence[str] = [_bounds().get(figure.get("bound") or "", ""), number, unit or ""]
    return " ".join(filter(None, words)).replace(f" {PERCENT}", PERCENT)


def _bounds() -> dict[str, str]:
    return {
        "above": _("trên"),
        "at_least": _("ít nhất"),
        "below": _("dưới"),
        "at_most": _("nhiều nhất"),
        "about": _("khoảng"),
        "from": _("từ"),
        "to": _("đến"),
    }
