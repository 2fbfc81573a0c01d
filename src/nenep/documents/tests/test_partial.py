from datetime import date, timedelta

import pytest

from nenep.documents.partial import day_of, is_whole, read_day, shown_day

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("29/9/2026", "2026-09-29"),
        ("29/9", "--09-29"),
        (" 29-9 ", "--09-29"),
        ("9/2026", "2026-09"),
        ("tháng 9/2026", "2026-09"),
        ("2026", "2026"),
        ("29/2", "--02-29"),
        ("30/2", None),
        ("13/2026", None),
        ("hôm qua", None),
        ("", None),
        ("29/9 về việc họp", None),
    ],
)
def test_what_is_known_of_a_day_is_kept_and_nothing_more(typed, kept):
    assert read_day(typed) == kept


@pytest.mark.parametrize(
    ("kept", "day"),
    [
        ("--09-29", date(2026, 9, 29)),
        ("--11-29", TODAY),
        ("--11-30", date(2025, 11, 30)),
        ("--02-29", date(2024, 2, 29)),
        ("2026-09-29", date(2026, 9, 29)),
        ("2026-09", None),
        ("2026", None),
    ],
)
def test_a_missing_year_is_the_last_one_that_is_possible(kept, day):
    assert day_of(kept, latest=TODAY) == day


def test_every_day_of_four_years_is_found_again_without_its_year():
    for back in range(4 * 366):
        latest = TODAY - timedelta(days=back)
        for gone in (0, 1, 200):
            day = latest - timedelta(days=gone)
            assert day_of(f"--{day:%m-%d}", latest=latest) == day


def test_only_a_whole_day_is_whole():
    assert is_whole("2026-09-29")
    assert not any(map(is_whole, ("--09-29", "2026-09", "2026", "")))


def test_an_inferred_year_is_said_on_the_screen():
    assert shown_day(date(2026, 9, 29), "--09-29") == "29/09/2026 (năm do phần mềm suy ra)"
    assert shown_day(date(2026, 9, 29), "") == "29/09/2026"
    assert shown_day(None, "2026-02") == "tháng 2/2026"
    assert shown_day(None, "2026") == "năm 2026"
    assert shown_day(None, "") == ""
