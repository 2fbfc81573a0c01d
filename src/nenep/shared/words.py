"""Days, hours, months and counts as every sentence writes them; templates use the filters of {% load ui %}."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def day_words(day: date | datetime | None) -> str:
    """04/12/2026; a moment is written as its day in Vietnam. Nothing for no day."""
    return local(day).strftime("%d/%m/%Y") if day else ""


def moment_words(moment: datetime | None) -> str:
    """19:30 ngày 04/12/2026, in Vietnam's time. Nothing for no moment."""
    return local(moment).strftime("%H:%M ngày %d/%m/%Y") if moment else ""


def month_words(day: date | datetime | None) -> str:
    """11/2026, to stand behind “tháng”."""
    return local(day).strftime("%m/%Y") if day else ""


def hour_words(moment: datetime | None) -> str:
    """19:30, in Vietnam's time."""
    return local(moment).strftime("%H:%M") if moment else ""


def count_words(count: int, some: str, none: str) -> str:
    """`some`, which says %(count)d, or `none`: nobody says “báo cho 0 đồng chí”."""
    return some % {"count": count} if count else none


def local(moment: date | datetime) -> date | datetime:
    """A moment in Vietnam's time; a day as it is."""
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment)
    return moment
