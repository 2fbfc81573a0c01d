from datetime import UTC, date, datetime

from nenep.shared.dates import (
    clock_at,
    month_end,
    months_between,
    next_month,
    previous_month,
    today_within,
)


def test_months_of_a_five_year_period_are_sixty_three():
    assert len(list(months_between(date(2010, 7, 1), date(2015, 9, 29)))) == 63


def test_month_neighbours_cross_the_year():
    assert next_month(date(2015, 12, 31)) == date(2016, 1, 1)
    assert previous_month(date(2016, 1, 1)) == date(2015, 12, 1)
    assert month_end(date(2016, 2, 10)) == date(2016, 2, 29)


def test_the_day_of_a_period_is_today_or_the_nearest_one():
    days = {
        date(2026, 11, 28): date(2027, 1, 1),
        date(2027, 5, 4): date(2027, 5, 4),
        date(2028, 2, 1): date(2027, 12, 31),
    }
    for day, answer in days.items():
        with clock_at(datetime(day.year, day.month, day.day, tzinfo=UTC)):
            assert today_within(date(2027, 1, 1), date(2027, 12, 31)) == answer
