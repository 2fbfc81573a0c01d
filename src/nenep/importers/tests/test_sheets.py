"""Sheets as files: what an export of many years needs is read, though no attachment may be as long."""

import io
from random import Random

import pytest
from openpyxl import Workbook

from nenep.files import packages
from nenep.files.checking import check
from nenep.importers.sheets import read_lines
from nenep.shared.states import Refused


def long_sheet(rows):
    draw, book = Random(1), Workbook(write_only=True)
    page = book.create_sheet()
    for number in range(rows):
        page.append([number, draw.randbytes(15_000).hex()])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_sheet_longer_than_any_attachment_is_read():
    rows = packages.MAX_TEXT // 30_000 + 1
    content = long_sheet(rows)
    assert len(read_lines("bang.xlsx", content)) == rows
    with pytest.raises(Refused, match="quá dài để kiểm tra"):
        check("bang.xlsx", content)
