"""Spreadsheet files as rows of cells, in (.xlsx, .csv) and out (.xlsx); what goes out can hold no formula."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from nenep.files import packages
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST_ROWS = 200_000
MOST_COLUMNS = 100
ENCODINGS = ("utf-8-sig", "utf-16", "cp1258")
HEAD = Font(bold=True)
# What XML cannot hold; it would make the file unreadable.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
WRONG = PatternFill("solid", fgColor="F4C7C3")


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it stands in the file: its number there (from 1) and its cells."""

    number: int
    cells: tuple[Any, ...]


def read_lines(name: str, content: bytes) -> list[Line]:
    """Rows that hold anything, the header row first. Refused for a file that is no spreadsheet we read."""
    if len(content) > settings.FILE_MAX_BYTES:
        limit = {"limit": settings.FILE_MAX_BYTES // (1024 * 1024)}
        raise Refused(_("Tệp lớn hơn %(limit)s MB. Đồng chí chia thành nhiều tệp nhỏ hơn.") % limit)
    rows = _xlsx_rows(content) if content.startswith(b"PK") else _csv_rows(name, content)
    lines = []
    for number, cells in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise Refused(_("Tệp có quá %(most)s dòng. Đồng chí chia thành nhiều tệp.") % {"most": MOST_ROWS})
        if any(cell not in {None, ""} for cell in cells):
            lines.append(Line(number, tuple(cells[:MOST_COLUMNS])))
    if not lines:
        raise Refused(_("Tệp này không có dòng nào. Đồng chí dùng tệp mẫu rồi nạp lại."))
    return lines


def write_book(sheets: Iterable[tuple[str, Iterable[Sequence[Any]]]]) -> bytes:
    """A workbook of named sheets; the first row of each is its header, kept in view."""
    book = Workbook(write_only=True)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for number in range(1, 30):
            sheet.column_dimensions[get_column_letter(number)].width = 20
        for place, row in enumerate(rows):
            sheet.append([_cell(sheet, value, head=place == 0) for value in row])
    return _saved(book)


def write_marked(rows: Iterable[tuple[Sequence[Any], dict[int, str]]], *, title: str) -> bytes:
    """A sheet in which wrong cells are red with a comment, and a last column gathers what is wrong."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place, (values, wrong) in enumerate(rows):
        cells = [_cell(sheet, value, head=place == 0) for value in values]
        for column, sentence in wrong.items():
            if column < len(cells):
                cells[column].fill = WRONG
                cells[column].comment = Comment(sentence, _("Nền nếp"), width=320, height=90)
        sheet.append(cells)
    return _saved(book)


def _xlsx_rows(content: bytes) -> Iterator[tuple[Any, ...]]:
    # Years of a district make one long sheet; the rows are counted as they are read.
    packages.checked(content, most_text=packages.MAX_UNPACKED)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its own size is not to be trusted
        yield from sheet.iter_rows(values_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError) as error:
        raise Refused(_("Không đọc được tệp này. Đồng chí lưu lại thành .xlsx rồi nạp lại.")) from error


def _csv_rows(name: str, content: bytes) -> Iterator[tuple[Any, ...]]:
    if not name.lower().endswith((".csv", ".txt")) or b"\x00\x00" in content[:1000]:
        raise Refused(_("Chỉ đọc được tệp .xlsx và .csv. Đồng chí lưu lại thành .xlsx rồi nạp lại."))
    written = _decoded(content)
    head = written.partition("\n")[0]
    divider = max(";\t,", key=head.count)
    try:
        yield from (tuple(row) for row in csv.reader(io.StringIO(written, newline=""), delimiter=divider))
    except csv.Error as error:
        raise Refused(_("Không đọc được tệp này. Đồng chí lưu lại thành .xlsx rồi nạp lại.")) from error


def _decoded(content: bytes) -> str:
    encodings = ENCODINGS if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig",)
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(
        _("Tệp .csv không ghi bằng mã UTF-8. Đồng chí lưu lại thành “CSV UTF-8” hoặc .xlsx rồi nạp lại.")
    )


def _cell(sheet: Any, value: Any, *, head: bool) -> Any:
    """Text is written as text whatever it begins with, so that "=1+1" stays a text in every program."""
    cell = WriteOnlyCell(sheet, value=None)
    if isinstance(value, (bool, int, float)):
        cell.value = value
    elif isinstance(value, date):
        cell.value, cell.number_format = value, "dd/mm/yyyy"
    elif value not in {None, ""}:
        cell.value = _UNPRINTABLE.sub(" ", str(value))
        cell.data_type = "s"
        cell.number_format = "@"
        cell.quotePrefix = True
    if head:
        cell.font = HEAD
    return cell


def _saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
