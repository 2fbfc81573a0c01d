from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from nenep.briefings.querysets import BriefingQuerySet, DecisionQuerySet
from nenep.organizations.models import Body, Cluster, UnitType
from nenep.people.models import Member
from nenep.plans.models import Entry
from nenep.shared.dates import now, today
from nenep.shared.once import MadeOnce
from nenep.shared.vietnamese import lower_first

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import date


def called(cluster: Cluster) -> str:
    """ "cụm 1", whether the register says "Cụm 1" or "1"."""
    return lower_first(cluster.name) if cluster.name.lower().startswith("cụm") else f"cụm {cluster.name}"


class BriefingStatus(models.TextChoices):
    OPEN = "open", "Đang mở"
    CLOSED = "closed", "Đã kết thúc"
    WITHDRAWN = "withdrawn", "Không tổ chức"

    @property
    def next(self) -> AbstractSet[BriefingStatus]:
        is_open = self == BriefingStatus.OPEN
        return {BriefingStatus.CLOSED, BriefingStatus.WITHDRAWN} if is_open else set()


class Briefing(MadeOnce):
    """One briefing of a cluster about the months [first_month, last_month], both included.

    `figures` and `content` are empty while it is open: both are frozen when it closes (see `figures`, `exports`).
    """

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="briefings")
    # One entry of a committee's plan may stand for the briefings of several clusters.
    entry = models.ForeignKey(Entry, models.SET_NULL, null=True, editable=False, related_name="briefings")
    status = models.CharField(
        "tình trạng", max_length=10, choices=BriefingStatus, default=BriefingStatus.OPEN, editable=False
    )
    first_month = models.DateField("từ tháng")
    last_month = models.DateField("đến tháng")
    starts_at = models.DateTimeField("ngày giờ")
    place = models.CharField("địa điểm", max_length=200, blank=True)
    chair = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chủ trì"
    )
    question = models.CharField("câu hỏi thảo luận chuyên đề", max_length=300, blank=True)
    conclusions = models.TextField("kết luận", max_length=8000, blank=True)
    # Raised by each change, so that two who write at once do not overwrite each other.
    revision = models.PositiveIntegerField(default=0, editable=False)
    # [{"body": key, "name": …, and the numbers of `figures.BodyFigures`}, …]
    figures = models.JSONField(null=True, editable=False)
    content = models.JSONField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    withdrawal_reason = models.CharField("lý do không tổ chức", max_length=300, blank=True)

    objects = BriefingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_month__gte=F("first_month")),
                name="briefing_ends_after_it_begins",
                violation_error_message="Tháng cuối không thể trước tháng đầu.",
            ),
            models.UniqueConstraint(
                fields=["entry", "cluster"],
                condition=~Q(status=BriefingStatus.WITHDRAWN),
                name="briefing_is_the_only_one_of_its_entry",
                violation_error_message="Giao ban này của kế hoạch năm đã mở rồi.",
            ),
        ]

    @property
    def day(self) -> date:
        return timezone.localdate(self.starts_at)

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= now()

    @property
    def of_cluster(self) -> str:
        """The cluster as a sentence names it: its name may or may not begin with the word."""
        return called(self.cluster)

    @property
    def is_open(self) -> bool:
        return self.status == BriefingStatus.OPEN

    @property
    def is_closed(self) -> bool:
        return self.status == BriefingStatus.CLOSED


class Represented(models.Model):
    """A body of the cluster that somebody came for; who that was is not kept."""

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="represented")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["briefing", "body"], name="represented_is_said_once")]


class Method(models.Model):
    """What a thematic discussion agreed on for one kind of unit (R39)."""

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="methods")
    unit_type = models.CharField("loại hình", max_length=30, choices=UnitType)
    text = models.CharField("cách làm", max_length=500)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["briefing", "unit_type"], name="method_is_said_once")]


class DecisionStatus(models.TextChoices):
    OPEN = "open", "Chưa xong"
    DONE = "done", "Đã xong"

    @property
    def next(self) -> AbstractSet[DecisionStatus]:
        return {DecisionStatus.DONE if self == DecisionStatus.OPEN else DecisionStatus.OPEN}


class Decision(MadeOnce):
    """What one body of the cluster is to do by when; told to it when the briefing closes."""

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="decisions")
    body = models.ForeignKey(Body, models.PROTECT, related_name="briefing_decisions")
    what = models.CharField("việc cần làm", max_length=500)
    due_on = models.DateField("thời hạn")
    status = models.CharField(
        "tình trạng", max_length=10, choices=DecisionStatus, default=DecisionStatus.OPEN, editable=False
    )
    # In the body's own words: read by that body and by the committee, by no other body.
    done_line = models.CharField("đã làm gì", max_length=300, blank=True)
    done_on = models.DateField(null=True, editable=False)

    # Not a column: the body's name of the day, which `reads.named` adds.
    body_name: str

    objects = DecisionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["body", "status"], name="briefing_decision_by_body")]

    @property
    def is_done(self) -> bool:
        return self.status == DecisionStatus.DONE

    @property
    def is_overdue(self) -> bool:
        return not self.is_done and self.due_on < today()


class Note(MadeOnce):
    """What was added below closed minutes, which themselves stay as they are."""

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="notes")
    text = models.CharField("nội dung", max_length=1000)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
