"""Days, months and half-open periods [valid_from, valid_to)."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterator

# "Until further notice" is a day, not NULL: one comparison serves open and closed periods alike.
FOREVER = date(9999, 12, 31)


_clock: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    return _clock.get() or timezone.now()


def today() -> date:
    """The day in Vietnam."""
    return timezone.localdate(now())


def day_begins(day: date) -> datetime:
    """Midnight in Vietnam."""
    return timezone.make_aware(datetime.combine(day, time()))


def today_within(first: date, last: date) -> date:
    """Today, else the nearest day of the period, both ends included: whom a plan of next year concerns, for example."""
    return min(max(today(), first), last)


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Let `now` and `today` be at `moment`: how the demo's past comes about, and how tests reach another day."""
    token = _clock.set(moment)
    try:
        yield
    finally:
        _clock.reset(token)


def valid_on(day: date, *, prefix: str = "") -> Q:
    """Rows whose period [valid_from, valid_to) holds `day`; `prefix` reaches a relation: "names__"."""
    return Q(**{f"{prefix}valid_from__lte": day, f"{prefix}valid_to__gt": day})


def overlaps(start: date, end: date, *, prefix: str = "") -> Q:
    """Rows whose period meets the half-open period [start, end)."""
    return Q(**{f"{prefix}valid_from__lt": end, f"{prefix}valid_to__gt": start})


def month_start(day: date) -> date:
    return day.replace(day=1)


def next_month(day: date) -> date:
    """The first day of the month after `day`'s."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def previous_month(day: date) -> date:
    """The first day of the month before `day`'s."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_end(day: date) -> date:
    """The last day of `day`'s month: whoever is parent on this day owns the month's figures."""
    return next_month(day) - timedelta(days=1)


def months_between(start: date, end: date) -> Iterator[date]:
    """First days of the months from `start`'s to `end`'s, both included."""
    month = month_start(start)
    while month <= end:
        yield month
        month = next_month(month)
