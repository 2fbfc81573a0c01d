"""Rounds and their counts: sums only. No table has a row for a ballot or for somebody who cast one."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from nenep.meetings.bases import CountedBase
from nenep.meetings.models import AgendaItem, Meeting
from nenep.people.models import Member
from nenep.rulebook.votes import fewest, reached
from nenep.rulebook.wording import fraction
from nenep.shared.once import MadeOnce


class Mode(models.TextChoices):
    """What a voter does with the ballot."""

    NAMES = "names", "Chọn người trong danh sách"
    QUESTION = "question", "Trả lời một câu hỏi"
    FORMS = "forms", "Chọn một hình thức"


class RoundStatus(models.TextChoices):
    OPEN = "open", "Đang bỏ phiếu, kiểm phiếu"
    CONFIRMED = "confirmed", "Đã chốt kết quả"

    @property
    def next(self) -> set[RoundStatus]:
        return {RoundStatus.CONFIRMED if self == RoundStatus.OPEN else RoundStatus.OPEN}


class Round(CountedBase, MadeOnce):
    """Ballots handed out once, and what decides on them: base, parts and threshold as they were at the opening."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="ballot_rounds")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="+")
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="following"
    )
    number = models.PositiveSmallIntegerField("vòng", default=1, editable=False)
    subject = models.CharField("nội dung bỏ phiếu", max_length=300)
    kind = models.CharField("loại biểu quyết", max_length=30)
    mode = models.CharField("cách bỏ phiếu", max_length=10, choices=Mode)
    seats = models.PositiveSmallIntegerField("số lượng được bầu", default=1)
    status = models.CharField(
        "tình trạng", max_length=10, choices=RoundStatus, default=RoundStatus.OPEN, editable=False
    )
    opened_at = models.DateTimeField(editable=False)
    present_official = models.PositiveSmallIntegerField()
    num = models.PositiveSmallIntegerField()
    den = models.PositiveSmallIntegerField()
    strict = models.BooleanField()
    # As the pack of the day cites it, with "(chưa kiểm chứng)" where nobody has verified it.
    citation = models.CharField("căn cứ", max_length=300)

    class Meta(CountedBase.Meta):
        ordering = ["opened_at", "pk"]

    @property
    def is_open(self) -> bool:
        return self.status == RoundStatus.OPEN

    @property
    def is_question(self) -> bool:
        return self.mode == Mode.QUESTION

    @property
    def is_election(self) -> bool:
        return self.mode == Mode.NAMES

    @property
    def title(self) -> str:
        return f"{self.subject.rstrip('.')} (vòng {self.number})" if self.number > 1 else self.subject

    @property
    def needed(self) -> int:
        """The fewest votes that are enough."""
        return fewest(self.base, num=self.num, den=self.den, strict=self.strict)

    @property
    def threshold(self) -> str:
        return fraction(self.num, self.den, strict=self.strict)

    def reaches(self, votes: int) -> bool:
        return reached(votes, self.base, num=self.num, den=self.den, strict=self.strict)


class Option(models.Model):
    """One line of the ballot: a person, a form to be chosen, or the question itself."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    name = models.CharField("tên trên phiếu", max_length=300)
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "position"], name="option_stands_on_one_line"),
            models.UniqueConstraint(
                fields=["round", "member"], condition=Q(member__isnull=False), name="option_is_a_person_once"
            ),
        ]


class Teller(models.Model):
    """A member of the counting board."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="tellers")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    is_head = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_head", "member__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["round", "member"], name="teller_is_named_once"),
            models.UniqueConstraint(fields=["round"], condition=Q(is_head=True), name="teller_heads_alone"),
        ]


class CountStatus(models.TextChoices):
    ENTERED = "entered", "Đã nhập, chưa chốt"
    CONFIRMED = "confirmed", "Đã chốt"
    REPLACED = "replaced", "Đã kiểm phiếu lại"

    @property
    def next(self) -> set[CountStatus]:
        following = {CountStatus.ENTERED: CountStatus.CONFIRMED, CountStatus.CONFIRMED: CountStatus.REPLACED}
        return {following[self]} if self in following else set()


class Count(models.Model):
    """What the counting board counted. Confirmed it never changes; a mistaken one is replaced by a recount."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="counts")
    number = models.PositiveSmallIntegerField("lần kiểm phiếu")
    status = models.CharField(max_length=10, choices=CountStatus, default=CountStatus.ENTERED)
    revision = models.PositiveIntegerField(default=1)
    issued = models.PositiveSmallIntegerField("số phiếu phát ra")
    returned = models.PositiveSmallIntegerField("số phiếu thu về")
    valid = models.PositiveSmallIntegerField("số phiếu hợp lệ")
    invalid = models.PositiveSmallIntegerField("số phiếu không hợp lệ")
    entered_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    # Seats that nobody has won; 0 for what is no election.
    unfilled = models.PositiveSmallIntegerField(default=0)
    replaced_because = models.CharField("lý do kiểm phiếu lại", max_length=300, blank=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="count_has_its_number"),
            models.UniqueConstraint(
                fields=["round"], condition=Q(status="confirmed"), name="count_is_confirmed_once"
            ),
            models.UniqueConstraint(
                fields=["round"], condition=Q(status="entered"), name="count_is_entered_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(returned__lte=F("issued"), returned=F("valid") + F("invalid")),
                name="count_adds_up",
            ),
        ]


class Tally(models.Model):
    """The votes of one line. Against and blank: for a question only, else 0."""

    count = models.ForeignKey(Count, models.CASCADE, related_name="tallies")
    option = models.ForeignKey(Option, models.PROTECT, related_name="+")
    votes_for = models.PositiveSmallIntegerField()
    votes_against = models.PositiveSmallIntegerField(default=0)
    votes_blank = models.PositiveSmallIntegerField(default=0)
    is_chosen = models.BooleanField(default=False)
    # As many votes as another at the last seat: neither has it.
    is_tied = models.BooleanField(default=False)

    class Meta:
        ordering = ["option__position"]
        constraints = [
            models.UniqueConstraint(fields=["count", "option"], name="tally_is_one_for_each_line"),
            models.CheckConstraint(
                condition=~Q(is_chosen=True, is_tied=True), name="tally_is_chosen_or_tied"
            ),
        ]
