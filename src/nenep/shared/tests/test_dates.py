from datetime import date

from nenep.shared.dates import month_end, months_between, next_month, previous_month


def test_months_of_a_five_year_period_are_sixty_three():
    assert len(list(months_between(date(2010, 7, 1), date(2015, 9, 29)))) == 63


def test_month_neighbours_cross_the_year():
    assert next_month(date(2015, 12, 31)) == date(2016, 1, 1)
    assert previous_month(date(2016, 1, 1)) == date(2015, 12, 1)
    assert month_end(date(2016, 2, 10)) == date(2016, 2, 29)
