"""What a file really is, whatever its name says, and whether it may be kept. Refusals say what to do instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from nenep.files import images, marking, packages, plain, portable, tiff
from nenep.files.models import FileType
from nenep.files.serving import safe_name
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The first bytes decide; nothing else is looked at before.
_STARTS: tuple[tuple[bytes, Callable[[bytes], tuple[FileType, bytes]]], ...] = (
    (b"%PDF-", portable.checked),
    (b"PK\x03\x04", packages.checked),
    (b"\x89PNG\r\n\x1a\n", images.checked),
    (b"\xff\xd8\xff", images.checked),
    *((start, tiff.checked) for start in tiff.STARTS),
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept: `content` is what will be served, images as they were drawn anew."""

    name: str
    content_type: FileType
    content: bytes


def check(name: str, content: bytes) -> Checked:
    """Refused for a type that is not allowed and for anything in it that could run, reach out or swell.

    Reads at most FILE_MAX_BYTES. `marking.SecretMarking` (a Refused) for a secret marking in name or header.
    """
    refuse_size(len(content))
    if marking.in_name(name):
        raise marking.SecretMarking("name")
    content_type, kept = _reader_of(name, content)(content)
    if marking.in_header(content_type, kept):
        raise marking.SecretMarking("header")
    return Checked(_named_for(name, content_type), content_type, kept)


def refuse_size(size: int) -> None:
    if size == 0:
        raise Refused(_("Tệp này trống. Đồng chí chọn lại tệp."))
    if size > settings.FILE_MAX_BYTES:
        limit = {"limit": settings.FILE_MAX_BYTES // (1024 * 1024)}
        raise Refused(_("Tệp lớn hơn %(limit)s MB. Đồng chí giảm dung lượng hoặc chia nhỏ tệp.") % limit)


def _reader_of(name: str, content: bytes) -> Callable[[bytes], tuple[FileType, bytes]]:
    for start, reader in _STARTS:
        if content.startswith(start):
            return reader
    if content.startswith(_OLD_OFFICE):
        raise Refused(
            _("Tệp Word, Excel đời cũ hoặc có mật khẩu không nhận được. Đồng chí lưu lại thành .docx, .xlsx.")
        )
    # No first bytes tell a text from a page or a program that is written in letters, so its name must say it too.
    if name.lower().endswith(plain.NAMED):
        return plain.checked
    raise Refused(
        _(
            "Chỉ nhận tệp PDF, Word (.docx), Excel (.xlsx), ảnh PNG, JPEG và TIFF, tệp chữ (.txt). "
            "Tệp này là loại khác."
        )
    )


def _named_for(name: str, content_type: FileType) -> str:
    """The name with the extension that the content calls for."""
    safe, extension = safe_name(name), content_type.extension
    known = {"jpeg", "tif", "tiff", *(kind.extension for kind in FileType)}
    stem, _dot, given = safe.rpartition(".")
    same = given.lower() == extension or (extension == "jpg" and given.lower() == "jpeg")
    if stem and same:
        return safe
    return safe_name(f"{stem if stem and given.lower() in known else safe}.{extension}")
