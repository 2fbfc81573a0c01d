"""The signed copy of a paper comes back: only a PDF that is signed and was not changed since is kept as that."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.documents.issuing import keep_file
from nenep.documents.models import Archive, Document
from nenep.documents.signatures import read_signatures
from nenep.files.models import Attachment, FileType
from nenep.files.operations import attach, examine
from nenep.journal.operations import record
from nenep.shared.states import Refused, hold

if TYPE_CHECKING:
    from django.core.files.base import File

    from nenep.shared.viewer import Viewer


def keep_signed(document: Document, file: File[bytes], *, retention: str, by: Viewer | None) -> Attachment:
    """Keep a signed PDF with the paper; where there is no kept copy yet, it becomes that, for good.

    Refused for what is no PDF or has no signature, and where one of them does not hold: such a file would stay for
    good. Without the extra that checks signatures it is enough that there is one. The same file again is the first.
    Outside a transaction, as `files.attach`.
    """
    if document.body_id is None:
        raise ValueError(f"document {document.pk} was not issued here")
    checked = examine(file, body_id=document.body_id, by=by)
    if checked.content_type != FileType.PDF:
        raise Refused(_("Bản ký số phải là tệp PDF."), field="file")
    _require_signed(checked.content)
    sha256 = hashlib.sha256(checked.content).hexdigest()
    with transaction.atomic():
        hold(document)
        if there := Attachment.objects.of(document).filter(sha256=sha256).first():
            return there
        attachment = attach(document, file, body_id=document.body_id, by=by)
        if not Archive.objects.filter(document=document).exists():
            keep_file(document, attachment, retention=retention, by=by)
        record("document.signed_copy_kept", by=by, body=document.body_id, obj=document, sha256=sha256)
    return attachment


def _require_signed(content: bytes) -> None:
    report = read_signatures(content)
    if not report.fields:
        sentence = _(
            "Tệp này không có chữ ký số. Bản ký tay rồi quét lại thì đưa lên ở “Thêm tệp” trên trang của văn bản."
        )
        raise Refused(sentence, field="file")
    broken = [one.name for one in report.signatures if one.is_read and not one.is_good]
    if broken:
        sentence = _(
            "Tệp đã bị sửa sau khi ký, hoặc chữ ký không khớp: %(names)s. Đồng chí ký lại rồi đưa lên."
        )
        raise Refused(sentence % {"names": ", ".join(broken)}, field="file")
