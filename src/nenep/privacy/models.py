from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from nenep.access.models import Account
from nenep.organizations.models import Body
from nenep.people.models import Member
from nenep.privacy.querysets import CorrectionQuerySet
from nenep.rulebook.calendar import after_working_days
from nenep.shared.dates import today

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

# Decree 356/2025/ND-CP, as read in trust.md 5.1: an answer within two working days.
ANSWER_WITHIN = 2


class CorrectionState(models.TextChoices):
    RECEIVED = "received", "Chờ trả lời"
    CORRECTED = "corrected", "Đã sửa"
    REFUSED = "refused", "Không sửa"

    @property
    def next(self) -> frozenset[CorrectionState]:
        return NEXT[self]


NEXT: Mapping[CorrectionState, frozenset[CorrectionState]] = {
    CorrectionState.RECEIVED: frozenset({CorrectionState.CORRECTED, CorrectionState.REFUSED}),
    CorrectionState.CORRECTED: frozenset(),
    CorrectionState.REFUSED: frozenset(),
}


class CorrectionRequest(models.Model):
    """A member asks that a kept value be put right. `field` is the inventory's key ("people.Member.phone")."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="corrections", verbose_name="đảng viên")
    body = models.ForeignKey(Body, models.PROTECT, related_name="corrections", verbose_name="tổ chức trả lời")
    field = models.CharField("mục dữ liệu", max_length=120)
    row = models.BigIntegerField("dòng dữ liệu", null=True, blank=True)
    proposed = models.CharField("đề nghị sửa thành", max_length=300)
    reason = models.CharField("lý do", max_length=300, blank=True)
    state = models.CharField(
        "tình trạng", max_length=10, choices=CorrectionState, default=CorrectionState.RECEIVED
    )
    asked_at = models.DateTimeField("lúc đề nghị")
    answer = models.CharField("trả lời", max_length=500, blank=True)
    answered_at = models.DateTimeField("lúc trả lời", null=True, blank=True)
    answered_by = models.ForeignKey(
        Account,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections_answered",
        verbose_name="người trả lời",
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="received") | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="correctionrequest_answered_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(answer=""),
                name="correctionrequest_refused_with_reason",
                violation_error_message="Không sửa thì phải nói rõ lý do.",
            ),
        ]
        indexes = [models.Index(fields=["body", "state"], name="correction_by_body")]

    @property
    def due_on(self) -> date:
        """The last day for an answer."""
        return after_working_days(timezone.localdate(self.asked_at), ANSWER_WITHIN)

    @property
    def is_overdue(self) -> bool:
        return self.state == CorrectionState.RECEIVED and today() > self.due_on
