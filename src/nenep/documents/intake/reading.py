"""The answer of `./nenep intake`: everything that is read from one file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nenep.documents.intake.citations import citations_of
from nenep.documents.intake.foot import foot_of
from nenep.documents.intake.head import head_of, title_line
from nenep.documents.intake.lines import lines_of
from nenep.documents.intake.paragraphs import paragraphs_of
from nenep.documents.intake.sections import sections_of
from nenep.documents.intake.stamp import stamp_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nenep.documents.intake.lines import Line
    from nenep.rulebook.numbering import Numbering


def read(name: str, content: bytes, numbering: Numbering) -> dict[str, Any]:
    """Plain values for JSON, lines counted from 1. Refused for a file that cannot be read.

    `numbering`: the kinds, the symbols and the grammar of numbers to read by; a day's pack knows the older ones too.
    """
    return read_lines(lines_of(name, content), numbering)


def read_lines(lines: Sequence[Line], numbering: Numbering) -> dict[str, Any]:
    title = title_line(lines, numbering)
    stamp = stamp_of(lines, title[0].number if title else None)
    own = [line for line in lines if line.number not in stamp.lines]
    head, foot = head_of(own, numbering), foot_of(own)
    # The subject cites documents too; the document's own number is no citation.
    told = paragraphs_of([line for line in own if line.number != head.number_at])
    body = [line for line in own if line.number > head.ends_at and line.number not in foot.lines]
    opening, sections = sections_of(paragraphs_of(body))
    return {
        "kind": head.kind,
        "number": {"as_read": head.number, "uncertain": head.is_uncertain},
        "issuer": head.issuer,
        "place": head.place,
        "date": head.date,
        "subject": head.subject,
        "stamp": stamp.as_json(),
        "opening": opening or None,
        "sections": sections,
        "recipients": foot.recipients,
        "signer": foot.signer,
        "signed_as": foot.signed_as(),
        "citations": citations_of(told, numbering),
        "figures": [],
        "suspects": [],
        "checks": [],
    }
