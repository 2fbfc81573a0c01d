"""The lines of a return, each read from its record and leading there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nenep.assignments.models import Assignment
from nenep.meetings.models import MeetingFigures
from nenep.resolutions.models import Resolution, ResolutionStatus
from nenep.shared.words import moment_words

if TYPE_CHECKING:
    from nenep.meetings.models import Meeting


@dataclass(frozen=True, slots=True)
class Line:
    """One line: numbers and dates, never a text of the meeting; `url` is the record it was read from."""

    key: str
    label: str
    value: str
    url: str


def lines_of(meeting: Meeting) -> list[Line]:
    """Of an adopted meeting of the program; three statements."""
    figures = MeetingFigures.objects.get(meeting=meeting)
    minutes = reverse("meetings:minutes", args=[meeting.pk])
    resolution = reverse("resolutions:page", args=[meeting.pk])
    handed_out = Assignment.objects.given_at(meeting).count()
    started = timezone.localtime(meeting.began_at or meeting.starts_at)
    return [
        Line("held", _("Ngày họp"), moment_words(started), minutes),
        Line("duration", _("Thời lượng (phút)"), _or_none(figures.duration_minutes), minutes),
        Line("expected", _("Đảng viên phải triệu tập"), str(meeting.expected), minutes),
        Line("present", _("Có mặt"), str(meeting.present), minutes),
        Line("excused", _("Vắng có lý do"), str(meeting.excused), minutes),
        Line("unexcused", _("Vắng không lý do"), str(meeting.unexcused), minutes),
        Line("speakers", _("Số đồng chí phát biểu"), _or_none(figures.speakers), minutes),
        Line("committee", _("Họp chi ủy trước kỳ sinh hoạt"), _yes(figures.committee_met), minutes),
        Line("resolution", _("Nghị quyết"), _resolution(meeting), resolution),
        Line("reviewed", _("Việc tháng trước đã kiểm điểm"), str(figures.reviewed), minutes),
        Line("met", _("Trong đó đạt"), str(figures.reviewed_met), minutes),
        Line("partly", _("Trong đó đạt một phần"), str(figures.reviewed_partly), minutes),
        Line("not_met", _("Trong đó chưa đạt"), str(figures.reviewed_not_met), minutes),
        Line("handed_out", _("Việc giao tại kỳ này"), str(handed_out), reverse("assignments:list")),
    ]


def _resolution(meeting: Meeting) -> str:
    adopted = Resolution.objects.filter(meeting=meeting, status=ResolutionStatus.ADOPTED)
    found = adopted.select_related("document").first()
    if found and found.document:
        return found.document.symbol
    entry = getattr(meeting, "paper_entry", None)
    return entry.resolution if entry and entry.resolution else _("không có")


def _or_none(number: int | None) -> str:
    return _("không ghi") if number is None else str(number)


def _yes(is_so: bool) -> str:
    return _("có") if is_so else _("không")
