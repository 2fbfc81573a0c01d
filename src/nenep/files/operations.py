"""Attaching and removing files."""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from nenep.files.checking import check, refuse_size
from nenep.files.marking import SecretMarking
from nenep.files.models import Attachment, RefusedUpload
from nenep.files.serving import safe_name
from nenep.journal.operations import record
from nenep.organizations.models import Body
from nenep.shared.dates import now
from nenep.shared.states import Refused
from nenep.shared.viewer import member_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.files.base import File
    from django.db.models import Model

    from nenep.files.checking import Checked
    from nenep.shared.viewer import Viewer

# A file without a row after this time belongs to a transaction that was broken off.
ORPHAN_SECONDS = 24 * 3600


def attach(
    owner: Model, file: File[bytes], *, source: str = "", body_id: int, by: Viewer | None
) -> Attachment:
    """Check a file and keep it with `owner`, on the quota of the body. The caller has asked whether `by` may.

    `source`: who issued it, number and day, where `owner` does not tell that itself.

    Refused for what `checking.check` refuses and above the quota. A file with a secret marking is not kept; that it
    came is (RefusedUpload), so call this outside a transaction, which the refusal would roll back.
    """
    checked = examine(file, body_id=body_id, by=by)
    stored = _store(checked.content)
    try:
        return _entered(owner, checked, stored, source=source, body_id=body_id, by=by)
    except BaseException:
        _erase(Path(settings.FILES_ROOT) / stored)
        raise


def examine(file: File[bytes], *, body_id: int, by: Viewer | None) -> Checked:
    """Refuse what `attach` would refuse for its content, before anything else is written; outside a transaction too."""
    refuse_size(file.size)
    file.seek(0)
    content = file.read()
    with secrets_recorded(file.name or "", content, body_id=body_id, by=by):
        return check(file.name or "", content)


@contextmanager
def secrets_recorded(name: str, content: bytes, *, body_id: int, by: Viewer | None) -> Iterator[None]:
    """Keep, of a file in which a secret marking is found inside, that it came; outside a transaction, as `attach`."""
    try:
        yield
    except SecretMarking as marking:
        _record_refusal(name, content, reason=marking.reason, body_id=body_id, by=by)
        raise


def digest_of(file: File[bytes], *, body_id: int, by: Viewer | None) -> str:
    """The SHA-256 that the file will be kept with; refused as by `examine`."""
    return hashlib.sha256(examine(file, body_id=body_id, by=by).content).hexdigest()


@transaction.atomic
def hand_over(owner: Model, to: Model, *, by: Viewer | None) -> None:
    """Let the files of one record belong to another one of the same body from now on."""
    for attachment in Attachment.objects.of(owner):
        attachment.owner_type, attachment.owner_id = to._meta.label_lower, to.pk
        attachment.save(update_fields=["owner_type", "owner_id"])
        record(
            "file.handed_over", by=by, body=attachment.body_id, obj=attachment, owner=attachment.owner_type
        )


@transaction.atomic
def remove(attachment: Attachment, *, by: Viewer | None) -> None:
    """Take a file away for good: its row now, its bytes when the change is certain."""
    record("file.removed", by=by, body=attachment.body_id, obj=attachment, owner=attachment.owner_type)
    transaction.on_commit(partial(_erase, attachment.path))
    attachment.delete()


def sweep() -> int:
    """Erase what uploads left behind that were broken off (a daily job); returns how many files."""
    root, before = Path(settings.FILES_ROOT), time.time() - ORPHAN_SECONDS
    lying = {str(path.relative_to(root)): path for path in root.glob("*/*") if path.stat().st_mtime < before}
    known = set(Attachment.objects.values_list("stored", flat=True))
    orphans = [path for stored, path in lying.items() if stored not in known]
    for path in orphans:
        _erase(path)
    return len(orphans)


@transaction.atomic
def _entered(
    owner: Model, checked: Checked, stored: str, *, source: str, body_id: int, by: Viewer | None
) -> Attachment:
    # The row of the body is the lock under which its quota is counted.
    Body.objects.select_for_update().get(pk=body_id)
    _refuse_above_quota(body_id, len(checked.content))
    attachment = Attachment(
        body_id=body_id,
        owner_type=owner._meta.label_lower,
        owner_id=owner.pk,
        name=checked.name,
        content_type=checked.content_type,
        size=len(checked.content),
        sha256=hashlib.sha256(checked.content).hexdigest(),
        stored=stored,
        uploaded_by_id=member_of(by),
        uploaded_at=now(),
        source=source,
    )
    attachment.full_clean()
    attachment.save(force_insert=True)
    record(
        "file.attached",
        by=by,
        body=body_id,
        obj=attachment,
        owner=attachment.owner_type,
        size=attachment.size,
    )
    return attachment


def _refuse_above_quota(body_id: int, size: int) -> None:
    if Attachment.objects.filter(body=body_id).total_bytes() + size > settings.FILES_QUOTA_BYTES:
        limit = {"limit": settings.FILES_QUOTA_BYTES // (1024 * 1024)}
        raise Refused(
            _(
                "Các tệp của tổ chức này đã gần đủ %(limit)s MB. Đồng chí gỡ tệp cũ không còn dùng rồi tải lại."
            )
            % limit
        )


@transaction.atomic
def _record_refusal(name: str, content: bytes, *, reason: str, body_id: int, by: Viewer | None) -> None:
    refused = RefusedUpload(
        body_id=body_id,
        name=safe_name(name),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        refused_at=now(),
        uploader_id=member_of(by),
        reason=reason,
    )
    refused.full_clean()
    refused.save(force_insert=True)
    record("file.refused", by=by, body=body_id, obj=refused, reason=reason)


def _store(content: bytes) -> str:
    """Write the bytes to a random place, safely on disk before any row names it; returns the place."""
    name = secrets.token_hex(20)
    stored = f"{name[:2]}/{name[2:]}"
    path = Path(settings.FILES_ROOT) / stored
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as failed:
        _erase(path)
        raise Refused(
            _("Không ghi được tệp vì ổ đĩa đầy hoặc bị khóa. Đồng chí báo người quản trị.")
        ) from failed
    return stored


def _erase(path: Path) -> None:
    with suppress(FileNotFoundError, NotADirectoryError):
        path.unlink()
