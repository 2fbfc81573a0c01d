"""The kinds of meetings, the states that one goes through, and the other choices that its records are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet


class MeetingKind(models.TextChoices):
    REGULAR = "regular", "Sinh hoạt thường kỳ"
    THEMATIC = "thematic", "Sinh hoạt chuyên đề"


class OffReason(models.TextChoices):
    DUTY = "duty", "Bận nhiệm vụ đột xuất"
    SUPERIOR = "superior", "Trùng hội nghị, công việc của cấp trên"
    FEW = "few", "Không đủ đảng viên dự họp"
    DISASTER = "disaster", "Thiên tai, dịch bệnh"
    REORGANIZED = "reorganized", "Tổ chức thay đổi"
    OTHER = "other", "Lý do khác"


class ThematicPart(models.TextChoices):
    """What a thematic meeting needs to count as one (regulations.md 1.4; founding report line 121)."""

    TOPIC = "topic", "câu hỏi của chuyên đề"
    PRESENTER = "presenter", "người trình bày"
    PAPER = "paper", "báo cáo chuyên đề"
    DISCUSSION = "discussion", "ý kiến thảo luận"
    CONCLUSION = "conclusion", "kết luận"
    FOLLOW_UP = "follow_up", "việc làm sau kỳ sinh hoạt"


class MeetingStatus(models.TextChoices):
    """The life of a meeting; a state names what has been done last."""

    PLANNED = "planned", "Đang chuẩn bị"
    CALLED = "called", "Đã thông báo"
    OPENED = "opened", "Đang họp"
    CLOSED = "closed", "Đã kết luận, chờ thông qua biên bản"
    ADOPTED = "adopted", "Đã thông qua biên bản"
    NOT_HELD = "not_held", "Không họp"
    CANCELLED = "cancelled", "Đã hủy"

    @property
    def next(self) -> AbstractSet[MeetingStatus]:
        return _NEXT[self]


BEING_PREPARED = (MeetingStatus.PLANNED, MeetingStatus.CALLED)
# Held to its end: there is a roll, and minutes to adopt or adopted.
OVER = (MeetingStatus.CLOSED, MeetingStatus.ADOPTED)
CALLED_OFF = (MeetingStatus.NOT_HELD, MeetingStatus.CANCELLED)
# Opinion cards are printed until the room closes, and typed in until the minutes are adopted.
CARDS_PRINTED = (*BEING_PREPARED, MeetingStatus.OPENED)
CARDS_TYPED_IN = (*CARDS_PRINTED, MeetingStatus.CLOSED)
# Nothing more is to be done with these.
FINISHED = (MeetingStatus.ADOPTED, *CALLED_OFF)
_NEXT: dict[MeetingStatus, frozenset[MeetingStatus]] = {
    # Held on paper, a meeting that was planned or taken for not held is entered as adopted (`from_paper`).
    MeetingStatus.PLANNED: frozenset({MeetingStatus.CALLED, MeetingStatus.ADOPTED, *CALLED_OFF}),
    MeetingStatus.CALLED: frozenset({MeetingStatus.OPENED, MeetingStatus.ADOPTED, *CALLED_OFF}),
    # Opened by mistake: back to the preparation while nothing has been recorded.
    MeetingStatus.OPENED: frozenset({MeetingStatus.CLOSED, MeetingStatus.CALLED}),
    # The reading back found something to mend: the branch, still together, goes on.
    MeetingStatus.CLOSED: frozenset({MeetingStatus.ADOPTED, MeetingStatus.OPENED}),
    MeetingStatus.ADOPTED: frozenset(),
    # Recorded by mistake: back to where it was.
    MeetingStatus.NOT_HELD: frozenset({*BEING_PREPARED, MeetingStatus.ADOPTED}),
    MeetingStatus.CANCELLED: frozenset(),
}


class Presence(models.TextChoices):
    PRESENT = "present", "Có mặt"
    EXCUSED = "excused", "Vắng có lý do"
    UNEXCUSED = "unexcused", "Vắng không lý do"
    LATE = "late", "Đến muộn"
    ONLINE = "online", "Dự trực tuyến"
    EXEMPT = "exempt", "Được miễn, không dự"
    AWAY = "away", "Đang sinh hoạt tạm thời nơi khác"
    SUSPENDED = "suspended", "Đang bị đình chỉ sinh hoạt"

    @property
    def is_absence(self) -> bool:
        return self not in {Presence.PRESENT, Presence.LATE, Presence.ONLINE}


class Answer(models.TextChoices):
    WILL_COME = "will_come", "Sẽ dự"
    ASKS_LEAVE = "asks_leave", "Xin vắng"


class Reply(models.TextChoices):
    OPEN = "open", "Chưa trả lời"
    ADOPTED = "adopted", "Tiếp thu"
    ADAPTED = "adapted", "Tiếp thu một phần"
    DECLINED = "declined", "Chưa tiếp thu"
    NOTED = "noted", "Đã ghi nhận"
