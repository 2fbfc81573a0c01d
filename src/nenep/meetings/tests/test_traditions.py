"""Days of tradition as matters for discussion (R113)."""

from datetime import date, timedelta

import pytest

from nenep.meetings.operations import open_month, plan_thematic
from nenep.meetings.suggesting import drop_suggestion, suggested_for, take_suggestion
from nenep.meetings.tests.make import HELD_AT
from nenep.rulebook import rules_on
from nenep.shared.dates import clock_at

pytestmark = pytest.mark.django_db

KEY = "tradition:army:2026"


@pytest.fixture
def december(branch, secretary):
    with clock_at(HELD_AT - timedelta(days=9)):
        yield open_month(branch.pk, month=date(2026, 12, 1), by=None)


def offered(meeting):
    keys = [offer.key for offer in suggested_for(meeting, meeting.items.all()).offers]
    return [key for key in keys if key.startswith("tradition:")]


def test_the_day_of_the_month_is_offered_with_questions_and_taken_once(december):
    assert offered(december) == [KEY]
    take_suggestion(december, key=KEY, by=None)
    take_suggestion(december, key=KEY, by=None)
    item = december.items.get(category="discussion", origin_type="rulebook.tradition")
    assert item.title == "Giáo dục truyền thống: ngày thành lập Quân đội nhân dân Việt Nam (22/12)"
    assert len(item.question_lines) == 2
    assert "chưa kiểm chứng" in item.why
    assert offered(december) == []


def test_it_is_left_out_like_every_suggestion(december):
    drop_suggestion(december, key=KEY, by=None)
    assert offered(december) == []


def test_a_month_without_such_a_day_and_a_thematic_meeting_offer_none(branch, secretary):
    with clock_at(HELD_AT - timedelta(days=9)):
        november = open_month(branch.pk, month=date(2026, 11, 1), by=None)
        thematic = plan_thematic(branch.pk, starts_at=HELD_AT, focus_question="Việc gì trước?", by=None)
    assert offered(november) == offered(thematic) == []


def test_each_day_has_its_date_in_its_words_and_is_nobodys_rule():
    for term in rules_on(date(2026, 12, 3), ()).vocabulary.traditions:
        assert term.label.endswith(f"({term.day:02}/{term.month:02})")
        assert term.needs_review
