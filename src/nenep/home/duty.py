"""What a meeting asks of the member whom it chose to chair it or to write, when that is not the secretary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from nenep.meetings.access import MeetingAccess


@dataclass(frozen=True, slots=True)
class Duty:
    """`url` is where it is done; empty until the meeting is opened."""

    sentence: str
    button: str = ""
    url: str = ""


def duty_of(can: MeetingAccess) -> Duty | None:
    meeting = can.meeting
    if not can.is_chosen:
        return None
    writes = meeting.note_taker_id == can.viewer.member_id
    sentence = _("Đồng chí là thư ký kỳ này.") if writes else _("Đồng chí chủ trì kỳ này.")
    if can.run:
        button = _("Ghi biên bản") if writes else _("Vào phòng họp")
        return Duty(sentence, button, reverse("meetings:room", args=[meeting.pk]))
    if can.adopt_minutes:
        return Duty(sentence, _("Đọc lại biên bản"), reverse("meetings:minutes", args=[meeting.pk]))
    return Duty(sentence)
