"""PDF files: nothing in them may run, start something or hide another file.

Two looks. The names of active things are looked for in the raw bytes and in all that is deflated in them; what
cannot be looked into (encryption, unusual filters around objects) is refused. Then a reader walks the objects in a
child process (`reading`). Neither trusts the cross-reference table alone.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nenep.files.models import FileType
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable


def _names(words: Iterable[str]) -> re.Pattern[bytes]:
    """Matches the names, each letter plain or escaped: /J#61vaScript is /JavaScript."""
    letters = (
        "".join(
            f"(?:{letter}|#{ord(letter) >> 4:x}[{ord(letter) & 15:x}{ord(letter) & 15:X}])" for letter in word
        )
        for word in words
    )
    return re.compile(f"/(?:{'|'.join(letters)})(?![A-Za-z#])".encode())


# Long enough that they do not turn up by chance in compressed data.
ACTIVE = (
    "JavaScript",
    "Launch",
    "EmbeddedFile",
    "EmbeddedFiles",
    "RichMedia",
    "Rendition",
    "SubmitForm",
    "ImportData",
    "GoToE",
)
_ACTIVE, _ENCRYPTED, _PACKED = _names(ACTIVE), _names(["Encrypt"]), _names(["ObjStm"])
_ODD_FILTERS = _names(["LZWDecode", "ASCII85Decode", "ASCIIHexDecode", "RunLengthDecode", "Crypt"])
_PLAIN_FILTER = re.compile(rb"/Filter\s*(\[\s*)?/FlateDecode\s*(?(1)\])\s*(/|>>)")
_STREAM = re.compile(rb"stream\r?\n")
_FED, _UNPACKED = 1 << 15, 1 << 20
# A name may lie across two steps.
_OVERLAP = 128
MAX_STREAMS = 50_000
MAX_WORK = 100 * 1024 * 1024


def checked(content: bytes) -> tuple[FileType, bytes]:
    """The type and the unchanged content."""
    if b"%%EOF" not in content[-2048:] or b"obj" not in content:
        raise Refused(_("Tệp PDF này bị hỏng hoặc thiếu phần cuối. Đồng chí xuất lại tệp PDF."))
    if _ENCRYPTED.search(content):
        raise Refused(_("Tệp PDF có mật khẩu hoặc bị khóa. Đồng chí bỏ khóa rồi tải lại."))
    refuse_active(found=_ACTIVE.search(content) is not None)
    _refuse_hidden_objects(content)
    left = MAX_WORK
    for number, stream in enumerate(_STREAM.finditer(content)):
        if left < 0 or number > MAX_STREAMS:
            raise Refused(_("Tệp PDF bung ra quá lớn. Đồng chí chia nhỏ hoặc in ra tệp PDF mới."))
        left -= _look_into(memoryview(content)[stream.end() :], left)
    return FileType.PDF, content


def refuse_active(*, found: bool) -> None:
    if found:
        raise Refused(
            _("Tệp PDF chứa phần tự chạy hoặc tệp ẩn bên trong. Đồng chí in ra tệp PDF mới rồi tải lại.")
        )


def _refuse_hidden_objects(content: bytes) -> None:
    """Objects may be packed in streams (/ObjStm); those must be plainly deflated, or we cannot look into them."""
    for packed in _PACKED.finditer(content):
        head = content[content.rfind(b"obj", 0, packed.start()) : content.find(b"stream", packed.end())]
        is_plain = b"/Filter" not in head or _PLAIN_FILTER.search(head)
        if b"#" in head or b"/DecodeParms" in head or not is_plain or _ODD_FILTERS.search(content):
            raise Refused(_("Tệp PDF này nén theo cách lạ, không kiểm tra được. Đồng chí in ra tệp PDF mới."))


def _look_into(feed: memoryview, allowed: int) -> int:
    """Search what unpacks from here, if it is deflated; returns the bytes read and unpacked."""
    unpacker, tail, offset, work = zlib.decompressobj(), b"", 0, 0
    while work <= allowed and not unpacker.eof:
        given = unpacker.unconsumed_tail or feed[offset : offset + _FED]
        if not given:
            break
        offset += 0 if unpacker.unconsumed_tail else len(given)
        try:
            piece = unpacker.decompress(given, _UNPACKED)
        except zlib.error:
            break  # not deflated, or broken: what came out before was searched
        refuse_active(found=_ACTIVE.search(tail + piece) is not None)
        work += len(piece) + len(given) - len(unpacker.unconsumed_tail) - len(unpacker.unused_data)
        tail = piece[-_OVERLAP:]
    return work
