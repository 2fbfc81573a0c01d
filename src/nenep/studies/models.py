from __future__ import annotations

from django.db import models
from django.db.models import Q

from nenep.directives.models import Directive
from nenep.documents.models import Document
from nenep.organizations.models import Body
from nenep.people.models import Member
from nenep.shared.once import MadeOnce
from nenep.shared.vietnamese import lines_in
from nenep.studies.querysets import SessionQuerySet

MOST_QUESTIONS = 5
MOST_OPTIONS = 4


class Session(MadeOnce):
    """When and where a body studied a directive or a paper of its register. `closed_at`: nothing more is written."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    directive = models.ForeignKey(
        Directive, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chỉ đạo"
    )
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản"
    )
    title = models.CharField("nội dung học tập", max_length=300)
    held_at = models.DateTimeField("ngày giờ")
    place = models.CharField("địa điểm", max_length=200)
    presenter = models.CharField("người trình bày", max_length=200)
    material = models.CharField("tài liệu", max_length=300, blank=True)
    raised = models.TextField("câu hỏi đã nêu", max_length=1000, blank=True)
    closed_at = models.DateTimeField("lúc kết thúc ghi", null=True, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(directive=None) | Q(document=None),
                name="session_studies_one_thing",
                violation_error_message="Đồng chí chọn chỉ đạo hoặc văn bản, không chọn cả hai.",
            )
        ]
        indexes = [models.Index(fields=["body", "held_at"], name="session_by_body")]

    @property
    def raised_lines(self) -> list[str]:
        return lines_in(self.raised)


class Present(models.Model):
    """A member was there; the branch of that day says so."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="present")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    branch = models.ForeignKey(Body, models.PROTECT, related_name="+")
    at = models.DateTimeField("lúc ghi", editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "member"], name="present_is_said_once")]
        indexes = [models.Index(fields=["member"], name="present_by_member")]


class CheckQuestion(models.Model):
    """A question with its answers; of what people chose there are counts alone (`CheckOption`)."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="check_questions")
    text = models.CharField("câu hỏi", max_length=300)

    class Meta:
        ordering = ["pk"]


class CheckOption(models.Model):
    question = models.ForeignKey(CheckQuestion, models.CASCADE, related_name="options")
    text = models.CharField("phương án", max_length=200)
    is_right = models.BooleanField("đúng", default=False)
    chosen = models.PositiveIntegerField("số người chọn", default=0)

    class Meta:
        ordering = ["pk"]


class CheckTaken(models.Model):
    """That a member has answered, so that nobody is counted twice; nothing about what, and no moment."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="taken")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "member"], name="checktaken_is_once")]
