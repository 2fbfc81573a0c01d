"""The kinds of meetings, and the states that a meeting goes through."""

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
CALLED_OFF = (MeetingStatus.NOT_HELD, MeetingStatus.CANCELLED)
# Nothing more is to be done with these.
FINISHED = (MeetingStatus.ADOPTED, *CALLED_OFF)
_NEXT: dict[MeetingStatus, frozenset[MeetingStatus]] = {
    MeetingStatus.PLANNED: frozenset({MeetingStatus.CALLED, *CALLED_OFF}),
    MeetingStatus.CALLED: frozenset({MeetingStatus.OPENED, *CALLED_OFF}),
    # Opened by mistake: back to the preparation while nothing has been recorded.
    MeetingStatus.OPENED: frozenset({MeetingStatus.CLOSED, MeetingStatus.CALLED}),
    # The reading back found something to mend: the branch, still together, goes on.
    MeetingStatus.CLOSED: frozenset({MeetingStatus.ADOPTED, MeetingStatus.OPENED}),
    MeetingStatus.ADOPTED: frozenset(),
    MeetingStatus.NOT_HELD: frozenset(),
    MeetingStatus.CANCELLED: frozenset(),
}
