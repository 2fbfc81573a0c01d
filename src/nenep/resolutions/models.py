from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from nenep.documents.models import Document
from nenep.meetings.models import Meeting, Reply, Vote
from nenep.organizations.reach import within
from nenep.people.models import Member
from nenep.shared.fields import LONGEST_TEXT
from nenep.shared.once import MadeOnce
from nenep.votes.models import NamedVote

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from nenep.shared.viewer import Viewer


# A monthly resolution with more targets than this has no focus (R106).
MOST_TARGETS = 8


class ResolutionStatus(models.TextChoices):
    DRAFT = "draft", "Dự thảo"
    ADOPTED = "adopted", "Đã thông qua"
    REJECTED = "rejected", "Không được thông qua"

    @property
    def next(self) -> AbstractSet[ResolutionStatus]:
        return _NEXT[self]


_NEXT: dict[ResolutionStatus, frozenset[ResolutionStatus]] = {
    ResolutionStatus.DRAFT: frozenset({ResolutionStatus.ADOPTED, ResolutionStatus.REJECTED}),
    ResolutionStatus.ADOPTED: frozenset(),
    # Amended after the vote it is a draft again, and may be put to the vote once more.
    ResolutionStatus.REJECTED: frozenset({ResolutionStatus.DRAFT}),
}


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(within(viewer, "resolutions.read", field="meeting__body"))

    def for_page(self) -> Self:
        return self.select_related("meeting__body", "vote", "document").prefetch_related("targets__lead")


class Resolution(models.Model):
    """The resolution of one meeting. Its parts are those of the branch resolution (regulations.md 1.9)."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="resolution")
    title = models.CharField("trích yếu", max_length=300)
    review = models.TextField("đánh giá kết quả tháng trước", max_length=LONGEST_TEXT, blank=True)
    direction = models.TextField("phương hướng, nhiệm vụ tháng tới", max_length=LONGEST_TEXT, blank=True)
    organization = models.TextField("tổ chức thực hiện", max_length=LONGEST_TEXT, blank=True)
    status = models.CharField(max_length=20, choices=ResolutionStatus, default=ResolutionStatus.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")
    adopted_at = models.DateTimeField(null=True, editable=False)
    vote = models.OneToOneField(Vote, models.PROTECT, null=True, editable=False, related_name="+")
    # The vote by name in which the draft as it is now stands, or stood last.
    named_vote = models.OneToOneField(
        NamedVote, models.SET_NULL, null=True, editable=False, related_name="resolution"
    )
    document = models.OneToOneField(Document, models.PROTECT, null=True, editable=False, related_name="+")

    objects = ResolutionQuerySet.as_manager()


class DraftVersion(models.Model):
    """The draft as somebody saved it: never changed afterwards. A vote belongs to the version that was voted on."""

    resolution = models.ForeignKey(Resolution, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField("trích yếu", max_length=300)
    review = models.TextField("đánh giá kết quả tháng trước", blank=True)
    direction = models.TextField("phương hướng, nhiệm vụ tháng tới", blank=True)
    organization = models.TextField("tổ chức thực hiện", blank=True)
    # [{"id", "what", "lead" (a name), "due_on" (ISO), "measure"}] in the order of the draft.
    targets = models.JSONField("nhiệm vụ, chỉ tiêu", default=list)
    vote = models.OneToOneField(Vote, models.PROTECT, null=True, editable=False, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["resolution", "number"], name="draftversion_has_its_own_number")
        ]


class DraftCommentQuerySet(models.QuerySet["DraftComment"]):
    def of(self, resolution: Resolution) -> Self:
        return self.filter(version__resolution=resolution)


class DraftComment(MadeOnce):
    """What a member says about one line of the draft; seen by its author and by those who owe an answer."""

    version = models.ForeignKey(DraftVersion, models.CASCADE, related_name="comments")
    # The line it is about ("direction:2", "target:15") and its words as they were read.
    place = models.CharField(max_length=40)
    quote = models.TextField()
    author = models.ForeignKey(Member, models.PROTECT, related_name="+")
    text = models.TextField("góp ý", max_length=2000)
    at = models.DateTimeField()
    reply = models.CharField("trả lời", max_length=20, choices=Reply, default=Reply.OPEN)
    reply_reason = models.CharField("lý do", max_length=500, blank=True)
    replied_at = models.DateTimeField(null=True, editable=False)
    replied_by = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")

    objects = DraftCommentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reply__in=[Reply.ADAPTED, Reply.DECLINED]) | ~Q(reply_reason=""),
                name="draftcomment_is_declined_with_a_reason",
                violation_error_message="Hãy ghi lý do để người góp ý được biết.",
            )
        ]


class Target(models.Model):
    """A task or target that the resolution sets: what, who leads, by when, measured how."""

    resolution = models.ForeignKey(Resolution, models.CASCADE, related_name="targets")
    position = models.PositiveSmallIntegerField()
    what = models.CharField("nhiệm vụ, chỉ tiêu", max_length=300)
    lead = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người chủ trì"
    )
    due_on = models.DateField("thời hạn", null=True, blank=True)
    measure = models.CharField("cách đo kết quả", max_length=200, blank=True)
    # The target of an earlier resolution that it goes on with (R118).
    carried_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="carried_into"
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["resolution", "position"], name="target_has_its_own_place")
        ]
