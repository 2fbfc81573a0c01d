import secrets
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q

from nenep.files.querysets import AttachmentQuerySet, RefusedUploadQuerySet
from nenep.organizations.models import Body
from nenep.people.models import Member


class FileType(models.TextChoices):
    """What may be attached. Decided by the content; the name only follows it."""

    PDF = "application/pdf", "PDF"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel"
    PNG = "image/png", "Ảnh PNG"
    JPEG = "image/jpeg", "Ảnh JPEG"
    TXT = "text/plain", "Tệp chữ"

    @property
    def extension(self) -> str:
        return {"JPEG": "jpg"}.get(self.name, self.name.lower())


def new_ref() -> str:
    return secrets.token_urlsafe(16)


class Attachment(models.Model):
    """A file that belongs to a record of another module. Its bytes lie under FILES_ROOT in a random place."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="tổ chức")
    owner_type = models.CharField("loại hồ sơ", max_length=60)
    owner_id = models.BigIntegerField("số của hồ sơ")
    name = models.CharField("tên tệp", max_length=160)
    content_type = models.CharField("loại tệp", max_length=80, choices=FileType)
    size = models.PositiveBigIntegerField("dung lượng")
    sha256 = models.CharField("mã băm", max_length=64)
    stored = models.CharField("nơi lưu", max_length=60, unique=True, editable=False)
    ref = models.CharField("mã liên kết", max_length=40, unique=True, default=new_ref, editable=False)
    uploaded_by = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người tải lên"
    )
    uploaded_at = models.DateTimeField("lúc tải lên")
    # Who issued it, number and day, where the record of its owner does not tell; empty: it is not official (R128).
    source = models.CharField("nguồn chính thức", max_length=200, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["owner_type", "owner_id"], name="attachment_by_owner")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        return Path(settings.FILES_ROOT) / self.stored

    @property
    def type_label(self) -> str:
        return FileType(self.content_type).label


class RefusedUpload(models.Model):
    """A file with a secret marking: its content was thrown away, this much is kept so that it can be followed up."""

    class Reason(models.TextChoices):
        NAME = "name", "Tên tệp mang dấu mật"
        HEADER = "header", "Phần đầu văn bản mang dấu mật"

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="tổ chức")
    name = models.CharField("tên tệp", max_length=160)
    size = models.PositiveBigIntegerField("dung lượng")
    sha256 = models.CharField("mã băm", max_length=64)
    refused_at = models.DateTimeField("lúc từ chối")
    uploader = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người tải lên"
    )
    reason = models.CharField("lý do", max_length=10, choices=Reason)

    objects = RefusedUploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(sha256=""), name="refusedupload_has_a_digest"),
        ]
        indexes = [models.Index(fields=["body", "refused_at"], name="refusedupload_by_body")]
