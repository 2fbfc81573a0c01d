"""Dates as far as they are known: ISO 8601, where what is missing at the end or the start stays away."""

from __future__ import annotations

import re
from datetime import date

_WORDS = re.compile(
    r"ng[àaá]y\s*(?P<day>[\w.…]*)\s*th[áaà]ng\s*(?P<month>[\w.…]*)\s*n[ăaâ]m\s*(?P<year>[\w.…]*)",
    re.IGNORECASE,
)
_FIGURES = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})(?:\s*[/.-]\s*(?P<year>\d{4}))?(?!\d)"
)


def date_in_words(text: str) -> str | None:
    """ "ngày 05 tháng 9 năm 2026" -> "2026-09-05"; an empty or doubtful day or month stays away ("2026-09")."""
    found = _WORDS.search(text)
    return _iso(found["day"], found["month"], found["year"]) if found else None


def partial_date(text: str) -> str | None:
    """ "29/9/2015" -> "2015-09-29"; "29/9" -> "--09-29", the year is not known. None for what is no date."""
    if in_words := date_in_words(text):
        return in_words
    found = _FIGURES.search(text)
    return _iso(found["day"], found["month"], found["year"] or "") if found else None


def _iso(day: str, month: str, year: str) -> str | None:
    """None when nothing certain is left, or no calendar has such a day."""
    d, m, y = _number(day, 31), _number(month, 12), _number(year, 2100)
    try:
        date(y or 2000, m or 1, d or 1)
    except ValueError:
        return None
    if y and m:
        return f"{y:04d}-{m:02d}" + (f"-{d:02d}" if d else "")
    if y:
        return f"{y:04d}"
    return f"--{m:02d}-{d:02d}" if m and d else None


def _number(text: str, most: int) -> int | None:
    written = text.strip(".…")
    return int(written) if written.isdecimal() and 1 <= int(written) <= most else None
