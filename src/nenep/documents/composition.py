"""Puts content and layout together: cleaned, numbered, plain values that a renderer only has to set."""

from __future__ import annotations

import re
import unicodedata
from itertools import count
from typing import TYPE_CHECKING, Any, TypedDict

from django.utils.translation import gettext as _

from nenep.documents.content import (
    Article,
    Authority,
    Grounds,
    Heading,
    Invitation,
    NumberedList,
    Paragraph,
    Signature,
    Speech,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nenep.documents.content import Block, OfficialDocument
    from nenep.documents.layout import PageLayout

_ROMAN = (("C", 100), ("XC", 90), ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))
_NO_BREAK = "\u00a0"


class Piece(TypedDict):
    """One piece of the text; `kind` is "heading", "text", "table" or "authority", the rest as that kind needs it."""

    kind: str
    level: int
    lead: str
    text: str
    header: list[str]
    rows: list[list[str]]
    widths: list[int]
    aligned: list[str]


class Composition(TypedDict):
    """Lines as they are printed. `file_title` is what programs call the file; it is on no page."""

    file_title: str
    kind_name: str
    superior: list[str]
    issuer: list[str]
    number_line: str
    letter_summary: list[str]
    date_line: str
    title: list[str]
    salutation: list[str]
    pieces: list[Piece]
    left: list[dict[str, Any]]
    right: list[dict[str, Any]]
    recipients: list[str]
    added: list[Piece]
    note: str


def compose(document: OfficialDocument, layout: PageLayout) -> Composition:
    """The words of the page in order, as they are printed."""
    kind_name, title = (
        line(document.kind_name).upper(),
        [row for part in document.title for row in lines(part)],
    )
    is_unnamed = document.kind in layout.unnamed_kinds
    date_line = layout.date_line(line(document.place), document.day) if document.has_date_in_header else ""
    return {
        "file_title": " ".join([kind_name, *title]),
        "kind_name": "" if is_unnamed else kind_name,
        "superior": [row.upper() for row in lines(document.superior)],
        "issuer": [row.upper() for row in lines(document.issuer)],
        "number_line": line(document.number_line or ""),
        "date_line": _kept_together(date_line),
        "letter_summary": title if is_unnamed else [],
        "title": [] if is_unnamed else title,
        "salutation": _salutation(document, layout),
        "pieces": list(_pieces(document.blocks, layout)),
        "left": [_signed(signature) for signature in document.signatures if signature.side == "left"],
        "right": [_signed(signature) for signature in document.signatures if signature.side == "right"],
        "recipients": list(_recipients(document)),
        "added": list(_pieces(document.added, layout)),
        "note": " ".join(part for part in (line(document.note), _substitution(layout)) if part),
    }


def plain_text(page: Composition) -> str:
    """The words of the page in their order, a line for each paragraph, row or name: to search and to compare."""
    head = [
        *page["superior"],
        *page["issuer"],
        page["number_line"],
        *page["letter_summary"],
        page["date_line"],
    ]
    signed = [
        row
        for side in (page["left"], page["right"])
        for one in side
        for row in (one["capacity"], one["position"], one["name"])
    ]
    told = [
        *head,
        page["kind_name"],
        *page["title"],
        *page["salutation"],
        *_told(page["pieces"]),
        *page["recipients"],
        *signed,
        *_told(page["added"]),
    ]
    return "\n".join(row.replace(_NO_BREAK, " ") for row in told if row)


def _told(pieces: Iterable[Piece]) -> Iterator[str]:
    for piece in pieces:
        yield " ".join(part for part in (piece["lead"], piece["text"]) if part)
        for row in (piece["header"], *piece["rows"]):
            yield " ".join(cell.replace("\n", " ") for cell in row)


def _substitution(layout: PageLayout) -> str:
    """What a page set in a later layout than its own says about it."""
    if not layout.is_substitute:
        return ""
    later = {"guide": layout.name}
    return _("Trình bày theo thể thức của %(guide)s, gần nhất sau thời điểm ban hành.") % later


def line(text: str) -> str:
    """One line without characters that no page can show (controls, direction marks, half surrogates)."""
    return re.sub(" +", " ", "".join(char if _is_shown(char) else " " for char in _normal(text))).strip()


def lines(text: str) -> list[str]:
    """The lines of a typed text that hold something."""
    return [row for row in map(line, _normal(text).splitlines()) if row]


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\t", " "))


