"""Public holidays by the law of each day, and what moves because of them."""

from datetime import date, timedelta

import pytest

from nenep.rulebook import rules_on
from nenep.rulebook.calendar import (
    after_working_days,
    before_working_days,
    free_day,
    is_holiday,
    working_day,
)

YEARS = range(2010, 2028)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2026, 11, 23), date(2026, 11, 25)),  # Monday -> Wednesday
        (date(2026, 11, 27), date(2026, 12, 1)),  # Friday -> Tuesday
        (date(2026, 11, 28), date(2026, 12, 1)),  # Saturday -> Tuesday
        (date(2026, 2, 13), date(2026, 2, 24)),  # over Tết
        (date(2026, 4, 29), date(2026, 5, 5)),  # over 30 April, 1 May and a weekend
        (date(2026, 12, 31), date(2027, 1, 5)),  # over New Year and a weekend
    ],
)
def test_two_working_days_skip_weekends_and_holidays(start, due):
    assert after_working_days(start, 2) == due


@pytest.mark.parametrize("year", YEARS)
def test_every_year_has_its_lunar_days(year):
    holidays = dict(rules_on(date(year, 6, 30)).calendar.of_year(year))
    named = {holiday.says: days for holiday, days in holidays.items()}
    tet = named[f"Tết Nguyên đán {year}"]
    # Four days until the law of 2012 came into force on 1/5/2013; five since. In a row, and in their season.
    assert len(tet) == (4 if year <= 2013 else 5)
    assert tet == [tet[0] + timedelta(days=n) for n in range(len(tet))]
    assert date(year, 1, 21) <= tet[1] <= date(year, 2, 20)
    # The tenth of the third month comes two or three moons after the first of the first.
    assert (named[f"Giỗ Tổ Hùng Vương {year}"][0] - tet[1]).days in {67, 68, 69, 97, 98, 99}
    assert all(holiday.needs_review for holiday in holidays)


@pytest.mark.parametrize(
    ("day", "is_off"),
    [
        (date(2026, 9, 1), True),  # two days off at 2 September since the law of 2019
        (date(2020, 9, 1), False),
        (date(2020, 9, 3), False),
        (date(2024, 9, 3), True),
        (date(2011, 2, 3), True),  # the first day of Tân Mão
        (date(2022, 2, 3), True),
        (date(2026, 2, 3), False),
        (date(2040, 1, 1), True),
        (date(2026, 4, 26), True),
    ],
)
def test_a_holiday_is_known_by_the_law_of_its_day(day, is_off):
    assert is_holiday(day) is is_off


@pytest.mark.parametrize(
    ("wanted", "until", "day"),
    [
        (date(2026, 12, 3), 7, date(2026, 12, 3)),
        (date(2022, 2, 3), 7, date(2022, 2, 5)),  # third day of Tết -> the first free day of the week
        (date(2011, 2, 3), 7, date(2011, 2, 6)),
        (date(2024, 9, 3), 7, date(2024, 9, 4)),
        (date(2022, 2, 3), 4, date(2022, 2, 5)),  # none from the 1st to the 4th: the first one after
        (date(2025, 9, 2), 2, date(2025, 9, 3)),
        (date(2026, 5, 1), 1, date(2026, 5, 2)),
        (date(2026, 2, 17), 17, date(2026, 2, 15)),  # none up to the bound: the nearest one before
        (date(2016, 4, 30), None, date(2016, 5, 2)),
    ],
)
def test_a_fixed_day_moves_off_a_holiday_within_its_bound(wanted, until, day):
    assert free_day(wanted, until=until) == day


@pytest.mark.parametrize(
    ("wanted", "until", "day"),
    [
        (date(2027, 1, 3), 7, date(2027, 1, 4)),  # Sunday
        (date(2026, 2, 20), None, date(2026, 2, 23)),  # the last day of Tết, then a weekend
        (date(2026, 5, 1), 3, date(2026, 5, 4)),  # a holiday and a weekend up to the last day, and before it
        (date(2026, 11, 3), 7, date(2026, 11, 3)),
    ],
)
def test_a_working_day_is_neither_in_a_weekend_nor_a_holiday(wanted, until, day):
    assert working_day(wanted, until=until) == day
    assert free_day(wanted, until=until) <= day


def test_two_working_days_before_a_meeting_skip_what_is_off():
    assert before_working_days(date(2027, 1, 4), 2) == date(2026, 12, 30)  # New Year and a weekend
    assert before_working_days(date(2026, 2, 24), 2) == date(2026, 2, 13)  # Tết
