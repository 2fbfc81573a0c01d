from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from nenep.meetings.models import Meeting
from nenep.people.models import Member
from nenep.returns.querysets import ReturnQuerySet

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet


class ReturnStatus(models.TextChoices):
    SENT = "sent", "Đã gửi, chờ nhận"
    RECEIVED = "received", "Cấp trên đã nhận"
    SENT_BACK = "sent_back", "Cấp trên trả lại"

    @property
    def next(self) -> AbstractSet[ReturnStatus]:
        return _NEXT[self]


_NEXT: dict[ReturnStatus, frozenset[ReturnStatus]] = {
    ReturnStatus.SENT: frozenset({ReturnStatus.RECEIVED, ReturnStatus.SENT_BACK}),
    ReturnStatus.SENT_BACK: frozenset({ReturnStatus.SENT}),
    ReturnStatus.RECEIVED: frozenset(),
}


class Return(models.Model):
    """What a branch reported of one meeting. The lines are frozen as sent; a later sending replaces them."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="monthly_return")
    status = models.CharField(max_length=20, choices=ReturnStatus, default=ReturnStatus.SENT)
    # [[key, label, value], ...] as `lines.lines_of` gave them.
    content = models.JSONField()
    remark = models.CharField("ghi chú của chi bộ", max_length=1000, blank=True)
    checksum = models.CharField("mã đối chiếu", max_length=64)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")
    # What the committee said last: about which line (a key, or empty), and what.
    about = models.CharField("về mục", max_length=30, blank=True)
    answer = models.CharField("lý do trả lại", max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")

    objects = ReturnQuerySet.as_manager()

    @property
    def is_sent_back(self) -> bool:
        return self.status == ReturnStatus.SENT_BACK

    @property
    def is_waiting(self) -> bool:
        return self.status == ReturnStatus.SENT

    @property
    def short_checksum(self) -> str:
        """The beginning, in groups to be compared by eye."""
        return " ".join(self.checksum[place : place + 4] for place in range(0, 16, 4))
