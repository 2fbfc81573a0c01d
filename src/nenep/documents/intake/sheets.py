"""Spreadsheets: each row of each sheet is a line, each number a figure that its column and its row name."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from nenep.documents.intake.checks import Check, check_of, written
from nenep.documents.intake.figures import Figure
from nenep.documents.intake.measures import PERCENT, measures
from nenep.documents.intake.paragraphs import Paragraph
from nenep.documents.intake.places import Span
from nenep.files import marking, packages
from nenep.files.models import FileType
from nenep.files.parts import Elements, told
from nenep.shared.states import Refused
from nenep.shared.vietnamese import clean, search_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_ROWS, MAX_COLUMNS, MAX_HEADER_ROWS = 5_000, 60, 3
# Columns that number, date or name something.
_NOT_COUNTED = re.compile(
    r"^(?:stt|tt|so tt|so thu tu|nam|nam sinh|ngay.*|thang|ma.*|so (?:dien thoai|the|hieu|cmnd|cccd|dt).*|dien thoai.*|"
    r"sdt|cccd.*|cmnd.*|ghi chu)$"
)
_TOTAL = re.compile(r"^(?:tong(?: cong| so)?|cong|toan (?:dang bo|huyen|xa|tinh|khoi))\b")
_PART = re.compile(r"^(?:trong do|[-+*–])")
_ROMAN = re.compile(r"[IVXL]+\.?")
_SHARE = re.compile(r"%|tỷ lệ|tỉ lệ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """`value` for numbers (94.6 for 94,6 %); `start`: where its text begins in the line."""

    column: int
    text: str
    value: float | None
    is_share: bool
    start: int


@dataclass(slots=True)
class Row:
    line: int
    cells: list[Cell]

    @property
    def text(self) -> str:
        return " ".join(cell.text for cell in self.cells)

    @property
    def label(self) -> str:
        """The words of its first column of words."""
        return next(
            (cell.text for cell in self.cells if cell.value is None and not _ROMAN.fullmatch(cell.text)), ""
        )


@dataclass(slots=True)
class Sheet:
    """`heads`: column -> the words above its numbers."""

    title: str
    rows: list[Row] = field(default_factory=list)
    heads: dict[int, str] = field(default_factory=dict)


def sheets_of(content: bytes) -> list[Sheet]:
    """Lines are counted through all sheets. Refused for a secret marking, and for more than 5,000 rows.

    `content`: a package that `lines.kind_of_package` has taken.
    """
    if marking.in_header(FileType.XLSX, content):
        raise marking.SecretMarking("header")
    try:
        _refuse_long(content)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        made, line = [], 0
        for sheet in book.worksheets:
            rows = [_row(line + number, cells) for number, cells in enumerate(_cells(sheet), start=1)]
            line += len(rows)
            made.append(Sheet(clean(sheet.title), rows, _heads(rows)))
    except (*packages.BROKEN, InvalidFileException, KeyError, TypeError, AttributeError) as broken:
        raise Refused(packages.broken()) from broken
    if not any(row.cells for sheet in made for row in sheet.rows):
        raise Refused("Tệp này không có chữ nào để đọc. Đồng chí chọn lại tệp.")
    return made


def _refuse_long(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in packages.xml_parts(package):
            for number, (_tag, attributes, _text) in enumerate(told(package, name, Elements("row")), start=1):
                at = attributes.get("r", "")
                if number > MAX_ROWS or (at.isdecimal() and int(at) > MAX_ROWS):
                    raise Refused("Bảng tính quá dài để đọc. Đồng chí chia nhỏ tệp.")


def _cells(sheet: Any) -> Iterator[tuple[Any, ...]]:
    sheet.reset_dimensions()
    yield from sheet.iter_rows(max_col=MAX_COLUMNS + 1, max_row=MAX_ROWS)


def _row(line: int, cells: Sequence[Any]) -> Row:
    made, start = [], 0
    for column, cell in enumerate(cells):
        value = cell.value
        if value is None or isinstance(value, bool):
            continue
        if column == MAX_COLUMNS:
            raise Refused("Bảng tính quá rộng để đọc. Đồng chí chia nhỏ tệp.")
        number, is_share = None, False
        if isinstance(value, int | float):
            is_share = "%" in (cell.number_format or "")
            number = round(value * 100 if is_share else value, 6)
            text = _shown(number, cell.number_format or "") + (PERCENT if is_share else "")
        else:
            text = clean(value.strftime("%d/%m/%Y") if hasattr(value, "strftime") else str(value))
        if text:
            made.append(Cell(column, text, number, is_share, start))
            start += len(text) + 1
    return Row(line, made)


def _shown(number: float, number_format: str) -> str:
    """As the sheet shows it: with points between the thousands only where it says so."""
    return written(number) if "#,##" in number_format else written(number).replace(".", "")


def _heads(rows: Sequence[Row]) -> dict[int, str]:
    """The words above the first number of each column, as far as their rows hold words in two columns."""
    first = next(
        (at for at, row in enumerate(rows) if any(_is_counted(cell, {}) for cell in row.cells)), None
    )
    heads: dict[int, str] = {}
    for row in rows[max(0, (first or 0) - MAX_HEADER_ROWS) : first] if first else []:
        if len(row.cells) > 1 and all(cell.value is None for cell in row.cells):
            for cell in row.cells:
                heads[cell.column] = f"{heads.get(cell.column, '')} {cell.text}".strip()
    return heads


def _is_counted(cell: Cell, heads: dict[int, str]) -> bool:
    return cell.value is not None and not _NOT_COUNTED.match(search_key(heads.get(cell.column, "")))


def paragraphs_in(sheets: Sequence[Sheet]) -> list[Paragraph]:
    """Each cell with words is a paragraph that knows its place in the line."""
    return [
        Paragraph(cell.text, [(-cell.start, row.line)])
        for sheet in sheets
        for row in sheet.rows
        for cell in row.cells
        if cell.value is None
    ]


def figures_in(sheets: Sequence[Sheet], first: int) -> list[Figure]:
    """One for each number that counts; `first`: the number of the paragraph that the first of them stands for."""
    return [
        _figure(sheet, row, cell, place)
        for place, (sheet, row, cell) in enumerate(
            (
                (sheet, row, cell)
                for sheet in sheets
                for row in sheet.rows
                for cell in row.cells
                if _is_counted(cell, sheet.heads)
            ),
            start=first,
        )
    ]


def _figure(sheet: Sheet, row: Row, cell: Cell, place: int) -> Figure:
    head = sheet.heads.get(cell.column, "")
    unit = PERCENT if cell.is_share or _SHARE.search(head) else None
    for words in (head, row.label):
        found = measures().unit.search(words)
        if unit is None and found:
            unit = found[0].lower()
    return Figure(
        as_read=cell.text,
        value=cell.value,
        base=None,
        unit=unit,
        bound=None,
        meanings=measures().meanings(unit, f"{row.label} {head}", sheet.title),
        context=": ".join(filter(None, (row.label, head, cell.text))),
        paragraph=place,
        start=0,
        end=len(cell.text),
        spans=(Span(row.line, cell.start, cell.start + len(cell.text)),),
    )


def checks_in(sheets: Sequence[Sheet]) -> Iterator[Check]:
    """The row of totals against the rows above it."""
    for sheet in sheets:
        rows: list[Row] = []
        for row in sheet.rows:
            if _TOTAL.match(search_key(row.label)):
                yield from _totals(sheet, rows, row)
                rows = []
            elif not _PART.match(search_key(row.label)) and (
                (rows and row.cells) or any(_is_counted(cell, sheet.heads) for cell in row.cells)
            ):
                rows.append(row)


def _totals(sheet: Sheet, rows: Sequence[Row], total: Row) -> Iterator[Check]:
    """With groups (I, II) only those are added. A column with a gap is no sum, nor is one of shares."""
    groups = [row for row in rows if row.cells and _ROMAN.fullmatch(row.cells[0].text)]
    for cell in total.cells:
        head = sheet.heads.get(cell.column, "")
        if not _is_counted(cell, sheet.heads) or cell.is_share or _SHARE.search(head) or not head:
            continue
        added = [one for row in groups or rows for one in row.cells if one.column == cell.column]
        if len(added) < 2 or len(added) != len(groups or rows) or any(one.value is None for one in added):
            continue
        found = round(sum(one.value or 0 for one in added), 6)
        if cell.value is not None and found != round(cell.value, 6):
            parts = [
                _figure(sheet, row, one, 0) for row in groups or rows for one in row.cells if one in added
            ]
            yield check_of(
                "sum",
                cell.value,
                found,
                [_figure(sheet, total, cell, 0), *parts],
                f"Cột “{head}” cộng lại là {written(found)}, nhưng dòng tổng ghi {written(cell.value)}.",
            )


def sections_in(sheets: Sequence[Sheet]) -> list[dict[str, Any]]:
    """A section for each sheet that is not empty, with a line of text for each row."""
    return [
        {
            "marker": None,
            "title": sheet.title,
            "line": filled[0].line,
            "text": "\n".join(" | ".join(cell.text for cell in row.cells) for row in filled),
            "sections": [],
        }
        for sheet in sheets
        if (filled := [row for row in sheet.rows if row.cells])
    ]
