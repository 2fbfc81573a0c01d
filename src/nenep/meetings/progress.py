"""Where a branch stands in its month: five steps, each in words. Derived from the meeting, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nenep.meetings.models import MeetingStatus
from nenep.meetings.rules import rules_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrPromise

    from nenep.meetings.models import Meeting
    from nenep.rulebook.rules import Rules

    Words = str | _StrPromise

State = Literal["waiting", "doing", "done", "overdue"]
STEPS = ("prepare", "call", "hold", "conclude", "follow")


@dataclass(frozen=True, slots=True)
class Step:
    key: str
    label: str
    state: State
    words: str


def steps_of(meeting: Meeting | None, today: date, month: date | None = None) -> list[Step]:
    """The five steps of a month; `meeting` is None when it has not even been planned, which is late once it begins.

    `month` is its first day; without it, the month of `today`.
    """
    states = (
        _waiting_month(is_late=month is None or month <= today)
        if meeting is None
        else _states(meeting, today)
    )
    labels = (_("Chuẩn bị"), _("Thông báo"), _("Họp"), _("Kết luận"), _("Theo dõi"))
    return [
        Step(key, label, state, words)
        for key, label, (state, words) in zip(STEPS, labels, states, strict=True)
    ]


def conclude_by(meeting: Meeting) -> date:
    """The last day for adopting and sending up the papers (regulations.md M-11, by the pack of the day)."""
    return concluded_by(meeting_day(meeting), rules_of(meeting))


def concluded_by(day: date, rules: Rules) -> date:
    """The same for a meeting of `day`, of which `rules` hold."""
    rule = rules.meeting.follow_up_days
    return day + timedelta(days=rule.number if rule.value is not None else 7)


def meeting_day(meeting: Meeting) -> date:
    return timezone.localdate(meeting.starts_at)


def _waiting_month(*, is_late: bool) -> list[tuple[State, str]]:
    waiting = _WAITING.on(None, date.min)
    return [("overdue" if is_late else "waiting", _("Chưa lập")), waiting, waiting, waiting, waiting]


def _states(meeting: Meeting, today: date) -> list[tuple[State, str]]:
    prepared, *others = [cell.on(meeting, today) for cell in CELLS[MeetingStatus(meeting.status)]]
    return [_prepared(meeting) if prepared[0] == "done" else prepared, *others]


def _prepared(meeting: Meeting) -> tuple[State, str]:
    """The notice is out; what was left out before it is named. Lists fetch the committee's meeting with the rows."""
    if meeting.is_imported:
        return "done", _("Xong")
    open_state: State = "doing" if meeting.is_called else "waiting"
    if not hasattr(meeting, "committee_meeting"):
        return open_state, _("Thiếu họp chi ủy")
    return ("done", _("Xong")) if meeting.focus_question else (open_state, _("Thiếu vấn đề trọng tâm"))


def _day_before(meeting: Meeting) -> date:
    return meeting_day(meeting) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cell:
    """How a step stands; after `due`, its last day, it is overdue and says `late` instead."""

    state: State
    words: Words
    late: Words = ""
    due: Callable[[Meeting], date] | None = None

    def on(self, meeting: Meeting | None, today: date) -> tuple[State, str]:
        if meeting is not None and self.due is not None and today > self.due(meeting):
            return "overdue", str(self.late)
        return self.state, str(self.words)


_WAITING = Cell("waiting", gettext_lazy("Chưa tới"))
_PREPARED = Cell("done", gettext_lazy("Xong"))
_CALLED = Cell("done", gettext_lazy("Đã thông báo"))
_TO_BE_HELD = Cell("waiting", gettext_lazy("Chưa tới"), gettext_lazy("Quá ngày, chưa họp"), meeting_day)
_HELD = Cell("done", gettext_lazy("Đã họp"))
_GIVEN_UP = Cell("waiting", gettext_lazy("Không có"))
_NOT_HELD = Cell("waiting", gettext_lazy("Không họp"))
_CANCELLED = Cell("waiting", gettext_lazy("Đã hủy"))
_LATE = gettext_lazy("Quá hạn")

# One row for each status, one cell for each of STEPS.
CELLS: dict[MeetingStatus, tuple[Cell, Cell, Cell, Cell, Cell]] = {
    MeetingStatus.PLANNED: (
        Cell("doing", gettext_lazy("Đang chuẩn bị"), _LATE, _day_before),
        Cell("doing", gettext_lazy("Chưa thông báo"), _LATE, _day_before),
        _TO_BE_HELD,
        _WAITING,
        _WAITING,
    ),
    MeetingStatus.CALLED: (_PREPARED, _CALLED, _TO_BE_HELD, _WAITING, _WAITING),
    MeetingStatus.OPENED: (
        _PREPARED,
        _CALLED,
        Cell("doing", gettext_lazy("Đang họp")),
        _WAITING,
        _WAITING,
    ),
    MeetingStatus.CLOSED: (
        _PREPARED,
        _CALLED,
        _HELD,
        Cell("doing", gettext_lazy("Chờ thông qua"), _LATE, conclude_by),
        _WAITING,
    ),
    MeetingStatus.ADOPTED: (
        _PREPARED,
        _CALLED,
        _HELD,
        Cell("done", gettext_lazy("Đã thông qua")),
        Cell("doing", gettext_lazy("Đang theo dõi")),
    ),
    MeetingStatus.NOT_HELD: (_GIVEN_UP, _GIVEN_UP, _NOT_HELD, _GIVEN_UP, _GIVEN_UP),
    MeetingStatus.CANCELLED: (_GIVEN_UP, _GIVEN_UP, _CANCELLED, _GIVEN_UP, _GIVEN_UP),
}
