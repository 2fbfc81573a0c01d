"""Days as far as they are known: what a stamp or a bad copy shows of a date, and the year that is inferred (R4).

Kept as ISO 8601 with the missing part left out: "2026-02", "--09-29" (as `intake.dates` reads them).
"""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import gettext as _

from nenep.documents.intake.dates import partial_date
from nenep.shared.words import day_words

# No year has 29 February more than this many years apart (2096 to 2104).
LEAP_YEARS_APART = 8
_MONTH = re.compile(r"(?:tháng\s*)?(?P<month>\d{1,2})\s*[/.-]\s*(?P<year>\d{4})")


def read_day(text: str) -> str | None:
    """What a person typed: "29/9/2026", "29/9" ("--09-29"), "9/2026" ("2026-09"), "2026". None for anything else."""
    text = text.strip().lower()
    if found := _MONTH.fullmatch(text):
        return _iso_month(int(found["year"]), int(found["month"]))
    if re.fullmatch(r"(19|20)\d\d", text):
        return text
    if re.fullmatch(r"[\d\s/.-]+", text) or "tháng" in text:
        return partial_date(text)
    return None


def typed_day(iso: str) -> str:
    """What a person would type for it: the opposite of `read_day`."""
    if iso.startswith("--"):
        return f"{iso[5:7]}/{iso[2:4]}"
    return "/".join(reversed(iso.split("-")))


def day_of(iso: str, *, latest: date) -> date | None:
    """The day that "2026-09-29" names; for "--09-29" the last such day not after `latest`. None without a day."""
    if iso.startswith("--"):
        month, day = int(iso[2:4]), int(iso[5:7])
        for year in range(latest.year, latest.year - LEAP_YEARS_APART - 1, -1):
            found = _date(year, month, day)
            if found and found <= latest:
                return found
        return None
    parts = [int(part) for part in iso.split("-")]
    return date(*parts) if len(parts) == 3 else None


def is_whole(iso: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", iso))


def shown_day(day: date | None, as_read: str) -> str:
    """For people: "29/09/2026", "29/09/2026 (năm do phần mềm suy ra)", "tháng 2/2026", "năm 2026", or ""."""
    if day:
        said = day_words(day)
        return _("%(day)s (năm do phần mềm suy ra)") % {"day": said} if as_read.startswith("--") else said
    year, _dash, month = as_read.partition("-")
    if month and year:
        return _("tháng %(month)s/%(year)s") % {"month": int(month), "year": year}
    return _("năm %(year)s") % {"year": year} if year else ""


def _iso_month(year: int, month: int) -> str | None:
    return f"{year:04d}-{month:02d}" if 1 <= month <= 12 and 1900 <= year <= 2100 else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
