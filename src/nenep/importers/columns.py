"""What may stand in a cell: each column turns what a person typed into a value, or says what is wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from nenep.people.loading import Stay
from nenep.people.models import Status
from nenep.shared.dates import FOREVER
from nenep.shared.vietnamese import clean, search_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import TextChoices

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_MONTH = re.compile(r"(?:tháng\s*)?(\d{1,2})[/.-](\d{4})", re.IGNORECASE)
_TIME = re.compile(r"(\d{1,2})\s*[:hg]\s*(\d{2})?(?::00)?", re.IGNORECASE)
_TICKS = {
    "x": True,
    "co": True,
    "1": True,
    "true": True,
    "": False,
    "khong": False,
    "0": False,
    "false": False,
}


class CellRefused(Exception):
    """What was typed is no such value; the message is a Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `field` in the row, `header` on the sheet, `parse` from cell to value, `show` back."""

    field: str
    header: str
    parse: Callable[[Any], Any]
    show: Callable[[Any], Any]
    example: Any = ""
    hint: str = ""
    required: bool = False
    default: Any = ""
    allowed: tuple[str, ...] = ()

    def read(self, cell: Any) -> Any:
        """The value of a cell; an empty one gives the default, or is refused where something is required."""
        if cell is None or (isinstance(cell, str) and not clean(cell)):
            if self.required:
                raise CellRefused(_("Ô này không được để trống."))
            return self.default
        return self.parse(cell)


def text(name: str, header: str, **options: Any) -> Column:
    return Column(name, header, read_text, str, **options)


def day(name: str, header: str, **options: Any) -> Column:
    options.setdefault("default", None)
    return Column(name, header, read_day, show_day, **options)


def end_day(name: str, header: str, **options: Any) -> Column:
    """The first day on which it no longer holds; empty means until further notice."""
    return day(name, header, default=FOREVER, **options)


def month(name: str, header: str, **options: Any) -> Column:
    return Column(name, header, read_month, lambda value: f"{value:%m/%Y}", **options)


def clock(name: str, header: str, **options: Any) -> Column:
    return Column(name, header, read_time, lambda value: f"{value:%H:%M}", **options)


def number(name: str, header: str, **options: Any) -> Column:
    return Column(name, header, read_number, lambda value: "" if value is None else value, **options)


def tick(name: str, header: str, **options: Any) -> Column:
    return Column(name, header, read_tick, lambda value: "x" if value else "", default=False, **options)


def choice(name: str, header: str, choices: type[TextChoices], **options: Any) -> Column:
    """One of the words of a list, marks and case ignored; the sheet of allowed values shows them."""
    words = {search_key(str(item.label)): item for item in choices} | {item.value: item for item in choices}
    return Column(
        name,
        header,
        lambda cell: read_choice(cell, words),
        lambda value: str(choices(value).label),
        allowed=tuple(str(item.label) for item in choices),
        **options,
    )


def codes(name: str, header: str, **options: Any) -> Column:
    """Several codes, divided by ";" or ","."""
    return Column(name, header, read_codes, "; ".join, default=(), **options)


def stays(name: str, header: str, **options: Any) -> Column:
    """Stated statuses: "Miễn công tác và sinh hoạt: 01/02/2015 - 01/08/2015; ..."; a host in brackets."""
    return Column(name, header, read_stays, show_stays, default=(), **options)


def read_text(cell: Any) -> str:
    """A code typed as a number stays what the eye sees: 12, not 12.0."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        raise CellRefused(_("Ô này phải là chữ, không phải ngày."))
    return clean(str(cell).removeprefix("'"))


