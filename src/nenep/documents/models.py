"""The tables of the registers: docs/documents.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from nenep.documents.partial import shown_day
from nenep.documents.querysets import DocumentQuerySet
from nenep.organizations.models import Body
from nenep.people.models import Member
from nenep.shared.once import MadeOnce

if TYPE_CHECKING:
    from nenep.rulebook.values import Term


class Series(models.Model):
    """A continuous run of numbers. Its row is the lock that hands out one number at a time."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="tổ chức")
    # What the rulebook numbers by, in its order: "kind=NQ,term=12"; for papers that arrive "arrivals,year=2026".
    key = models.CharField("dãy số", max_length=120)
    last = models.PositiveIntegerField("số cuối đã cấp", default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "key"], name="series_is_kept_once")]


class Document(MadeOnce):
    """A paper, whoever issued it, kept once. With a number it stands in the outgoing register of its body."""

    # Who issued it; NULL for a body outside the system, which `issuer_name` calls as it is printed.
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name="tổ chức ban hành"
    )
    issuer_name = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name="dãy số"
    )
    # Empty for a kind that the rules of its day do not know.
    kind = models.CharField("thể loại", max_length=10, blank=True)
    # The term of the committee in which the number runs; empty where no term is recorded.
    term = models.CharField("nhiệm kỳ", max_length=40, blank=True)
    number = models.PositiveIntegerField("số", null=True, blank=True)
    symbol = models.CharField("số và ký hiệu", max_length=40, blank=True)
    # What a scan or a bad copy made doubtful is kept as read and never put right silently (R1).
    symbol_is_doubtful = models.BooleanField("số, ký hiệu đọc chưa chắc", default=False)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    # The date as read where it was not whole: "2026-02", or "--09-29", whose year in `issued_on` is inferred.
    issued_as_read = models.CharField("ngày ban hành như đọc được", max_length=10, blank=True)
    place = models.CharField("nơi ban hành", max_length=80, blank=True)
    subject = models.CharField("trích yếu", max_length=500)
    signer = models.CharField("người ký", max_length=120, blank=True)
    # In whose name and by which office: "T/M Đảng ủy, Bí thư".
    signed_as = models.CharField("ký thay mặt, chức vụ", max_length=160, blank=True)
    # The words of the paper without its layout, to read and to search; empty where nobody read them.
    text = models.TextField("nội dung", blank=True)
    # The record that the paper was made from, as plain values: "resolutions.resolution", 12.
    source_type = models.CharField("loại hồ sơ gốc", max_length=60, blank=True)
    source_id = models.BigIntegerField("số của hồ sơ gốc", null=True, blank=True)
    registered_at = models.DateTimeField("lúc vào sổ")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="document_number_is_unique_in_series"),
            models.UniqueConstraint(
                fields=["source_type", "source_id", "kind"],
                condition=Q(source_id__isnull=False),
                name="document_source_is_numbered_once",
                violation_error_message="Văn bản này đã có số trong sổ văn bản đi.",
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="document_number_starts_at_one"),
            models.CheckConstraint(
                condition=Q(series__isnull=True, number__isnull=True)
                | Q(series__isnull=False, number__isnull=False, body__isnull=False, issued_on__isnull=False),
                name="document_number_is_of_a_register",
            ),
            models.CheckConstraint(
                condition=Q(body__isnull=False) | ~Q(issuer_name=""), name="document_has_an_issuer"
            ),
        ]
        indexes = [models.Index(fields=["body", "issued_on"], name="document_by_body")]

    def __str__(self) -> str:
        return self.symbol

    @property
    def day_shown(self) -> str:
        """The day of issue as far as it is known; "" where nothing is."""
        return shown_day(self.issued_on, self.issued_as_read)


class Recipient(models.Model):
    """A line below "Nơi nhận" (R6): whom the paper goes to, as printed, and why."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="recipients")
    order = models.PositiveSmallIntegerField("thứ tự")
    name = models.CharField("nơi nhận như ghi trên văn bản", max_length=200)
    # A code of the rulebook's `recipient_purposes`.
    purpose = models.CharField("mục đích gửi", max_length=20)
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tổ chức nhận"
    )
    # A group of bodies instead of one: see `documents.groups`.
    group = models.CharField("nhóm nhận", max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "order"], name="recipient_has_its_place"),
            models.CheckConstraint(
                condition=Q(body__isnull=True) | Q(group=""), name="recipient_is_a_body_or_a_group"
            ),
        ]

    def line(self, purposes: dict[str, Term]) -> str:
        """As printed: "Các chi bộ (T/h)", "Lưu Văn phòng"."""
        term = purposes.get(self.purpose)
        if term is not None and term.code == "file":
            return f"{term.label} {self.name}"
        return f"{self.name} ({term.mark})" if term is not None and term.mark else self.name


class Addressee(models.Model):
    """A body that a recipient stood for on the day of issue: what a group was expanded to, and stays (R8)."""

    recipient = models.ForeignKey(Recipient, models.CASCADE, related_name="addressees")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="tổ chức nhận")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient", "body"], name="addressee_is_named_once")]


class Archive(models.Model):
    """The copy that stays as it was (R10): the words, the digest of the signed file, or both. Triggers guard it."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="archive")
    # `documents.storing.as_json`.
    content = models.JSONField("nội dung đã chốt", null=True, blank=True)
    sha256 = models.CharField("mã băm của tệp đã ký", max_length=64, blank=True)
    file_name = models.CharField("tên tệp đã ký", max_length=160, blank=True)
    # A code of the rulebook's `retention_classes`.
    retention = models.CharField("thời hạn bảo quản", max_length=20)
    kept_at = models.DateTimeField("lúc lưu")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(content__isnull=False) | ~Q(sha256=""), name="archive_holds_something"
            )
        ]


class Correction(models.Model):
    """That somebody put the head of a paper right: what it was, what it is, why. Never changed itself."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="corrections", verbose_name="văn bản")
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người sửa"
    )
    at = models.DateTimeField("lúc sửa")
    reason = models.CharField("lý do sửa", max_length=300)
    # Column of Document -> what it was and what it became, both as people read them.
    changes = models.JSONField("các ô đã sửa")

    class Meta:
        indexes = [models.Index(fields=["document", "at"], name="correction_by_document")]


# At the end: papers that are being written stand in tables of their own, in `drafting`.
from nenep.documents.drafting.models import Draft, PaperVersion  # noqa: E402

__all__ = ["Addressee", "Archive", "Correction", "Document", "Draft", "PaperVersion", "Recipient", "Series"]
