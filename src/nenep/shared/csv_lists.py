"""Lists as CSV files that a spreadsheet opens with its Vietnamese letters, and without taking a word for a formula."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from django.http import HttpResponse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BOM = "\ufeff"  # without it a spreadsheet reads UTF-8 as the letters of its own country
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def csv_list(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A download `name`.csv, semicolons between cells: where the comma parts decimals, a spreadsheet asks for them."""
    answer = HttpResponse(BOM, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(answer, delimiter=";")
    writer.writerow(header)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return answer


def harmless(cell: object) -> str:
    """The text of a cell; what would begin a formula begins with an apostrophe."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
