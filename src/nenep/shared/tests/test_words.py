"""Days, hours and months have one spelling, and no sentence writes it by hand."""

from datetime import UTC, date, datetime
from pathlib import Path

import nenep
from nenep.shared.words import count_words, day_words, hour_words, moment_words, month_words

# Late in the evening in UTC: in Vietnam the next month has begun.
AT = datetime(2026, 11, 30, 18, 5, tzinfo=UTC)
# Sheets have their own columns, the demo speaks to a console.
APART = {"importers", "demo", "shared"}


def test_a_moment_is_written_as_it_is_in_vietnam():
    assert [words(AT) for words in (day_words, moment_words, month_words, hour_words)] == [
        "01/12/2026",
        "01:05 ngày 01/12/2026",
        "12/2026",
        "01:05",
    ]
    assert day_words(date(2026, 12, 4)) == "04/12/2026"
    assert [words(None) for words in (day_words, moment_words, month_words, hour_words)] == [""] * 4


def test_none_is_said_in_words():
    said = [count_words(count, "Đã báo %(count)d đồng chí.", "Chưa báo ai.") for count in (2, 0)]
    assert said == ["Đã báo 2 đồng chí.", "Chưa báo ai."]


def test_nobody_writes_a_day_by_hand():
    root = Path(nenep.__file__).parent
    by_hand = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if "%m/%Y" in path.read_text(encoding="utf-8")
        and path.relative_to(root).parts[0] not in APART
        and "tests" not in path.parts
    }
    assert by_hand == set()