def _is_shown(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _kept_together(date_line: str) -> str:
    """A long place may stand on a line of its own, the day never breaks."""
    place, comma, day = date_line.rpartition(",")
    return f"{place}{comma} {day.strip().replace(' ', _NO_BREAK)}" if comma else date_line


def _salutation(document: OfficialDocument, layout: PageLayout) -> list[str]:
    """One addressee in the line of the opening word, several as a list below it."""
    names = [name for name in map(line, document.addressees) if name]
    if not names:
        return []
    word = dict(layout.salutations).get(document.kind)
    if word is None:
        raise ValueError(
            f"{layout.name} has no opening word for addressees of a paper of kind {document.kind!r}"
        )
    return [f"{word} {names[0]}"] if len(names) == 1 else [word, *_listed(names)]


def _listed(rows: Sequence[str]) -> list[str]:
    """Lines ending in a comma, the last one in a full stop."""
    bare = [row.rstrip(" .,;") for row in rows]
    return [f"- {row}{'.' if number == len(bare) else ','}" for number, row in enumerate(bare, start=1)]


def _pieces(blocks: Iterable[Block], layout: PageLayout) -> Iterator[Piece]:
    counters, articles = [0, 0, 0], count(1)
    for block in blocks:
        match block:
            case Heading():
                yield _heading(block, counters, layout)
            case Paragraph():
                yield from _text(block.text, lead=line(block.lead))
            case Speech():
                yield from _text(block.words, lead=f"{line(block.speaker)}:")
            case NumberedList():
                for number, item in enumerate(block.items, start=1):
                    yield from _text(item, label=_label(block.style, number, layout))
            case Table():
                yield _table(block)
            case Invitation():
                yield from _invitation(block)
            case Grounds() | Authority() | Article():
                yield from _decision(block, articles, layout)


def _heading(block: Heading, counters: list[int], layout: PageLayout) -> Piece:
    level, text = block.level, line(block.text)
    if block.is_numbered:
        counters[level - 1] += 1
        counters[level:] = [0] * (len(counters) - level)
        text = f"{_label(layout.headings[level - 1], counters[level - 1], layout)} {text}"
    return _piece("heading", level=level, text=text)


def _decision(
    block: Grounds | Authority | Article, articles: count[int], layout: PageLayout
) -> Iterator[Piece]:
    match block:
        case Grounds():
            for item in block.items:
                yield _piece("text", text=layout.ground.format(text=line(item).rstrip(" .,;")))
        case Authority():
            yield _piece("authority", text=line(block.text).upper())
        case Article():
            yield from _article(block, layout.article.format(number=next(articles)))


def _article(block: Article, label: str) -> Iterator[Piece]:
    """A title has the line of the number for itself."""
    if title := line(block.title):
        yield _piece("text", lead=f"{label} {title}")
        yield from _text(block.text)
    else:
        yield from _text(block.text, lead=label)


def _invitation(block: Invitation) -> Iterator[Piece]:
    """The parts of a giấy mời in the order of regulations.md 5.6."""
    asks = _("%(host)s trân trọng kính mời:") % {"host": line(block.host)}
    for label, text in (
        (asks, block.guests),
        (_("Đến dự:"), block.event),
        (_("Thời gian:"), block.time),
        (_("Địa điểm:"), block.place),
        (_("Nội dung:"), block.subject),
        (_("Chủ trì:"), block.chair),
        (_("Tài liệu:"), block.papers),
    ):
        if lines(text):
            yield from _text(text, lead=label)


def _text(text: str, *, lead: str = "", label: str = "") -> Iterator[Piece]:
    """A typed text as paragraphs; what stands before it goes into the first."""
    for number, row in enumerate(lines(text) or ([""] if lead else [])):
        shown = f"{label} {row}" if label and number == 0 else row
        yield _piece("text", lead=lead if number == 0 else "", text=shown)


def _table(block: Table) -> Piece:
    columns = len(block.header)
    return _piece(
        "table",
        header=[line(cell) for cell in block.header],
        rows=[["\n".join(lines(cell)) for cell in row] for row in block.rows],
        widths=list(block.widths) or [1] * columns,
        aligned=list(block.aligned) or ["left"] * columns,
    )


def _piece(kind: str, **parts: Any) -> Piece:
    empty = Piece(kind=kind, level=0, lead="", text="", header=[], rows=[], widths=[], aligned=[])
    return empty | parts  # type: ignore[return-value]


def _label(style: str, number: int, layout: PageLayout) -> str:
    """`style` is a specimen of the first number: "I-", "1.", "a)", "-"."""
    first, mark = style[:-1], style[-1]
    match first:
        case "I":
            return f"{_roman(number)}{mark}"
        case "a":
            return f"{_letter(number, layout.letters)}{mark}"
        case "1":
            return f"{number}{mark}"
    return style


def _roman(number: int) -> str:
    shown = ""
    for sign, value in _ROMAN:
        while number >= value:
            shown, number = shown + sign, number - value
    return shown


def _letter(number: int, letters: tuple[str, ...]) -> str:
    """a, b, c, d, đ, e ... and after the last letter aa, ab."""
    shown = ""
    while number:
        number, place = divmod(number - 1, len(letters))
        shown = letters[place] + shown
    return shown


def _signed(signature: Signature) -> dict[str, Any]:
    return {
        "capacity": line(signature.capacity).upper(),
        "position": line(signature.position).upper(),
        "name": line(signature.name),
    }


def _recipients(document: OfficialDocument) -> Iterator[str]:
    """Lines ending in a comma, the last one in a full stop."""
    for number, recipient in enumerate(document.recipients, start=1):
        purpose = f" ({line(recipient.purpose)})" if recipient.purpose else ""
        yield f"- {line(recipient.name)}{purpose}{'.' if number == len(document.recipients) else ','}"
