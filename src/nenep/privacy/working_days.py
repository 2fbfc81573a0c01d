"""Working days: Monday to Friday without the public holidays of the Labour Code (article 112)."""

from __future__ import annotations

from datetime import date, timedelta

FIXED = frozenset({(1, 1), (4, 30), (5, 1), (9, 2)})  # (month, day)
# Days off by the lunar calendar, and the day beside 2 September, as published year by year.
# A year that is not here counts weekends and fixed days only: an answer is then due earlier, never later.
PUBLISHED = frozenset(
    date(2026, month, day) for month, day in [(2, 16), (2, 17), (2, 18), (2, 19), (2, 20), (4, 27), (9, 1)]
)
SATURDAY = 5


def is_working(day: date) -> bool:
    return day.weekday() < SATURDAY and (day.month, day.day) not in FIXED and day not in PUBLISHED


def after_working_days(start: date, number: int) -> date:
    """The day on which the `number`-th working day after `start` falls; `start` itself does not count."""
    day = start
    while number:
        day += timedelta(days=1)
        number -= is_working(day)
    return day
