"""Where a branch stands in its month: five steps, each in words. Derived from the meeting, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from django.utils import timezone
from django.utils.translation import gettext as _

from nenep.meetings.models import MeetingStatus
from nenep.meetings.rules import rules_of

if TYPE_CHECKING:
    from nenep.meetings.models import Meeting

State = Literal["waiting", "doing", "done", "overdue"]
STEPS = ("prepare", "call", "hold", "conclude", "follow")

_ORDER = list(MeetingStatus)


@dataclass(frozen=True, slots=True)
class Step:
    key: str
    label: str
    state: State
    words: str


def steps_of(meeting: Meeting | None, today: date) -> list[Step]:
    """The five steps of a month; `meeting` is None when the month has not even been planned."""
    states = _waiting_month() if meeting is None else _states(meeting, today)
    labels = (_("Chuẩn bị"), _("Thông báo"), _("Họp"), _("Kết luận"), _("Theo dõi"))
    return [
        Step(key, label, state, words)
        for key, label, (state, words) in zip(STEPS, labels, states, strict=True)
    ]


def conclude_by(meeting: Meeting) -> date:
    """The last day for adopting and sending up the papers (regulations.md M-11, by the pack of the day)."""
    rule = rules_of(meeting).meeting.follow_up_days
    return meeting_day(meeting) + timedelta(days=rule.number if rule.value is not None else 7)


def meeting_day(meeting: Meeting) -> date:
    return timezone.localdate(meeting.starts_at)


def _waiting_month() -> list[tuple[State, str]]:
    waiting: tuple[State, str] = ("waiting", _("Chưa tới"))
    return [("overdue", _("Chưa lập")), waiting, waiting, waiting, waiting]


def _states(meeting: Meeting, today: date) -> list[tuple[State, str]]:
    done, day = _ORDER.index(MeetingStatus(meeting.status)), meeting_day(meeting)
    return [
        _step(done >= 1, today >= day, _("Đang chuẩn bị"), _("Xong")),
        _step(done >= 1, today >= day, _("Chưa thông báo"), _("Đã thông báo")),
        _holding(done, today > day),
        _concluding(meeting, done, today),
        ("doing", _("Đang theo dõi")) if done == 4 else ("waiting", _("Chưa tới")),
    ]


def _step(is_done: bool, is_late: bool, open_words: str, done_words: str) -> tuple[State, str]:
    if is_done:
        return "done", done_words
    return ("overdue", _("Quá hạn")) if is_late else ("doing", open_words)


def _holding(done: int, is_past: bool) -> tuple[State, str]:
    if done >= 3:
        return "done", _("Đã họp")
    if done == 2:
        return "doing", _("Đang họp")
    return ("overdue", _("Quá ngày, chưa họp")) if is_past else ("waiting", _("Chưa tới"))


def _concluding(meeting: Meeting, done: int, today: date) -> tuple[State, str]:
    if done == 4:
        return "done", _("Đã thông qua")
    if done == 3:
        return ("overdue", _("Quá hạn")) if today > conclude_by(meeting) else ("doing", _("Chờ thông qua"))
    return "waiting", _("Chưa tới")
