from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from nenep.concerns.querysets import ConcernQuerySet, OfficialAnswerQuerySet
from nenep.organizations.models import Body
from nenep.people.models import Member
from nenep.shared.dates import today
from nenep.shared.once import MadeOnce

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

LONGEST = 1000  # characters; as much as a part of an agenda holds


class Theme(models.TextChoices):
    WORK = "work", "Việc làm và thu nhập"
    CONDITIONS = "conditions", "Điều kiện làm việc"
    LIVING = "living", "Đời sống, chế độ chính sách"
    UNITY = "unity", "Tổ chức, đoàn kết nội bộ"
    POLICY = "policy", "Chủ trương, thông tin"
    DOUBT = "doubt", "Thông tin cần giải đáp"
    OTHER = "other", "Điều khác"


class Way(models.TextChoices):
    """How it may be used, as its author chooses; the values are the codes of the rule `concerns.ways`."""

    NAMED = "named", "Nêu tên trước chi bộ"
    SECRETARY_ONLY = "secretary_only", "Chỉ bí thư biết"
    READ_BY_CHAIR = "read_by_chair", "Nhờ người chủ trì đọc, không nêu tên"


class ConcernStatus(models.TextChoices):
    RAISED = "raised", "Chờ bí thư trả lời"
    PASSED_UP = "passed_up", "Đã chuyển cấp trên"
    ANSWERED = "answered", "Đã trả lời"
    TAKEN_BACK = "taken_back", "Đã rút lại"

    @property
    def next(self) -> AbstractSet[ConcernStatus]:
        return _NEXT[self]


_NEXT: dict[ConcernStatus, AbstractSet[ConcernStatus]] = {
    ConcernStatus.RAISED: {ConcernStatus.ANSWERED, ConcernStatus.PASSED_UP, ConcernStatus.TAKEN_BACK},
    ConcernStatus.PASSED_UP: {ConcernStatus.ANSWERED, ConcernStatus.TAKEN_BACK},
    ConcernStatus.ANSWERED: frozenset(),
    ConcernStatus.TAKEN_BACK: frozenset(),
}
OPEN = (ConcernStatus.RAISED, ConcernStatus.PASSED_UP)


class Concern(MadeOnce):
    """What somebody raised in the branch they belonged to; without an author it is forgotten and only counts."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    author = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")
    for_others = models.BooleanField("nêu thay quần chúng", default=False)
    theme = models.CharField("về việc gì", max_length=20, choices=Theme)
    text = models.TextField("nội dung", max_length=LONGEST, blank=True)
    way = models.CharField("được dùng thế nào", max_length=20, choices=Way)
    may_be_named_above = models.BooleanField("cấp trên được biết tên", default=False)
    status = models.CharField(
        "tình trạng", max_length=20, choices=ConcernStatus, default=ConcernStatus.RAISED, editable=False
    )
    raised_at = models.DateTimeField("nêu lúc", editable=False)
    # Of whoever owes it now; None where no rule says in how many days.
    answer_by = models.DateField("hạn trả lời", null=True, editable=False)
    committee = models.ForeignKey(Body, models.PROTECT, null=True, editable=False, related_name="+")
    asked = models.TextField("đề nghị cấp trên", max_length=LONGEST, blank=True, editable=False)
    answer = models.TextField("trả lời", max_length=2 * LONGEST, blank=True, editable=False)
    answered_at = models.DateTimeField("trả lời lúc", null=True, editable=False)
    answered_by = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")

    objects = ConcernQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["body", "status"], name="concern_by_body_and_status"),
            models.Index(fields=["author"], name="concern_by_author"),
            models.Index(fields=["committee", "status"], name="concern_by_committee"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(author__isnull=False) & ~Q(text="")
                | Q(author=None, text="", asked="", answer=""),
                name="concern_is_whole_or_forgotten",
                violation_error_message="Đồng chí viết nội dung.",
            ),
            models.CheckConstraint(
                condition=~Q(status=ConcernStatus.PASSED_UP) | Q(committee__isnull=False),
                name="concern_passed_up_has_committee",
            ),
            models.CheckConstraint(
                condition=Q(status=ConcernStatus.ANSWERED, answered_at__isnull=False)
                | ~Q(status=ConcernStatus.ANSWERED) & Q(answered_at=None),
                name="concern_answered_says_when",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.answer_by is not None and self.answer_by < today()

    @property
    def is_named_above(self) -> bool:
        """A name that the branch hears is no secret from the committee; any other goes up only with consent."""
        return self.way == Way.NAMED or self.may_be_named_above


class OfficialAnswer(MadeOnce):
    """What a committee answers publicly to a doubtful item, for all bodies below it or for chosen ones (R129).

    The question is the committee's own wording: neither who asked nor which branch stands in it.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    concern = models.OneToOneField(Concern, models.PROTECT, editable=False, related_name="published")
    question = models.CharField("thông tin cần giải đáp", max_length=300)
    answer = models.TextField("trả lời chính thức", max_length=2 * LONGEST)
    why_it_matters = models.CharField("vì sao quan trọng với chi bộ", max_length=180)
    chosen = models.ManyToManyField(Body, blank=True, related_name="+", verbose_name="tổ chức được chọn")
    published_at = models.DateTimeField("công bố lúc", editable=False)
    withdrawn_at = models.DateTimeField("thu hồi lúc", null=True, editable=False)

    objects = OfficialAnswerQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["body", "published_at"], name="officialanswer_by_body")]

    def __str__(self) -> str:
        return self.question
