"""What has become of a meeting, for whoever comes to one of its pages before or after its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.meetings.models import MeetingKind, MeetingStatus
from nenep.shared.dates import month_start, today
from nenep.shared.moved_on import MovedOn
from nenep.shared.words import moment_words, month_words

if TYPE_CHECKING:
    from nenep.meetings.access import MeetingAccess


def moved_on(can: MeetingAccess, sentence: str = "") -> MovedOn:
    """To be raised: the meeting is no longer, or not yet, where the page belongs; `sentence` if it is not the state."""
    page = reverse("meetings:page", args=[can.meeting.pk])
    return MovedOn(sentence or what_happened(can), page, _("Về kỳ sinh hoạt"))


def what_happened(can: MeetingAccess) -> str:
    """How the meeting stands, in full sentences, with what this viewer may do instead."""
    meeting = can.meeting
    if meeting.is_imported:
        return _("Kỳ này họp trước khi chi bộ dùng phần mềm; phần mềm chỉ có con số.")
    return " ".join(_SENTENCES[MeetingStatus(meeting.status)](can))


def _planned(_can: MeetingAccess) -> list[str]:
    return [_("Kỳ sinh hoạt đang chuẩn bị, chưa gửi thông báo.")]


def _called(can: MeetingAccess) -> list[str]:
    called = _("Thông báo đã gửi lúc %(at)s, kỳ sinh hoạt chưa khai mạc.")
    sentences = [called % {"at": moment_words(can.meeting.called_at)}]
    if can.postpone:
        sentences.append(_("Muốn đổi ngày giờ, đồng chí chọn “Hoãn hoặc đổi ngày”."))
    return sentences


def _opened(can: MeetingAccess) -> list[str]:
    opened = _("Kỳ sinh hoạt đã khai mạc lúc %(at)s và đang họp.") % {
        "at": moment_words(can.meeting.began_at)
    }
    return [opened, _("Phần chuẩn bị không sửa được nữa; biên bản có sau khi kết thúc thảo luận.")]


def _closed(can: MeetingAccess) -> list[str]:
    ended = _("Kỳ sinh hoạt đã kết thúc lúc %(at)s, biên bản đang chờ thông qua.")
    sentences = [ended % {"at": moment_words(can.meeting.ended_at)}]
    if can.resume:
        sentences.append(_("Muốn sửa, đồng chí mở trang biên bản rồi chọn “Mở lại để sửa”."))
    return sentences


def _adopted(can: MeetingAccess) -> list[str]:
    adopted = _("Biên bản đã thông qua lúc %(at)s.") % {"at": moment_words(can.meeting.minutes.adopted_at)}
    if can.correct_minutes:
        return [adopted, _("Muốn sửa, đồng chí ghi đính chính ở trang biên bản.")]
    return [adopted]


def _not_held(can: MeetingAccess) -> list[str]:
    month = {"month": month_words(can.meeting.month)}
    sentences = [_("Chi bộ không họp tháng %(month)s.") % month, _reason(can)]
    if can.sometime("prepare"):
        sentences.append(_("Việc chưa kiểm điểm đưa vào kỳ tới, đã lập sẵn ở trang đầu."))
    return sentences


def _cancelled(can: MeetingAccess) -> list[str]:
    meeting = can.meeting
    cancelled = _("Kỳ sinh hoạt lúc %(at)s đã hủy.") % {"at": moment_words(meeting.starts_at)}
    is_this_month = meeting.kind == MeetingKind.REGULAR and meeting.month == month_start(today())
    if not is_this_month or not can.sometime("prepare"):
        return [cancelled, _reason(can)]
    return [
        cancelled,
        _reason(can),
        _("Muốn họp ngày khác trong tháng, đồng chí lập kỳ sinh hoạt ở trang đầu."),
    ]


def _reason(can: MeetingAccess) -> str:
    return _("Lý do: %(reason)s.") % {"reason": can.meeting.called_off.words}


_SENTENCES = {
    MeetingStatus.PLANNED: _planned,
    MeetingStatus.CALLED: _called,
    MeetingStatus.OPENED: _opened,
    MeetingStatus.CLOSED: _closed,
    MeetingStatus.ADOPTED: _adopted,
    MeetingStatus.NOT_HELD: _not_held,
    MeetingStatus.CANCELLED: _cancelled,
}
