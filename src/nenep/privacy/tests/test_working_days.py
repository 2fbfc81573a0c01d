from datetime import date

import pytest

from nenep.privacy.working_days import after_working_days


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
