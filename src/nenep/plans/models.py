from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from nenep.meetings.models import Meeting
from nenep.organizations.models import Body
from nenep.people.models import Member
from nenep.plans.querysets import EntryQuerySet, PlanQuerySet
from nenep.shared.once import MadeOnce

if TYPE_CHECKING:
    from datetime import date, datetime

    from nenep.plans.outcomes import Outcome
    from nenep.plans.providers import Focus


class PlanStatus(models.TextChoices):
    DRAFT = "draft", "Đang soạn"
    PUBLISHED = "published", "Đã công bố"

    @property
    def next(self) -> set[PlanStatus]:
        return {PlanStatus.PUBLISHED} if self == PlanStatus.DRAFT else set()


class Plan(models.Model):
    """What a body means to hold in one year."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField("năm")
    status = models.CharField("tình trạng", max_length=10, choices=PlanStatus, default=PlanStatus.DRAFT)
    published_at = models.DateTimeField(null=True, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "year"],
                name="plan_is_the_only_one_of_its_year",
                violation_error_message="Năm này đã có kế hoạch.",
            )
        ]

    @property
    def is_published(self) -> bool:
        return self.status == PlanStatus.PUBLISHED


class EntryKind(models.TextChoices):
    REGULAR = "regular", "Sinh hoạt thường kỳ"
    THEMATIC = "thematic", "Sinh hoạt chuyên đề"
    COMMITTEE = "committee", "Họp cấp ủy"
    CLUSTER_BRIEFING = "cluster_briefing", "Giao ban cụm"
    STUDY = "study", "Học tập, tập huấn"
    MIDTERM = "midterm", "Hội nghị sơ kết"
    FINAL = "final", "Hội nghị tổng kết"


# From these a meeting of the branch is made; the others are held without the program.
MEETING_KINDS = (EntryKind.REGULAR, EntryKind.THEMATIC)
# Kinds whose entry belongs to a month whatever its day: the branch's meeting and what prepares it.
MONTHLY = (EntryKind.REGULAR, EntryKind.COMMITTEE)


class EntryStatus(models.TextChoices):
    STANDING = "standing", "Theo kế hoạch"
    DROPPED = "dropped", "Đã bỏ"

    @property
    def next(self) -> set[EntryStatus]:
        return {EntryStatus.DROPPED} if self == EntryStatus.STANDING else set()


class Entry(MadeOnce):
    """One meeting of the plan. `at` and `where` say when and where it is held: once it was made, the meeting does.

    `month`: the month for which it counts; its day may slip into the next, as that of the meeting may.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="entries")
    kind = models.CharField("loại", max_length=20, choices=EntryKind)
    month = models.DateField("tháng", editable=False)
    starts_at = models.DateTimeField("ngày giờ")
    place = models.CharField("địa điểm", max_length=200, blank=True)
    content = models.CharField("nội dung", max_length=300, blank=True)
    presenter = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người trình bày"
    )
    status = models.CharField(
        "tình trạng", max_length=10, choices=EntryStatus, default=EntryStatus.STANDING, editable=False
    )
    meeting = models.OneToOneField(
        Meeting, models.SET_NULL, null=True, editable=False, related_name="plan_entry"
    )
    # What was said of an entry of which the program has no record of its own; see `outcomes`.
    held_on = models.DateField("ngày đã tổ chức", null=True, editable=False)
    not_held_reason = models.CharField("lý do không tổ chức", max_length=300, blank=True, editable=False)

    # Not columns: what the view adds for the page.
    focuses: list[Focus]
    outcome: Outcome

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "month"],
                condition=Q(kind=EntryKind.REGULAR, status=EntryStatus.STANDING),
                name="entry_is_the_only_regular_one_of_its_month",
                violation_error_message="Tháng này kế hoạch đã có kỳ sinh hoạt thường kỳ.",
            ),
            models.CheckConstraint(
                condition=Q(held_on=None) | Q(not_held_reason=""),
                name="entry_was_held_or_was_not",
                violation_error_message="Đã tổ chức thì không có lý do không tổ chức.",
            ),
        ]

    @property
    def made(self) -> Meeting | None:
        """The meeting that was made from it; None while there is none, and when it was cancelled."""
        return None if self.meeting is None or self.meeting.is_cancelled else self.meeting

    @property
    def at(self) -> datetime:
        return self.made.starts_at if self.made else self.starts_at

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)

    @property
    def where(self) -> str:
        return self.made.place if self.made else self.place

    @property
    def about(self) -> str:
        """What it is about: of a thematic one its question."""
        is_thematic = self.kind == EntryKind.THEMATIC
        return self.made.focus_question if self.made and is_thematic else self.content

    @property
    def is_dropped(self) -> bool:
        return self.status == EntryStatus.DROPPED

    @property
    def becomes_meeting(self) -> bool:
        return self.kind in MEETING_KINDS

    @property
    def is_said(self) -> bool:
        """Whether somebody wrote down what became of it."""
        return self.held_on is not None or bool(self.not_held_reason)

    @property
    def lacks_question(self) -> bool:
        return self.kind == EntryKind.THEMATIC and not self.about


class Change(models.Model):
    """What was changed of a published entry and why. `becomes` NULL: it was dropped."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="changes")
    was = models.DateTimeField()
    becomes = models.DateTimeField(null=True, editable=False)
    reason = models.CharField("lý do", max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
