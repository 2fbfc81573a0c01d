"""The tables of papers that are being written; `documents.models` brings them into the app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from nenep.documents.drafting.querysets import DraftQuerySet
from nenep.organizations.models import Body
from nenep.people.models import Member
from nenep.shared.once import MadeOnce

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

# A report of twelve pages has some forty thousand letters.
LONGEST_PAPER = 60_000


class DraftStatus(models.TextChoices):
    DRAFTING = "drafting", "Đang soạn"
    ISSUED = "issued", "Đã ban hành"

    @property
    def next(self) -> AbstractSet[DraftStatus]:
        return frozenset({DraftStatus.ISSUED}) if self == DraftStatus.DRAFTING else frozenset()


class SignedFor(models.TextChoices):
    """In whose name somebody signs (regulations.md G-01 to G-03): the names are arguments of `heads.signature`."""

    COLLECTIVE = "collective", "Thay mặt tập thể (T/M)"
    HEAD = "head", "Người đứng đầu cơ quan tham mưu; cấp phó ký thay (K/T)"
    BY_ORDER = "by_order_of", "Thừa lệnh (T/L)"


class Consent(models.TextChoices):
    """What whoever signs says of the draft as it stands; a change of its words asks anew."""

    NONE = "", "Chưa trình"
    ASKED = "asked", "Đã trình, chờ ý kiến"
    AGREED = "agreed", "Đồng ý ký"
    RETURNED = "returned", "Trả lại"


class Draft(MadeOnce):
    """A paper of `body` that has no number yet. Issued, it is closed for good and names its Document."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="tổ chức ban hành")
    # A code of the rulebook's kinds.
    kind = models.CharField("thể loại", max_length=10)
    subject = models.CharField("trích yếu", max_length=500, blank=True)
    # One in a line, for the kinds that open with "Kính gửi" or "Kính trình".
    addressees = models.TextField("kính gửi", max_length=2_000, blank=True)
    text = models.TextField("nội dung", max_length=LONGEST_PAPER, blank=True)
    # [{"name", "purpose", "body_id", "group"}]: `issuing.Sent` in the order of the paper.
    recipients = models.JSONField("nơi nhận", default=list, blank=True)
    # The day that the paper is to bear; empty: that of its number.
    day = models.DateField("ngày ban hành", null=True, blank=True)
    # What stands after the slash, for a body that has several symbols.
    organization = models.CharField("ký hiệu của tổ chức", max_length=12, blank=True)
    # Who signs, where it is a member whom the program knows; the words are what is printed.
    signer = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    signer_name = models.CharField("người ký", max_length=120, blank=True)
    signer_position = models.CharField("chức vụ người ký", max_length=120, blank=True)
    signed_how = models.CharField("cách ký", max_length=20, choices=SignedFor, default=SignedFor.COLLECTIVE)
    signed_for = models.CharField("ký thay mặt", max_length=120, blank=True)
    # The paper that this one rests on or answers to, of those that its writer reads.
    rests_on = models.ForeignKey(
        "documents.Document",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="căn cứ vào văn bản",
    )
    status = models.CharField(max_length=20, choices=DraftStatus, default=DraftStatus.DRAFTING)
    revision = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")
    created_at = models.DateTimeField("lúc bắt đầu soạn")
    changed_at = models.DateTimeField("lúc sửa gần nhất")
    consent = models.CharField(
        "ý kiến của người ký", max_length=20, choices=Consent, default=Consent.NONE, blank=True
    )
    consent_reason = models.CharField("lý do trả lại", max_length=300, blank=True)
    consent_at = models.DateTimeField("lúc trình hoặc trả lời", null=True, blank=True)
    # What a Word file that came back says, until it is taken over or put aside: `returning.Returned`.
    returned = models.JSONField("bản Word đưa trở lại", null=True, blank=True)
    document = models.OneToOneField(
        "documents.Document", models.PROTECT, null=True, editable=False, related_name="draft"
    )

    objects = DraftQuerySet.as_manager()

    class Meta:
        app_label = "documents"
        constraints = [
            models.CheckConstraint(
                condition=Q(status="drafting", document__isnull=True)
                | Q(status="issued", document__isnull=False),
                name="draft_is_closed_by_its_paper",
            )
        ]
        indexes = [models.Index(fields=["body", "status"], name="draft_by_body")]

    @property
    def is_open(self) -> bool:
        return self.status == DraftStatus.DRAFTING

    @property
    def addressee_names(self) -> tuple[str, ...]:
        return tuple(row.strip() for row in self.addressees.splitlines() if row.strip())


class PaperVersion(models.Model):
    """A draft as somebody saved it: never changed afterwards."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    subject = models.CharField("trích yếu", max_length=500, blank=True)
    addressees = models.TextField("kính gửi", blank=True)
    text = models.TextField("nội dung", blank=True)
    # Lines as printed: {"recipients": [...], "signature": [...]}.
    foot = models.JSONField("nơi nhận, người ký", default=dict)
    is_from_word = models.BooleanField("lấy từ bản Word", default=False)
    by = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "documents"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="paperversion_has_its_own_number")
        ]

    def rows(self) -> dict[str, Any]:
        return {"subject": self.subject, "addressees": self.addressees, "text": self.text, "foot": self.foot}
