"""Plain text: letters and nothing else, in one of the encodings of Unicode that people's programs write."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from nenep.files.models import FileType
from nenep.shared.states import Refused

# A hundred times a long report; nobody types more.
MAX_BYTES = 4 * 1024 * 1024
NAMED = ".txt"
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# All but tab, line ends and what parts lines and pages; also those of Unicode's second block.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


def checked(content: bytes) -> tuple[FileType, bytes]:
    """The type and the unchanged content. Nothing runs in it: it leaves as a download of type text/plain.

    Refused when it is no Unicode, holds control characters, or is larger than any text.
    """
    if len(content) > MAX_BYTES:
        limit = {"limit": MAX_BYTES // (1024 * 1024)}
        raise Refused(_("Tệp chữ lớn hơn %(limit)s MB. Đồng chí chia nhỏ tệp.") % limit)
    if text_in(content) is None:
        raise Refused(
            _(
                "Tệp .txt này không phải chữ viết bằng Unicode (UTF-8, UTF-16). Đồng chí mở tệp, chọn lưu lại với "
                "mã UTF-8 rồi tải lên."
            )
        )
    return FileType.TXT, content


def text_in(content: bytes) -> str | None:
    """The text in UTF-8 or UTF-16, without the mark of its encoding; None for what is no text in either."""
    text = _decoded(content)
    return None if text is None or _CONTROL.search(text) else text


def _decoded(content: bytes) -> str | None:
    code = next((code for bom, code in _BOMS if content.startswith(bom)), "")
    if not code:  # UTF-16 without its mark shows in the zeros beside spaces and plain letters
        start = content[:400]
        zeros = start[::2].count(0), start[1::2].count(0)
        code = (
            "utf-16-be"
            if zeros[0] > len(start) / 8
            else "utf-16-le"
            if zeros[1] > len(start) / 8
            else "utf-8"
        )
    try:
        return content.decode(code).removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None
