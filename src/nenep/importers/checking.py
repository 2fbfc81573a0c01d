"""From the lines of a file to values by field: headers found by their words, every wrong cell named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from nenep.importers.columns import CellRefused
from nenep.shared.states import Refused
from nenep.shared.vietnamese import search_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nenep.importers.columns import Column
    from nenep.importers.schemas import Schema
    from nenep.importers.sheets import Line

# The column that a marked file carries; it comes back with the corrected file and is not looked at.
ERRORS = "Lỗi"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell: the row's number in the file, the column's header and place, a sentence."""

    row: int
    header: str
    place: int
    message: str


@dataclass(frozen=True, slots=True)
class Values:
    """One row of the file as values by field."""

    number: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as read: where each column stands, the rows that are right, the cells that are wrong."""

    places: dict[str, int]
    rows: list[Values]
    faults: list[Fault]


def read_sheet(schema: Schema, lines: Sequence[Line]) -> Sheet:
    """Refused when the header row is not that of the kind; a wrong cell is a fault and the rest is read on."""
    places = _places(schema, lines[0].cells)
    rows: list[Values] = []
    faults: list[Fault] = []
    for line in lines[1:]:
        values: dict[str, Any] = {}
        wrong = len(faults)
        for column in schema.columns:
            place = places.get(column.field)
            cell = line.cells[place] if place is not None and place < len(line.cells) else None
            try:
                values[column.field] = column.read(cell)
            except CellRefused as refused:
                faults.append(Fault(line.number, column.header, place or 0, str(refused)))
        if len(faults) == wrong:
            rows.append(Values(line.number, values))
    return Sheet(places, rows, faults)


def _places(schema: Schema, cells: Sequence[Any]) -> dict[str, int]:
    by_header = {search_key(column.header): column for column in schema.columns}
    places: dict[str, int] = {}
    strange = []
    for place, cell in enumerate(cells):
        key = search_key(str(cell or "")).rstrip(" *")
        if not key or key == search_key(ERRORS):
            continue
        column = by_header.get(key)
        if column is None:
            strange.append(str(cell).strip()[:40])
        elif column.field in places:
            raise Refused(
                _("Cột “%(header)s” có hai lần trong tệp. Đồng chí bỏ một.") % {"header": column.header}
            )
        else:
            places[column.field] = place
    _refuse_wrong_header(schema.columns, places, strange)
    return places


def _refuse_wrong_header(columns: Sequence[Column], places: dict[str, int], strange: list[str]) -> None:
    missing = [column.header for column in columns if column.required and column.field not in places]
    if missing:
        raise Refused(
            _("Dòng đầu của tệp thiếu cột: %(missing)s. Đồng chí dùng tệp mẫu của đúng loại dữ liệu này.")
            % {"missing": ", ".join(missing)}
        )
    if strange:
        raise Refused(
            _("Tệp có cột không thuộc mẫu: %(strange)s. Đồng chí sửa tên cột theo tệp mẫu hoặc bỏ cột ấy.")
            % {"strange": ", ".join(strange)}
        )
