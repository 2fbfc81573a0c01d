"""The head of a document: kind, number, issuer, place, date, subject. Damage stays as read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nenep.documents.intake.dates import date_in_words
from nenep.documents.intake.lines import Line, cells
from nenep.documents.intake.words import is_capitals, names_body
from nenep.shared.vietnamese import clean, search_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nenep.rulebook.numbering import DocumentKind, Numbering

# The head is the top of the first page; a title below this many filled lines is a quotation.
HEAD_LINES = 40
_NUMBER_LINE = re.compile(r"^S[ốôóòo6]\s*:?\s*(?P<value>.*)$", re.IGNORECASE)
_HAS_SYMBOL = re.compile(r"[-–]\s*(?P<type>[A-ZĐ][A-Za-zĐy]{1,4})\s*/\s*(?P<org>[A-ZĐ][\wĐ.]*)")
_DATE_LINE = re.compile(r"^(?:(?P<place>[^\d,]{2,60}),\s*)?(?=ng[àaá]y\b.*\bn[ăaâ]m\b)", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:V\s*/\s*v|Về việc|Trích yếu)\b[\s:.]*", re.IGNORECASE)
_ADDRESSED = re.compile(r"^Kính (?:gửi|trình)\b", re.IGNORECASE)
_PARTY = "dang cong san viet nam"
_STATE = ("cong hoa xa hoi chu nghia viet nam", "doc lap - tu do - hanh phuc")
_RULE = re.compile(r"^[\s*_\-–—=.~]+$")
_MARKS = "*_#~ "
# "I- ", "I. ", "1. ": what the first heading of a text begins with.
_SECTION = re.compile(r"(?:I|1)\s*[-–.]\s")


@dataclass(slots=True)
class Head:
    """`lines`: the numbers of its lines; `ends_at`: the last of them, below which the text begins.

    `misread`: (as read, meant, line) of a title that lost its marks.
    """

    kind: str | None = None
    number: str | None = None
    is_uncertain: bool = False
    issuer: str | None = None
    place: str | None = None
    date: str | None = None
    subject: str | None = None
    lines: set[int] = field(default_factory=set)
    misread: list[tuple[str, str, int]] = field(default_factory=list)
    number_at: int | None = None

    @property
    def ends_at(self) -> int:
        return max(self.lines, default=0)


def title_line(lines: Sequence[Line], numbering: Numbering) -> tuple[Line, DocumentKind] | None:
    """The line that is the name of a kind in capitals, such as "NGHỊ QUYẾT"; marks may be lost."""
    head = [line for line in lines if line.text.strip()][:HEAD_LINES]
    named = {kind.name.upper(): kind for kind in numbering.kinds.values() if kind.prints_name}
    for read in (lambda text: text, search_key):
        known = {read(name): kind for name, kind in named.items()}
        for line in head:
            text = _drawn_together(clean(line.text.strip(_MARKS)))
            if is_capitals(text) and (kind := _named_by(read(text), known)):
                return line, kind
    return None


def _named_by(text: str, known: Mapping[str, DocumentKind]) -> DocumentKind | None:
    """Minutes have their subject in the same line; other kinds stand alone."""
    if text in known:
        return known[text]
    return next(
        (kind for name, kind in known.items() if kind.code == "BB" and text.startswith(f"{name} ")), None
    )


def _drawn_together(text: str) -> str:
    """ "B Á O  C Á O" -> "BÁO CÁO" can only be told where the gaps differ; `clean` has made them one."""
    letters = text.split(" ")
    return "".join(letters) if len(letters) > 3 and all(len(letter) == 1 for letter in letters) else text


def head_of(lines: Sequence[Line], numbering: Numbering) -> Head:
    """`lines`: those of the document without its stamp."""
    head, title = Head(), title_line(lines, numbering)
    top = [line for line in lines if line.text.strip()][:HEAD_LINES]
    if title:
        head.kind = title[1].name
        as_read = clean(title[0].text.strip(_MARKS))[: len(head.kind)]
        if search_key(as_read) == search_key(head.kind) and as_read != head.kind.upper():
            head.misread.append((as_read, head.kind.upper(), title[0].number))
        head.lines.add(title[0].number)
    above = [line for line in top if not title or line.number < title[0].number]
    _read_number(head, cells(above if title else top), numbering)
    if not title and head.number_at is None:
        return head
    addressed = next((line.number for line in top if _ADDRESSED.match(line.text.strip())), None)
    if not title:
        above = [line for line in top if line.number < addressed] if addressed else []
        above = above or [line for line in top if line.number <= (head.number_at or 0) + 3]
    _read_date(head, cells(above))
    _read_issuer(head, cells(above), numbering)
    _read_subject(head, lines, title[0] if title else None, addressed)
    head.lines |= {line.number for line in above if _RULE.match(line.text) or _is_national(line.text)}
    return head


def _read_number(head: Head, rows: Sequence[Line], numbering: Numbering) -> None:
    """The number as it stands, certain only when the grammar reads all of it and every sign of it is a digit."""
    for row in rows:
        found = _NUMBER_LINE.match(row.text)
        value = found["value"].strip() if found else row.text
        symbol = _HAS_SYMBOL.search(value)
        if not symbol or (not found and symbol.start() > 6):
            continue
        whole = re.fullmatch(numbering.grammar.intake, value)
        head.number, head.number_at = value, row.number
        head.lines.add(row.number)
        kinds = [kind for kind in numbering.kinds.values() if kind.abbreviation == symbol["type"]]
        if head.kind is None and kinds:
            head.kind = kinds[0].name if len(kinds) == 1 else None
        agrees = not kinds or head.kind is None or head.kind in {kind.name for kind in kinds}
        head.is_uncertain = not (whole and whole["num"].isdecimal() and kinds and agrees)
        return


def _read_date(head: Head, rows: Sequence[Line]) -> None:
    for row in rows:
        if found := _DATE_LINE.match(row.text):
            head.place = clean(found["place"]) if found["place"] else None
            head.date = date_in_words(row.text[found.end() :])
            head.lines.add(row.number)
            return


def _read_issuer(head: Head, rows: Sequence[Line], numbering: Numbering) -> None:
    """The last body named in capitals above the number; without a head, what the symbol stands for."""
    bodies: list[str] = []
    for row in rows:
        text = row.text.strip(_MARKS)
        if head.number_at is not None and row.number > head.number_at:
            break
        if not is_capitals(text) or _is_national(text) or _HAS_SYMBOL.search(text):
            continue
        if names_body(text) or not bodies:
            bodies.append(clean(text))
        else:
            bodies[-1] = f"{bodies[-1]} {clean(text)}"
        head.lines.add(row.number)
    head.issuer = bodies[-1] if bodies else _issuer_by_symbol(head.number or "", numbering)


def _issuer_by_symbol(number: str, numbering: Numbering) -> str | None:
    found = _HAS_SYMBOL.search(number)
    parts = found["org"].split(".") if found else []
    names = [numbering.symbols[part].name for part in parts if part in numbering.symbols]
    return " ".join(names) if names and len(names) == len(parts) else None


def _is_national(text: str) -> bool:
    key = search_key(text.strip(_MARKS))
    return key == _PARTY or key in _STATE


def _read_subject(head: Head, lines: Sequence[Line], title: Line | None, addressed: int | None) -> None:
    """The lines below the title, or from "V/v" on; also what a stamp or a gap parted from them."""
    start = _where_subject_starts(lines, title, addressed)
    if start is None:
        return
    parts: list[str] = []
    same_line = clean(title.text.strip(_MARKS)) if title and head.kind else ""
    if len(same_line) > len(head.kind or "") and search_key(same_line).startswith(
        search_key(head.kind or "")
    ):
        parts.append(same_line[len(head.kind or "") :].strip())
    gap = False
    for line in lines[start:]:
        text = clean(line.text.strip(_MARKS))
        if not text:
            gap = bool(parts)
            continue
        if _RULE.match(line.text) and parts:
            head.lines.add(line.number)
            break
        if _is_end(text, parts, gap=gap) or (addressed and line.number >= addressed) or len(parts) > 8:
            break
        is_of_head = line.number in head.lines or _is_national(text)  # the right column of a letter
        if not _RULE.match(line.text) and not is_of_head:
            parts.append(_ABOUT.sub("", text) if not title else text)
            head.lines.add(line.number)
        gap = False
    head.subject = " ".join(parts).rstrip(" .") or None


def _where_subject_starts(lines: Sequence[Line], title: Line | None, addressed: int | None) -> int | None:
    if title:
        return next(place for place, line in enumerate(lines) if line.number == title.number) + 1
    for place, line in enumerate(lines):
        if addressed is not None and line.number >= addressed:
            return None
        if _ABOUT.match(line.text.strip()):
            return place
    return None


def _is_end(text: str, parts: Sequence[str], *, gap: bool) -> bool:
    """The first section or the foot ends it; after a gap only what goes on in small letters belongs to it still."""
    if not parts:
        return bool(_ADDRESSED.match(text))
    if _SECTION.match(text) or search_key(text).startswith("noi nhan"):
        return True
    goes_on = text[0].islower() and not parts[-1].endswith((".", ";"))
    return gap and not goes_on
