from __future__ import annotations

from django.db import models

from nenep.discussions.querysets import AnswerQuerySet, DiscussionQuerySet
from nenep.organizations.models import Body
from nenep.people.models import Member

LONGEST = 1000  # characters of an answer: some sentences, not minutes


class Kind(models.TextChoices):
    """What puts questions; the values stand in addresses."""

    DIRECTIVE = "directive", "Chỉ đạo"
    GUIDANCE = "guidance", "Trọng tâm sinh hoạt"


class Discussion(models.Model):
    """The answers of one branch to one directive or focus: written together, read above together or not at all."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    source_id = models.PositiveBigIntegerField()
    may_be_read = models.BooleanField("cấp trên được đọc câu trả lời", default=False)
    # Grows with each save; a stale save is refused and shows both texts.
    revision = models.PositiveIntegerField(default=0, editable=False)
    answered_at = models.DateTimeField("trả lời lúc", editable=False)
    answered_by = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")

    objects = DiscussionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "kind", "source_id"], name="discussion_is_one_for_a_body")
        ]
        indexes = [models.Index(fields=["kind", "source_id"], name="discussion_by_source")]


class Answer(models.Model):
    """The words for one question, which is kept as it was asked: a focus may ask otherwise in its next version."""

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="answers")
    question = models.CharField("câu hỏi", max_length=300)
    text = models.TextField("trả lời", max_length=LONGEST)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["discussion", "question"], name="answer_is_one_for_a_question")
        ]
