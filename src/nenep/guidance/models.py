from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from nenep.guidance.querysets import GuidanceQuerySet
from nenep.organizations.models import Body, Cluster, UnitType
from nenep.people.models import Member
from nenep.shared.once import MadeOnce
from nenep.shared.vietnamese import lines_in

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

MOST_QUESTIONS = 3


class GuidanceStatus(models.TextChoices):
    DRAFT = "draft", "Đang soạn"
    PUBLISHED = "published", "Đã ban hành"
    WITHDRAWN = "withdrawn", "Đã thu hồi"

    @property
    def next(self) -> AbstractSet[GuidanceStatus]:
        return _NEXT[self]


_NEXT: dict[GuidanceStatus, AbstractSet[GuidanceStatus]] = {
    GuidanceStatus.DRAFT: {GuidanceStatus.PUBLISHED, GuidanceStatus.WITHDRAWN},
    GuidanceStatus.PUBLISHED: {GuidanceStatus.WITHDRAWN},
    GuidanceStatus.WITHDRAWN: frozenset(),
}


class Audience(models.TextChoices):
    ALL = "all", "Tất cả chi bộ bên dưới"
    UNIT_TYPE = "unit_type", "Chi bộ của một loại hình"
    CLUSTER = "cluster", "Chi bộ của một cụm"


class Guidance(MadeOnce):
    """For which months and which branches a committee gives a focus; its words are in `versions`.

    Once published, months and branches stay as they are: other ones are another guidance.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="guidance")
    status = models.CharField(max_length=20, choices=GuidanceStatus, default=GuidanceStatus.DRAFT)
    first_month = models.DateField("từ tháng")
    last_month = models.DateField("đến tháng")
    audience = models.CharField("dành cho", max_length=20, choices=Audience, default=Audience.ALL)
    unit_type = models.CharField("loại hình", max_length=30, choices=UnitType, blank=True)
    cluster = models.ForeignKey(
        Cluster, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cụm"
    )
    # Grows with each save of the words, of a draft too.
    revision = models.PositiveIntegerField(default=1, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawal_reason = models.CharField("lý do thu hồi", max_length=300, blank=True)

    objects = GuidanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_month__gte=F("first_month")),
                name="guidance_ends_after_it_begins",
                violation_error_message="Tháng cuối không thể trước tháng đầu.",
            ),
            models.CheckConstraint(
                condition=Q(audience=Audience.ALL, unit_type="", cluster=None)
                | (Q(audience=Audience.UNIT_TYPE, cluster=None) & ~Q(unit_type=""))
                | Q(audience=Audience.CLUSTER, unit_type="", cluster__isnull=False),
                name="guidance_says_for_whom_it_is",
                violation_error_message="Đồng chí chọn loại hình hoặc cụm của chi bộ.",
            ),
        ]
        indexes = [models.Index(fields=["body", "first_month"], name="guidance_by_body")]

    @property
    def current(self) -> GuidanceVersion:
        """Reads all versions, which are few and mostly fetched already."""
        return max(self.versions.all(), key=lambda version: version.number)

    @property
    def is_draft(self) -> bool:
        return self.status == GuidanceStatus.DRAFT

    @property
    def is_published(self) -> bool:
        return self.status == GuidanceStatus.PUBLISHED

    @property
    def is_withdrawn(self) -> bool:
        return self.status == GuidanceStatus.WITHDRAWN

    @property
    def for_whom(self) -> str:
        if self.audience == Audience.UNIT_TYPE:
            return f"{self.get_audience_display()}: {UnitType(self.unit_type).label}"
        if self.cluster:
            return f"{self.get_audience_display()}: {self.cluster.name}"
        return str(self.get_audience_display())


class GuidanceVersion(models.Model):
    """The words as they were issued; never changed once published, a change is the next version."""

    guidance = models.ForeignKey(Guidance, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    title = models.CharField("trọng tâm", max_length=300)
    why_it_matters = models.CharField("vì sao quan trọng với chi bộ", max_length=500)
    questions = models.TextField("câu hỏi thảo luận", max_length=1000, blank=True)
    source_issuer = models.CharField("cơ quan ban hành", max_length=200)
    source_number = models.CharField("số, ký hiệu văn bản", max_length=80)
    source_date = models.DateField("ngày văn bản")
    note = models.CharField("sửa gì so với bản trước", max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["guidance", "number"], name="guidanceversion_is_numbered_once"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(note=""),
                name="guidanceversion_says_what_it_changes",
                violation_error_message="Đồng chí ghi đã sửa gì để các chi bộ biết.",
            ),
        ]

    @property
    def question_lines(self) -> list[str]:
        return lines_in(self.questions)
