"""TIFF images, as scanners write them: their pages are drawn anew into a PDF, and that is what is kept.

No browser shows a TIFF and a PDF of images is read, stamped and signed like any other. The image library for TIFF has
had more holes than the others, so it works in a child process with little time and memory.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nenep.files import portable
from nenep.files.images import MAX_PIXELS
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from nenep.files.models import FileType

STARTS = (b"II*\x00", b"MM\x00*")
MAX_PAGES = 40
SECONDS = 20
_CHILD = Path(__file__).with_name("tiff_child.py")


def checked(content: bytes) -> tuple[FileType, bytes]:
    """The pages as a PDF. Refused when broken, above 40 pages or 40 million pixels a page, or beyond the limits."""
    try:
        done = subprocess.run(  # noqa: S603  # our own program, no argument from outside
            [sys.executable, "-I", str(_CHILD)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as failed:
        raise Refused(_refusals()["broken"]) from failed
    if done.returncode:
        why = done.stderr.decode(errors="replace").strip()
        raise Refused(_refusals().get(why, _refusals()["broken"]))
    return portable.checked(done.stdout)


def _refusals() -> dict[str, str]:
    return {
        "pages": _("Ảnh TIFF có hơn %(limit)d trang. Đồng chí chia nhỏ tệp.") % {"limit": MAX_PAGES},
        "pixels": _("Ảnh TIFF có trang lớn hơn %(limit)s triệu điểm ảnh. Đồng chí quét lại nhỏ hơn.")
        % {"limit": MAX_PIXELS // 1_000_000},
        "broken": _("Ảnh TIFF này bị hỏng hoặc quá phức tạp. Đồng chí quét lại thành PDF."),
    }
