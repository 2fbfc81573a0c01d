"""Public holidays and working days, by the law in force on each day. They are the same in the whole country."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, model_validator

from nenep.rulebook.provenance import Frozen, Sourced, Strict

if TYPE_CHECKING:
    from collections.abc import Iterator

SATURDAY = 5
MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]


class Holiday(Sourced):
    """Days off under one name: the same month and day every year, or days of the lunar year as they fell."""

    says: str
    every_year: tuple[MonthDay, ...] = ()
    days: tuple[date, ...] = ()

    @model_validator(mode="after")
    def _has_days(self) -> Self:
        if bool(self.every_year) == bool(self.days):
            raise ValueError("a holiday has either every_year or days")
        return self

    def falls_on(self, day: date) -> bool:
        return day in self.days or f"{day:%m-%d}" in self.every_year

    def days_of(self, year: int) -> list[date]:
        every = [date.fromisoformat(f"{year}-{on}") for on in self.every_year]
        return sorted([*every, *(day for day in self.days if day.year == year)])


class Calendar(Strict):
    """Years whose lunar days are not listed have the fixed days only."""

    holidays: Frozen[Holiday]

    def holiday(self, day: date) -> Holiday | None:
        return next((one for one in self.holidays.values() if one.falls_on(day)), None)

    def of_year(self, year: int) -> list[tuple[Holiday, list[date]]]:
        """The holidays of a year in their order."""
        listed = [(one, days) for one in self.holidays.values() if (days := one.days_of(year))]
        return sorted(listed, key=lambda entry: entry[1])


def is_holiday(day: date) -> bool:
    from nenep.rulebook.rules import rules_on  # noqa: PLC0415  # the schema of a pack needs this file

    return rules_on(day).calendar.holiday(day) is not None


def is_working(day: date) -> bool:
    return day.weekday() < SATURDAY and not is_holiday(day)


def after_working_days(start: date, number: int) -> date:
    """The day on which the `number`-th working day after `start` falls; `start` itself does not count."""
    day = start
    while number:
        day += timedelta(days=1)
        number -= is_working(day)
    return day


def free_day(wanted: date, *, until: int | None) -> date:
    """`wanted` or the next day that is no holiday, not beyond the day `until` of its month.

    Where all those days are holidays: the nearest free day before, else the first one after.
    """
    return next(day for day in _nearest(wanted, until) if not is_holiday(day))


def working_day(wanted: date, *, until: int | None) -> date:
    """As `free_day`, off weekends too."""
    return next(day for day in _nearest(wanted, until) if is_working(day))


def before_working_days(day: date, number: int) -> date:
    """The `number`-th working day before `day`, which itself does not count."""
    start = day
    while number:
        start -= timedelta(days=1)
        number -= is_working(start)
    return start


def _nearest(wanted: date, until: int | None) -> Iterator[date]:
    last = wanted.replace(day=until) if until and until >= wanted.day else wanted + timedelta(days=30)
    yield from _days(wanted, last, 1)
    yield from _days(wanted, wanted.replace(day=1), -1)
    yield from _days(last, last + timedelta(days=30), 1)


def _days(start: date, end: date, step: int) -> Iterator[date]:
    return (start + timedelta(days=n * step) for n in range(abs((end - start).days) + 1))
