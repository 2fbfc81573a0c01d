from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from nenep.organizations.models import Body
from nenep.people.models import Member
from nenep.visits.querysets import VisitQuerySet

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

MOST_A_MONTH = 31


class Roster(models.Model):
    """Who of a committee attends which branch meeting in one month.

    `each`: how many branches the proposal gives to one officer at most; whoever arranges may give more by hand.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="visit_rosters")
    month = models.DateField("tháng")
    each = models.PositiveSmallIntegerField(
        "số chi bộ nhiều nhất của một đồng chí",
        validators=[MinValueValidator(1), MaxValueValidator(MOST_A_MONTH)],
    )
    # Raised by each change and each answer, so that nobody arranges over what they have not seen.
    revision = models.PositiveIntegerField(default=0, editable=False)
    arranged_by = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "month"], name="roster_is_the_only_one_of_its_month")
        ]


class VisitStatus(models.TextChoices):
    ASSIGNED = "assigned", "Đã phân công"
    ATTENDED = "attended", "Đã dự"
    MISSED = "missed", "Không dự được"
    DROPPED = "dropped", "Thôi phân công"

    @property
    def next(self) -> AbstractSet[VisitStatus]:
        return _NEXT[self]


# What the officer said may be put right by the officer; what the committee took back stays so.
_NEXT: dict[VisitStatus, AbstractSet[VisitStatus]] = {
    VisitStatus.ASSIGNED: {VisitStatus.ATTENDED, VisitStatus.MISSED, VisitStatus.DROPPED},
    VisitStatus.ATTENDED: {VisitStatus.MISSED},
    VisitStatus.MISSED: {VisitStatus.ATTENDED},
    VisitStatus.DROPPED: set(),
}
STANDING = (VisitStatus.ASSIGNED, VisitStatus.ATTENDED)


class Visit(models.Model):
    """One officer at the regular meeting of one branch; `remark` is about the meeting, never about a person."""

    roster = models.ForeignKey(Roster, models.PROTECT, related_name="visits")
    branch = models.ForeignKey(Body, models.PROTECT, related_name="visits", verbose_name="chi bộ")
    officer = models.ForeignKey(Member, models.PROTECT, related_name="visits", verbose_name="người dự")
    status = models.CharField(
        "tình trạng", max_length=10, choices=VisitStatus, default=VisitStatus.ASSIGNED, editable=False
    )
    remark = models.CharField("điều đáng chú ý", max_length=500, blank=True)
    reason = models.CharField("lý do không dự được", max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)

    objects = VisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["roster", "branch"],
                condition=Q(status__in=STANDING),
                name="visit_is_the_only_one_of_its_branch",
                violation_error_message="Chi bộ này đã có đồng chí khác dự.",
            ),
            models.CheckConstraint(
                condition=~Q(status=VisitStatus.MISSED) | ~Q(reason=""), name="visit_is_missed_for_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["officer", "status"], name="visit_by_officer")]

    @property
    def is_assigned(self) -> bool:
        return self.status == VisitStatus.ASSIGNED

    @property
    def is_attended(self) -> bool:
        return self.status == VisitStatus.ATTENDED

    @property
    def is_missed(self) -> bool:
        return self.status == VisitStatus.MISSED

    @property
    def is_dropped(self) -> bool:
        return self.status == VisitStatus.DROPPED
