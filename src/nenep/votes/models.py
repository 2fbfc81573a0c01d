from __future__ import annotations

from django.db import models
from django.db.models import Q

from nenep.meetings.models import AgendaItem, Meeting, Vote
from nenep.people.models import Member


class VoteStatus(models.TextChoices):
    OPEN = "open", "Đang biểu quyết"
    CLOSED = "closed", "Đã kết thúc"

    @property
    def next(self) -> set[VoteStatus]:
        return {VoteStatus.CLOSED} if self == VoteStatus.OPEN else set()


class NamedVote(models.Model):
    """A question that members answer by name. Closing counts it once, into `result`."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="named_votes")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="named_votes")
    subject = models.CharField("nội dung biểu quyết", max_length=300)
    kind = models.CharField("loại biểu quyết", max_length=30)
    status = models.CharField(
        "tình trạng", max_length=10, choices=VoteStatus, default=VoteStatus.OPEN, editable=False
    )
    opened_at = models.DateTimeField(editable=False)
    result = models.OneToOneField(Vote, models.PROTECT, null=True, editable=False, related_name="named")

    class Meta:
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(status=VoteStatus.OPEN),
                name="namedvote_is_open_one_at_a_time",
                violation_error_message="Đang có một biểu quyết chưa kết thúc.",
            ),
            models.CheckConstraint(
                condition=Q(status=VoteStatus.OPEN, result=None)
                | Q(status=VoteStatus.CLOSED, result__isnull=False),
                name="namedvote_has_a_result_once_closed",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.status == VoteStatus.OPEN


class Choice(models.TextChoices):
    FOR = "for", "Tán thành"
    AGAINST = "against", "Không tán thành"
    OTHER = "other", "Ý kiến khác"


class Cast(models.Model):
    """What a member voted, until it is forgotten; with the opinion that the member reserves, if any."""

    vote = models.ForeignKey(NamedVote, models.CASCADE, related_name="casts")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    choice = models.CharField("biểu quyết", max_length=10, choices=Choice)
    at = models.DateTimeField(editable=False)
    # Who wrote it down for a member without a phone; NULL: the member.
    written_by = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")
    reserved = models.TextField("ý kiến bảo lưu", max_length=2000, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "member"], name="cast_is_one_for_each_member")]


class Reservation(models.Model):
    """An opinion that a member asked to be kept on what the branch decided. No row says how the member voted."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="reservations")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    # In words: a count that is taken back and made anew is on the same matter.
    subject = models.CharField("nội dung", max_length=320)
    text = models.TextField("ý kiến bảo lưu", max_length=2000)
    at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "member", "subject"], name="reservation_is_one_on_each_matter"
            )
        ]
