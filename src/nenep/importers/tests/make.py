"""Sheets for tests: rows by header words, as .xlsx or .csv."""

import csv
import io

from openpyxl import Workbook, load_workbook

from nenep.importers.operations import check, load
from nenep.importers.schemas import SCHEMAS


def sheet(kind, *rows, headers=None):
    """An .xlsx of the kind; each row maps a field to what is typed into its cell."""
    columns = SCHEMAS[kind].columns
    book = Workbook()
    page = book.active
    page.append(headers or [column.header for column in columns])
    for row in rows:
        strange = set(row) - {column.field for column in columns}
        assert not strange, strange
        page.append([row.get(column.field) for column in columns])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def csv_sheet(kind, *rows, divider=",", encoding="utf-8-sig"):
    columns = SCHEMAS[kind].columns
    target = io.StringIO()
    writer = csv.writer(target, delimiter=divider)
    writer.writerow([column.header for column in columns])
    for row in rows:
        writer.writerow([row.get(column.field, "") for column in columns])
    return target.getvalue().encode(encoding)


def load_rows(kind, *rows, by=None):
    return load(kind, "bang.xlsx", sheet(kind, *rows), by=by)


def check_rows(kind, *rows, by=None):
    return check(kind, "bang.xlsx", sheet(kind, *rows), by=by)


def cells(content, title=None):
    book = load_workbook(io.BytesIO(content))
    page = book[title] if title else book.worksheets[0]
    return [[cell.value for cell in row] for row in page.iter_rows()]
