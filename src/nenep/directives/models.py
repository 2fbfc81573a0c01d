from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nenep.assignments.models import Assignment
from nenep.directives.querysets import (
    DirectiveQuerySet,
    MadeQuerySet,
    ProgrammeQuerySet,
    ReceiptQuerySet,
)
from nenep.documents.models import Document
from nenep.guidance.models import Guidance
from nenep.organizations.models import Body, Cluster, UnitType
from nenep.people.models import Member
from nenep.plans.models import Entry
from nenep.resolutions.models import Resolution
from nenep.shared.once import MadeOnce
from nenep.shared.vietnamese import lines_in

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

MOST_QUESTIONS = 3
# R63: what a branch reads in a breath.
DIGEST_LINES = 3
DIGEST_LENGTH = 300
# Kinds of what a body makes of a directive; each is a foreign key of `Made`, but for `words`.
MADE = ("document", "entry", "guidance", "resolution", "assignment", "handed_down")


def at_most_three_lines(text: str) -> None:
    if len(lines_in(text)) > DIGEST_LINES:
        raise ValidationError(_("Tóm tắt nhiều nhất ba dòng. Đồng chí rút ngắn lại."))


class Source(models.Model):
    """The official paper (R128): in the register, or by its words alone. A copy of words stays as it was issued."""

    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản trong sổ"
    )
    source_issuer = models.CharField("cơ quan ban hành", max_length=200)
    source_symbol = models.CharField("số, ký hiệu văn bản", max_length=80)
    source_date = models.DateField("ngày văn bản")

    class Meta:
        abstract = True


class Programme(MadeOnce, Source):
    """What a governing paper wants reached over years, and longer than a term of the committee (R12, R13)."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="programmes")
    # Who looks after it now: who opened it, until that body ends.
    keeper = models.ForeignKey(Body, models.PROTECT, editable=False, related_name="+")
    title = models.CharField("tên chương trình", max_length=300)
    objectives = models.TextField("mục tiêu", max_length=2000)
    opened_at = models.DateTimeField(editable=False)

    objects = ProgrammeQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title


class ProgrammePeriod(models.Model):
    """Years for which a programme reports: a record of its own, since a programme outlives several."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="periods")
    first_day = models.DateField("từ ngày")
    last_day = models.DateField("đến ngày")
    midterm_due = models.DateField("hạn báo cáo sơ kết", null=True, blank=True)
    final_due = models.DateField("hạn báo cáo tổng kết", null=True, blank=True)

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "first_day"],
                name="programmeperiod_begins_once",
                violation_error_message="Giai đoạn này đã ghi.",
            ),
            models.CheckConstraint(
                condition=Q(last_day__gt=F("first_day")),
                name="programmeperiod_ends_after_it_begins",
                violation_error_message="Ngày cuối giai đoạn phải sau ngày đầu.",
            ),
        ]


class DirectiveStatus(models.TextChoices):
    DRAFT = "draft", "Đang soạn"
    ISSUED = "issued", "Đã ban hành"
    WITHDRAWN = "withdrawn", "Đã thu hồi"

    @property
    def next(self) -> AbstractSet[DirectiveStatus]:
        return _NEXT[self]


_NEXT: dict[DirectiveStatus, AbstractSet[DirectiveStatus]] = {
    DirectiveStatus.DRAFT: {DirectiveStatus.ISSUED, DirectiveStatus.WITHDRAWN},
    DirectiveStatus.ISSUED: {DirectiveStatus.WITHDRAWN},
    DirectiveStatus.WITHDRAWN: frozenset(),
}


class Audience(models.TextChoices):
    ALL = "all", "Tất cả tổ chức bên dưới"
    UNIT_TYPE = "unit_type", "Các tổ chức của một loại hình"
    CLUSTER = "cluster", "Các tổ chức của một cụm"
    BODIES = "bodies", "Những tổ chức được chọn"


