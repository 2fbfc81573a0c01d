"""The five steps of a month in every state a meeting can be in; no page knows a state by its place or by a bare word."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

import nenep
from nenep.home.next_thing import BY_STATUS
from nenep.meetings.models import CommitteeMeeting, Meeting, MeetingStatus
from nenep.meetings.progress import CELLS, STEPS, steps_of

DAY = date(2026, 12, 3)
BARE = re.compile(r"(?:meeting|thematic|regular)\.status *(?:==|!=) *[\"']")


def words(status, days=0):
    at = timezone.make_aware(datetime(2026, 12, 3, 14, 0))
    meeting = Meeting(starts_at=at, month=date(2026, 12, 1), status=status)
    return [step.words for step in steps_of(meeting, DAY + timedelta(days=days))]


def test_every_status_has_five_steps_and_a_next_thing():
    assert set(CELLS) == set(MeetingStatus) == set(BY_STATUS)
    assert all(len(cells) == len(STEPS) for cells in CELLS.values())


@pytest.mark.parametrize(
    ("status", "days", "expected"),
    [
        ("planned", -1, ["Đang chuẩn bị", "Chưa thông báo", "Chưa tới", "Chưa tới", "Chưa tới"]),
        ("planned", 0, ["Quá hạn", "Quá hạn", "Chưa tới", "Chưa tới", "Chưa tới"]),
        ("planned", 1, ["Quá hạn", "Quá hạn", "Quá ngày, chưa họp", "Chưa tới", "Chưa tới"]),
        ("called", 0, ["Thiếu họp chi ủy", "Đã thông báo", "Chưa tới", "Chưa tới", "Chưa tới"]),
        ("called", 1, ["Thiếu họp chi ủy", "Đã thông báo", "Quá ngày, chưa họp", "Chưa tới", "Chưa tới"]),
        ("opened", 0, ["Thiếu họp chi ủy", "Đã thông báo", "Đang họp", "Chưa tới", "Chưa tới"]),
        ("closed", 2, ["Thiếu họp chi ủy", "Đã thông báo", "Đã họp", "Chờ thông qua", "Chưa tới"]),
        ("closed", 3, ["Thiếu họp chi ủy", "Đã thông báo", "Đã họp", "Quá hạn", "Chưa tới"]),
        ("adopted", 40, ["Thiếu họp chi ủy", "Đã thông báo", "Đã họp", "Đã thông qua", "Đang theo dõi"]),
        ("not_held", 40, ["Không có", "Không có", "Không họp", "Không có", "Không có"]),
        ("cancelled", -1, ["Không có", "Không có", "Đã hủy", "Không có", "Không có"]),
    ],
)
def test_a_step_says_how_it_stands_and_when_it_is_late(status, days, expected):
    assert words(status, days) == expected


def test_a_preparation_that_left_something_out_is_not_done():
    at = timezone.make_aware(datetime(2026, 12, 3, 14, 0))
    meeting = Meeting(starts_at=at, month=date(2026, 12, 1), status=MeetingStatus.CALLED)
    meeting.committee_meeting = CommitteeMeeting()
    assert steps_of(meeting, DAY)[0].words == "Thiếu vấn đề trọng tâm"
    meeting.focus_question = "Việc gì trước?"
    assert (steps_of(meeting, DAY)[0].state, steps_of(meeting, DAY)[0].words) == ("done", "Xong")
    imported = Meeting(starts_at=at, month=date(2026, 12, 1), status=MeetingStatus.ADOPTED, is_imported=True)
    assert steps_of(imported, DAY)[0].words == "Xong"


def test_no_template_compares_a_meeting_with_a_bare_word():
    pages = Path(nenep.__file__).parent.rglob("*.html")
    assert [page.name for page in pages if BARE.search(page.read_text(encoding="utf-8"))] == []
