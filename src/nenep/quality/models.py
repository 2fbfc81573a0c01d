from __future__ import annotations

from django.db import models
from django.db.models import Q

from nenep.meetings.models import Meeting
from nenep.organizations.models import Body
from nenep.people.models import Member
from nenep.quality.querysets import NoteQuerySet
from nenep.shared.once import MadeOnce


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


class Feeling(models.TextChoices):
    FREE = "free", "Điều muốn nói, tôi đã nói được"
    HELD_BACK = "held_back", "Còn điều muốn nói mà ngại, chưa nói"
    NOTHING = "nothing", "Kỳ này tôi không có điều gì muốn nói"


class PulseCount(models.Model):
    """How many gave which answer after a meeting, until a day; nothing links an answer to anybody."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="pulse")
    until = models.DateField()
    free = models.PositiveSmallIntegerField(default=0)
    held_back = models.PositiveSmallIntegerField(default=0)
    nothing = models.PositiveSmallIntegerField(default=0)


class PulseTaken(models.Model):
    """Who has answered, so that nobody does twice; forgotten when the days for answering are over."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="pulse_taken")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="pulse_is_taken_once"),
        ]


class Note(MadeOnce):
    """What a month taught about leading the meetings of a branch: about the work, never about a person.

    It belongs to the office: whoever is secretary or deputy today reads what their predecessors wrote.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    month = models.DateField("tháng")
    worked = models.TextField("làm tốt", max_length=1000, blank=True)
    to_avoid = models.TextField("cần tránh", max_length=1000, blank=True)
    search_key = models.TextField(editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    at = models.DateTimeField(editable=False)
    by = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "-pk"]
        indexes = [models.Index(fields=["body", "-month"], name="note_by_body_and_month")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(worked="") | ~Q(to_avoid=""),
                name="note_says_something",
                violation_error_message="Đồng chí ghi điều làm tốt hoặc điều cần tránh.",
            )
        ]
