"""What is typed in one box, as blocks of a paper: read by the marks that clerks write (I-, 1., a), -), never markup.

The marks are those of `intake.sections`, so what goes out as Word is read back by the same rules. Numbers are printed
as they were typed; `checking` says where they do not follow each other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.documents.content import Article, Authority, Grounds, Heading, Paragraph, Table
from nenep.documents.intake.paragraphs import goes_on
from nenep.documents.intake.sections import HEADING, is_title, marked
from nenep.documents.intake.words import is_capitals
from nenep.shared.vietnamese import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nenep.documents.content import Alignment, Block

DECISION, INVITATION = "QĐ", "GM"
# A place that a skeleton leaves to be filled: the sign for it, or dots as on a printed form; "v.v..." is none.
UNFILLED = re.compile(r"(?<!v\.v)(?:…|\.{3,})")
CELL = re.compile(r"\s*\|\s*|\t+")
_GROUND = re.compile(r"^[-–]?\s*(?P<text>(?:Căn cứ|Xét|Theo đề nghị)\b.*)$")
_ARTICLE = re.compile(r"^Điều\s+(?P<number>\d+)\s*[.:]\s*(?P<text>.*)$", re.IGNORECASE)
_DECIDES = re.compile(r"^\W*.*QUYẾT ĐỊNH\W*$")
_LABEL = re.compile(
    r"^(?P<label>(?:.{1,120}\bkính mời|Đến dự|Thời gian|Địa điểm|Nội dung|Chủ trì|Tài liệu)\s*:)\s*(?P<text>.*)$"
)
# The level of "1." in `intake.sections`, a heading of the second level; what stands above it is of the first.
ARABIC = 3.0
# Letters of a column that holds a number only.
NARROW = 4


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph as typed, or a row of a table as its cells; `line`: its first line, counted from 1."""

    text: str
    line: int
    cells: tuple[str, ...] = ()


def rows_of(text: str) -> list[Row]:
    """The paragraphs: each line is one, but for a line in small letters that goes on with the sentence above it.

    An empty line always parts. Cells are parted by "|" or a tab, as pasted from a sheet.
    """
    made: list[Row] = []
    gap = True
    for number, typed in enumerate(text.splitlines(), start=1):
        cells = tuple(clean(cell) for cell in CELL.split(typed.strip().strip("|")))
        line = clean(typed)
        if not line:
            gap = True
            continue
        if len(cells) > 1 and any(cells):
            made.append(Row(" | ".join(cells), number, cells))
        elif made and not gap and not made[-1].cells and _goes_on(made[-1].text, line):
            made[-1] = Row(f"{made[-1].text} {line}", made[-1].line)
        else:
            made.append(Row(line, number))
        gap = False
    return made


def blocks_of(kind: str, text: str) -> tuple[Block, ...]:
    """The paper's blocks; `kind` is a code of the rulebook. Any text makes some, whatever it is."""
    return tuple(_decision(rows_of(text)) if kind == DECISION else _plain(rows_of(text), kind))


def unfilled(*texts: str) -> list[str]:
    """The lines that still hold a place to be filled, in their order."""
    return [clean(line) for text in texts for line in text.splitlines() if UNFILLED.search(line)]


def _goes_on(before: str, line: str) -> bool:
    # As across a gap: only what begins in small letters, never a new sentence.
    return goes_on(before, line, gap=True, last=before)


def _plain(rows: Sequence[Row], kind: str) -> Iterator[Block]:
    above: list[float] = []
    for group in _grouped(rows):
        if group[0].cells:
            yield _table(group)
            continue
        text = group[0].text
        label = _LABEL.match(text) if kind == INVITATION else None
        if label:
            yield Paragraph(label["text"], lead=label["label"])
        else:
            yield _block(text, above)


def _block(text: str, above: list[float]) -> Block:
    """`above`: the levels of the headings over it, which a heading changes."""
    marker, rest, level = marked(text, above)
    if level is None or (marker is None and not is_capitals(text)):
        return Paragraph(text)
    while above and above[-1] >= level:
        above.pop()
    above.append(level)
    if level > HEADING and not is_title(rest, level):
        return Paragraph(text)
    return Heading(text, level=1 if level <= HEADING else 2 if level == ARABIC else 3, is_numbered=False)


def _decision(rows: Sequence[Row]) -> Iterator[Block]:
    """What it rests on, who decides, the articles; what stands elsewhere stays a paragraph in its place."""
    grounds: list[str] = []
    begun = False
    for place, row in enumerate(rows):
        ground, article = _GROUND.match(row.text), _ARTICLE.match(row.text)
        if ground and not begun:
            grounds.append(ground["text"])
            continue
        if grounds:
            yield Grounds(tuple(grounds))
            grounds = []
        if article:
            begun = True
            yield _article(article["text"], rows[place + 1 : place + 2])
        elif not begun and is_capitals(row.text) and _DECIDES.match(row.text):
            yield Authority(row.text.rstrip(" :"))
        else:
            yield Paragraph(row.text)
    if grounds:
        yield Grounds(tuple(grounds))


def _article(text: str, below: Sequence[Row]) -> Article:
    """A short line without an end over running text is its title."""
    has_text = bool(below) and not _ARTICLE.match(below[0].text)
    is_named = has_text and not text.endswith((".", ";", ":", ","))
    return Article("", title=text) if is_named else Article(text)


def _grouped(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Each paragraph by itself, rows of as many cells together."""
    group: list[Row] = []
    for row in rows:
        if group and (not row.cells or len(row.cells) != len(group[0].cells)):
            yield group
            group = []
        if row.cells:
            group.append(row)
        else:
            yield [row]
    if group:
        yield group


def _table(rows: Sequence[Row]) -> Table:
    """The first row is the header; a column is as wide as its longest words ask for."""
    header, *below = (row.cells for row in rows)
    longest = [max(len(cells[column]) for cells in (header, *below)) for column in range(len(header))]
    widths = tuple(1 if length <= NARROW else min(6, 2 + length // 12) for length in longest)
    aligned: tuple[Alignment, ...] = tuple("center" if length <= NARROW else "left" for length in longest)
    return Table(header=header, rows=tuple(below), widths=widths, aligned=aligned)