def read_day(cell: Any) -> date:
    """A real date, or typed 04/12/2026; day before month, always."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    typed = read_text(cell)
    try:
        if found := _DAY.fullmatch(typed):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _ISO_DAY.fullmatch(typed):
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise CellRefused(_("Không có ngày %(typed)s.") % {"typed": typed}) from None
    raise CellRefused(
        _("“%(typed)s” không phải ngày. Đồng chí ghi ngày/tháng/năm, ví dụ 04/12/2026.")
        % {"typed": typed[:40]}
    )


def show_day(value: date | None) -> Any:
    """Real dates for the spreadsheet; "until further notice" is an empty cell."""
    return "" if value in {None, FOREVER} else value


def read_month(cell: Any) -> date:
    """The first day of a month typed 11/2026, or of any day in it."""
    if isinstance(cell, (date, datetime)):
        return date(cell.year, cell.month, 1)
    typed = read_text(cell)
    found = _MONTH.fullmatch(typed)
    if not found or not 1 <= int(found[1]) <= 12:
        raise CellRefused(
            _("“%(typed)s” không phải tháng. Đồng chí ghi tháng/năm, ví dụ 11/2026.") % {"typed": typed[:40]}
        )
    return date(int(found[2]), int(found[1]), 1)


def read_time(cell: Any) -> time:
    if isinstance(cell, datetime):
        return cell.time().replace(second=0, microsecond=0)
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0)
    typed = read_text(cell)
    found = _TIME.fullmatch(typed)
    if found and int(found[1]) < 24 and int(found[2] or 0) < 60:
        return time(int(found[1]), int(found[2] or 0))
    raise CellRefused(_("“%(typed)s” không phải giờ. Đồng chí ghi như 14:00.") % {"typed": typed[:40]})


def read_number(cell: Any) -> int:
    typed = read_text(cell)
    if not re.fullmatch(r"\d{1,5}", typed):
        raise CellRefused(_("“%(typed)s” không phải số nguyên từ 0 trở lên.") % {"typed": typed[:40]})
    if int(typed) > 32767:
        raise CellRefused(_("Số %(typed)s lớn quá.") % {"typed": typed})
    return int(typed)


def read_tick(cell: Any) -> bool:
    key = search_key(read_text(cell))
    if key not in _TICKS:
        raise CellRefused(_("Ô này chỉ ghi x hoặc để trống."))
    return _TICKS[key]


def read_choice(cell: Any, words: Mapping[str, Any]) -> Any:
    typed = read_text(cell)
    found = words.get(search_key(typed))
    if found is None:
        raise CellRefused(
            _("“%(typed)s” không có trong danh mục; xem trang “Giá trị được dùng” của tệp mẫu.")
            % {"typed": typed[:40]}
        )
    return found


def read_codes(cell: Any) -> tuple[str, ...]:
    return tuple(code for part in re.split(r"[;,]", read_text(cell)) if (code := part.strip()))


_STAY = re.compile(
    r"(?P<status>[^:(]+?)\s*(?:\((?P<host>[^)]+)\))?\s*:\s*(?P<start>\S+)\s*(?:-|–)\s*(?P<end>\S+)?"
)
_STATUSES = {search_key(str(item.label)): item for item in Status if item.is_stated}


def read_stays(cell: Any) -> tuple[Stay, ...]:
    return tuple(_read_stay(part.strip()) for part in read_text(cell).split(";") if part.strip())


def _read_stay(part: str) -> Stay:
    found = _STAY.fullmatch(part)
    if not found:
        raise CellRefused(
            _(
                "“%(typed)s” chưa đúng. Đồng chí ghi như “Miễn công tác và sinh hoạt: 01/02/2015 - 01/08/2015”."
            )
            % {"typed": part[:60]}
        )
    status = read_choice(found["status"], _STATUSES)
    end = read_day(found["end"]) if found["end"] else FOREVER
    return Stay(status, read_day(found["start"]), end, (found["host"] or "").strip())


def show_stays(value: tuple[Stay, ...]) -> str:
    return "; ".join(_show_stay(stay) for stay in sorted(value, key=lambda stay: stay.start))


def _show_stay(stay: Stay) -> str:
    host = f" ({stay.host})" if stay.host else ""
    end = "" if stay.end == FOREVER else f" {stay.end:%d/%m/%Y}"
    return f"{stay.status.label}{host}: {stay.start:%d/%m/%Y} -{end}"
