"""What members answer and write before a meeting: the tables, which `models` gives on with its own."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nenep.meetings.states import Answer, Reply
from nenep.people.models import Member
from nenep.shared.once import MadeOnce


class Response(models.Model):
    """What a member said beforehand about coming."""

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="responses")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    answer = models.CharField("trả lời", max_length=20, choices=Answer)
    reason = models.CharField("lý do", max_length=30, blank=True)
    note = models.CharField("nói thêm", max_length=200, blank=True)
    at = models.DateTimeField()
    # Who wrote down what the member said on the telephone or on paper; NULL when the member answered.
    written_by = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="response_is_given_once")]


class OpinionKind(models.TextChoices):
    OPINION = "opinion", "Ý kiến"
    PROPOSAL = "proposal", "Đề nghị đưa vào chương trình"


class Opinion(models.Model):
    """What a member wrote before the meeting or on a card; seen by its author and by those who owe an answer.

    A proposal asks for an item of the agenda: `subject` is its title, `text` says why it should be discussed.
    Without an author it stood on a card that nobody had signed; nothing says whose it was.
    """

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="opinions")
    item = models.ForeignKey(
        "meetings.AgendaItem", models.SET_NULL, null=True, blank=True, related_name="opinions"
    )
    author = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=20, choices=OpinionKind, default=OpinionKind.OPINION)
    subject = models.CharField("nội dung đề nghị", max_length=300, blank=True)
    text = models.TextField("ý kiến", max_length=2000)
    at = models.DateTimeField()
    # Who typed in the card; NULL when the author wrote here.
    written_by = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")
    reply = models.CharField("trả lời", max_length=20, choices=Reply, default=Reply.OPEN)
    reply_reason = models.CharField("lý do", max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(author__isnull=False) | Q(written_by__isnull=False),
                name="opinion_has_an_author_or_came_on_a_card",
            ),
            models.CheckConstraint(
                condition=~Q(reply__in=[Reply.ADAPTED, Reply.DECLINED]) | ~Q(reply_reason=""),
                name="opinion_is_declined_with_a_reason",
                violation_error_message="Hãy ghi lý do để người góp ý được biết.",
            ),
            models.CheckConstraint(
                condition=Q(kind=OpinionKind.OPINION, subject="")
                | (Q(kind=OpinionKind.PROPOSAL) & ~Q(subject="")),
                name="opinion_proposes_a_subject_or_is_none",
                violation_error_message="Đề nghị thì phải nêu nội dung.",
            ),
        ]

    @property
    def is_proposal(self) -> bool:
        return self.kind == OpinionKind.PROPOSAL


class OpinionCard(MadeOnce):
    """A printed card for one meeting and for nobody in particular. Its code lets it be typed in once.

    It does not point to the opinion, and nothing says when it was typed in: the same moment would lead to it. A card
    that somebody remembers handing out shall lead to nothing.
    """

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="cards")
    code = models.CharField("mã phiếu", max_length=8)
    printed_at = models.DateTimeField("lúc in")
    is_used = models.BooleanField("đã nhập", default=False, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "code"], name="card_code_is_of_one_card")]