class Directive(MadeOnce, Source):
    """A paper that a body puts before those below it. Once issued it stays as it is; another text is another one."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="directives")
    # Who looks after it now: who issued it, until that body ends and another takes it over.
    keeper = models.ForeignKey(Body, models.PROTECT, editable=False, related_name="+")
    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="directives",
        verbose_name="thuộc chương trình",
    )
    title = models.CharField("trích yếu", max_length=300)
    digest = models.TextField("tóm tắt", max_length=DIGEST_LENGTH, validators=[at_most_three_lines])
    why_it_matters = models.CharField("vì sao quan trọng với chi bộ", max_length=180)
    questions = models.TextField("câu hỏi thảo luận", max_length=1000, blank=True)
    audience = models.CharField("dành cho", max_length=20, choices=Audience, default=Audience.ALL)
    unit_type = models.CharField("loại hình", max_length=30, choices=UnitType, blank=True)
    cluster = models.ForeignKey(
        Cluster, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cụm"
    )
    chosen = models.ManyToManyField(Body, blank=True, related_name="+", verbose_name="tổ chức được chọn")
    status = models.CharField(
        "tình trạng", max_length=20, choices=DirectiveStatus, default=DirectiveStatus.DRAFT
    )
    issued_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawal_reason = models.CharField("lý do thu hồi", max_length=300, blank=True)

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=[Audience.ALL, Audience.BODIES], unit_type="", cluster=None)
                | (Q(audience=Audience.UNIT_TYPE, cluster=None) & ~Q(unit_type=""))
                | Q(audience=Audience.CLUSTER, unit_type="", cluster__isnull=False),
                name="directive_says_for_whom_it_is",
                violation_error_message="Đồng chí chọn loại hình hoặc cụm.",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "issued_at"], name="directive_by_body"),
            models.Index(fields=["keeper", "issued_at"], name="directive_by_keeper"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.status == DirectiveStatus.DRAFT

    @property
    def is_issued(self) -> bool:
        return self.status == DirectiveStatus.ISSUED

    @property
    def is_withdrawn(self) -> bool:
        return self.status == DirectiveStatus.WITHDRAWN

    @property
    def digest_lines(self) -> list[str]:
        return lines_in(self.digest)

    @property
    def question_lines(self) -> list[str]:
        return lines_in(self.questions)

    @property
    def for_whom(self) -> str:
        if self.audience == Audience.UNIT_TYPE:
            return f"{self.get_audience_display()}: {UnitType(self.unit_type).label}"
        if self.cluster:
            return f"{self.get_audience_display()}: {self.cluster.name}"
        return str(self.get_audience_display())


class Doers(models.TextChoices):
    ALL = "all", "Cấp ủy và chi bộ"
    COMMITTEES = "committees", "Cấp ủy"
    BRANCHES = "branches", "Chi bộ"


class Requirement(MadeOnce):
    """A paragraph of the paper: who must do what by when. `mark` is its number there, "II.1"."""

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="requirements")
    mark = models.CharField("mục", max_length=20)
    quote = models.CharField("nguyên văn", max_length=600, blank=True)
    what = models.CharField("việc phải làm", max_length=300)
    doers = models.CharField("ai làm", max_length=12, choices=Doers, default=Doers.ALL)
    due_on = models.DateField("hạn", null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.mark}: {self.what}"

    def is_for(self, *, branch: bool) -> bool:
        """Whether it asks something of a branch, or else of a committee."""
        return self.doers == Doers.ALL or branch == (self.doers == Doers.BRANCHES)


class Receipt(models.Model):
    """That a body got a directive, and what it said of it. Made at the issue, for the bodies of that day.

    `ended_at`: the body has ended; its successors have rows of their own, which go on from it (`is_continued`).
    """

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="receipts")
    body = models.ForeignKey(Body, models.PROTECT, related_name="received_directives")
    is_branch = models.BooleanField("là chi bộ", editable=False)
    arrived_at = models.DateTimeField("lúc gửi tới", editable=False)
    acknowledged_at = models.DateTimeField("lúc tiếp nhận", null=True, editable=False)
    acknowledged_by = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")
    implemented_on = models.DateField("ngày thực hiện xong", null=True, blank=True)
    implemented_words = models.CharField("kết quả", max_length=500, blank=True)
    reminded_at = models.DateTimeField("lúc nhắc", null=True, editable=False)
    ended_at = models.DateTimeField("lúc thôi theo dõi", null=True, editable=False)
    is_continued = models.BooleanField("nhận từ tổ chức đã kết thúc", default=False, editable=False)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["directive", "body"], name="receipt_is_one_for_a_body"),
            models.CheckConstraint(
                condition=Q(implemented_on=None) | ~Q(implemented_words=""),
                name="receipt_says_what_was_done",
                violation_error_message="Đồng chí ghi kết quả thực hiện.",
            ),
        ]
        indexes = [models.Index(fields=["body", "directive"], name="receipt_by_body")]

    @property
    def is_open(self) -> bool:
        return self.ended_at is None and self.implemented_on is None


class Fulfilment(models.Model):
    """That a body has done what one paragraph asks; what is implemented as a whole has done them all."""

    receipt = models.ForeignKey(Receipt, models.CASCADE, related_name="fulfilments")
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="+")
    done_on = models.DateField("ngày xong")
    words = models.CharField("kết quả", max_length=500)

    class Meta:
        ordering = ["requirement"]
        constraints = [
            models.UniqueConstraint(
                fields=["receipt", "requirement"], name="fulfilment_is_one_for_a_paragraph"
            )
        ]


class DueReminder(models.Model):
    """That who answers for a body was told of a day by which something is due: once before it, once when it is past."""

    receipt = models.ForeignKey(Receipt, models.CASCADE, related_name="+")
    due_on = models.DateField("hạn")
    is_late = models.BooleanField("đã quá hạn")
    at = models.DateTimeField("lúc nhắc", editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["receipt", "due_on", "is_late"], name="duereminder_is_sent_once")
        ]


class Made(MadeOnce):
    """What a body made of a directive: a paper, plan, resolution, piece of work, or its own directive further down.

    `requirement` is the paragraph that it carries out; None: the whole. Just one of the links is set, or `words` names
    a paper that the program does not have.
    """

    receipt = models.ForeignKey(Receipt, models.CASCADE, related_name="made")
    requirement = models.ForeignKey(
        Requirement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="made",
        verbose_name="thực hiện mục",
    )
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, blank=True, related_name="+")
    guidance = models.ForeignKey(Guidance, models.PROTECT, null=True, blank=True, related_name="+")
    resolution = models.ForeignKey(Resolution, models.CASCADE, null=True, blank=True, related_name="+")
    assignment = models.ForeignKey(Assignment, models.CASCADE, null=True, blank=True, related_name="+")
    handed_down = models.ForeignKey(
        Directive, models.CASCADE, null=True, blank=True, related_name="carries_out"
    )
    words = models.CharField("tên văn bản, kế hoạch", max_length=300, blank=True)
    at = models.DateTimeField(editable=False)

    objects = MadeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=[name], name=f"made_by_{name}", condition=Q(**{f"{name}__isnull": False}))
            for name in ("assignment", "handed_down")
        ]

    @property
    def kind(self) -> str:
        """Which link is set; "words" for none."""
        return next((name for name in MADE if getattr(self, f"{name}_id")), "words")


class Confirmation(models.Model):
    """A member says: I have understood it. One deliberate tap; nothing about how long it was read."""

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="confirmations")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField("lúc xác nhận", editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["directive", "member"], name="confirmation_is_given_once")
        ]
        indexes = [models.Index(fields=["member"], name="confirmation_by_member")]
