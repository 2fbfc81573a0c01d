"""The answer of `./nenep intake`: everything that is read from one file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nenep.documents.intake.checking import checks_of
from nenep.documents.intake.citations import citations_of, cited_in
from nenep.documents.intake.fields import fields_of
from nenep.documents.intake.figures import Figure, figures_of
from nenep.documents.intake.foot import Foot, foot_of
from nenep.documents.intake.head import Head, head_of, title_line
from nenep.documents.intake.lines import (
    PACKAGE,
    Line,
    kind_of_package,
    lines_of,
    lines_of_word,
    refuse_by_name,
)
from nenep.documents.intake.paragraphs import Paragraph, paragraphs_of
from nenep.documents.intake.sections import sections_of
from nenep.documents.intake.sheets import checks_in, figures_in, paragraphs_in, sections_in, sheets_of
from nenep.documents.intake.stamp import Stamp, stamp_of
from nenep.documents.intake.suspects import Suspect, suspect, suspects_of
from nenep.files.models import FileType
from nenep.shared.vietnamese import clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nenep.documents.intake.checks import Check
    from nenep.documents.intake.places import Span
    from nenep.documents.intake.sheets import Sheet
    from nenep.rulebook.numbering import Numbering


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, each thing with its place; `lines` are those of the file, for showing them beside the fields.

    `places`: those of the fields of head, stamp and foot, by the name that each has in the answer.
    """

    lines: Sequence[Line]
    head: Head
    stamp: Stamp
    foot: Foot
    opening: str
    sections: list[dict[str, Any]]
    citations: list[dict[str, Any]]
    figures: list[Figure]
    suspects: list[Suspect]
    checks: list[Check]
    places: Mapping[str, tuple[Span, ...]]

    def as_json(self) -> dict[str, Any]:
        """Plain values in the shape of `./nenep intake --json`."""
        head, foot = self.head, self.foot
        return {
            "kind": head.kind,
            "number": {"as_read": head.number, "uncertain": head.is_uncertain},
            "issuer": head.issuer,
            "place": head.place,
            "date": head.date,
            "subject": head.subject,
            "stamp": self.stamp.as_json(),
            "opening": self.opening or None,
            "sections": self.sections,
            "recipients": foot.recipients,
            "signer": foot.signer,
            "signed_as": foot.signed_as(),
            "citations": self.citations,
            "figures": [one.as_json() for one in self.figures],
            "suspects": [one.as_json() for one in self.suspects],
            "checks": [one.as_json() for one in self.checks],
        }


def read(name: str, content: bytes, numbering: Numbering) -> dict[str, Any]:
    """Plain values for JSON, lines counted from 1. Refused for a file that cannot be read.

    `numbering`: the kinds, the symbols and the grammar of numbers to read by; a day's pack knows the older ones too.
    """
    return reading_from(name, content, numbering).as_json()


def reading_from(
    name: str, content: bytes, numbering: Numbering, scanned: Mapping[int, Sequence[str]] | None = None
) -> Reading:
    """The same with its places. A spreadsheet has lines, figures and checks, but no head and no foot.

    `scanned`: the lines of the pages of a PDF that were read already (`lines.scanned_in`).
    """
    if not content.startswith(PACKAGE):
        return reading_of(lines_of(name, content, scanned), numbering)
    refuse_by_name(name, content)
    if kind_of_package(content) == FileType.XLSX:
        return _reading_of_sheets(sheets_of(content), numbering)
    return reading_of(lines_of_word(content), numbering)


def _reading_of_sheets(sheets: Sequence[Sheet], numbering: Numbering) -> Reading:
    told = paragraphs_in(sheets)
    cited = [sorted(cited_in(one.text, numbering)) for one in told]
    spared = [[(start, end) for start, end, _symbol in one] for one in cited]
    said = figures_of(list(zip(told, spared, strict=True)))
    figures = sorted([*said, *figures_in(sheets, len(told))], key=lambda one: (one.line, one.spans[0].start))
    found = suspects_of(list(zip(told, spared, strict=True)))
    return Reading(
        lines=[Line(row.line, row.text) for sheet in sheets for row in sheet.rows],
        head=Head(),
        stamp=Stamp(),
        foot=Foot(),
        opening="",
        sections=sections_in(sheets),
        citations=citations_of(told, numbering),
        figures=figures,
        suspects=sorted(found, key=lambda one: one.line),
        checks=sorted([*checks_of(told, said, cited), *checks_in(sheets)], key=lambda one: one.lines),
        places={},
    )


def read_lines(lines: Sequence[Line], numbering: Numbering) -> dict[str, Any]:
    return reading_of(lines, numbering).as_json()


def reading_of(lines: Sequence[Line], numbering: Numbering) -> Reading:
    title = title_line(lines, numbering)
    stamp = stamp_of(lines, title[0].number if title else None)
    own = [line for line in lines if line.number not in stamp.lines]
    head, foot = head_of(own, numbering), foot_of(own)
    # The subject cites documents too; the document's own number is no citation.
    told = paragraphs_of([line for line in own if line.number != head.number_at])
    body = [line for line in own if line.number > head.ends_at and line.number not in foot.lines]
    opening, sections = sections_of(paragraphs_of(body))
    cited = [sorted(cited_in(one.text, numbering)) for one in told]
    spared = [[(start, end) for start, end, _symbol in one] for one in cited]
    figures = figures_of(list(zip(told, spared, strict=True)))
    return Reading(
        lines=lines,
        head=head,
        stamp=stamp,
        foot=foot,
        opening=opening,
        sections=sections,
        citations=citations_of(told, numbering),
        figures=figures,
        suspects=_suspects(told, stamp, head, foot, lines, numbering),
        checks=checks_of(told, figures, cited),
        places=fields_of(lines, head, stamp, foot),
    )


def _suspects(
    told: Sequence[Paragraph],
    stamp: Stamp,
    head: Head,
    foot: Foot,
    lines: Sequence[Line],
    numbering: Numbering,
) -> list[Suspect]:
    """What the stamp's labels, the title, the numbers of documents and the words raise, in the order of the lines."""
    by_number = {line.number: Paragraph(clean(line.text), [(0, line.number)]) for line in lines}
    stamped = [by_number[number] for number in sorted(stamp.lines)]
    receiver = [paragraph for paragraph in stamped if paragraph.text == clean(stamp.receiver or "")]
    titles = {number for _as_read, _meant, number in head.misread}
    named = [one for one in told if one.text != foot.signer and one.line not in titles]
    found = suspects_of(
        [
            (one, [(start, end) for start, end, _symbol in cited_in(one.text, numbering)])
            for one in [*receiver, *named]
        ]
    )
    for as_read, meant, number in [*stamp.misread, *head.misread]:
        start = max(by_number[number].text.find(as_read), 0)
        found.append(suspect(by_number[number], start, start + len(as_read), meant))
    if head.is_uncertain and head.number_at and head.number:
        start = by_number[head.number_at].text.find(clean(head.number))
        found.append(suspect(by_number[head.number_at], start, start + len(clean(head.number)), None))
    for paragraph in told:
        for start, end, symbol in cited_in(paragraph.text, numbering):
            if (
                "-" in symbol and not symbol.split("-")[0].split("/")[0].isdecimal()
            ):  # a doubtful number has no candidate
                found.append(suspect(paragraph, start, end, None))
    return sorted(found, key=lambda one: one.line)
