from __future__ import annotations

from django.db import models

from nenep.meetings.models import Meeting
from nenep.people.models import Member


class Judgement(models.TextChoices):
    MET = "met", "Đạt"
    PARTLY = "partly", "Đạt một phần"
    NOT_MET = "not_met", "Chưa đạt"


class CheckAnswer(models.Model):
    """What the branch says to one question of the self-check; the words of the question stay as they were asked."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="check_answers")
    position = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=30)
    words = models.CharField(max_length=300)
    judgement = models.CharField("tự đánh giá", max_length=10, choices=Judgement)
    line = models.CharField("nói rõ thêm", max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "question"], name="checkanswer_is_given_once")
        ]
