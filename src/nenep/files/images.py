"""Images are drawn anew: what is kept are pixels, without place, time, camera or anything appended."""

from __future__ import annotations

import io

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from nenep.files.models import FileType
from nenep.shared.states import Refused

MAX_PIXELS = 40_000_000
# What Pillow raises for broken and for hostile images.
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, UnidentifiedImageError)
_TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_MODES = {"PNG": {"1", "L", "LA", "P", "RGB", "RGBA"}, "JPEG": {"L", "RGB"}}


def checked(content: bytes) -> tuple[FileType, bytes]:
    """The type and the image drawn anew. Refused above 40 million pixels, before a single one is unpacked."""
    try:
        with Image.open(io.BytesIO(content), formats=["PNG", "JPEG"]) as image:
            _refuse_large(image)
            return FileType[str(image.format)], _redrawn(image)
    except _TOO_LARGE as too_large:
        raise Refused(_too_large()) from too_large
    except _BROKEN as broken:
        raise Refused(_("Ảnh này bị hỏng, không mở được. Đồng chí chọn ảnh khác.")) from broken


def _refuse_large(image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise Refused(_too_large())


def _too_large() -> str:
    limit = {"limit": MAX_PIXELS // 1_000_000}
    return _("Ảnh lớn hơn %(limit)s triệu điểm ảnh. Đồng chí thu nhỏ ảnh rồi tải lại.") % limit


def _redrawn(image: Image.Image) -> bytes:
    """Turned as the camera meant it, then written without the rest of what the file carried."""
    kind = str(image.format)
    drawn: Image.Image = image
    ImageOps.exif_transpose(image, in_place=True)
    if drawn.mode not in _MODES[kind]:
        drawn = drawn.convert("RGB")
    drawn.info = {key: value for key, value in drawn.info.items() if key == "transparency"}
    made = io.BytesIO()
    drawn.save(made, kind, **({"quality": 88} if kind == "JPEG" else {}))
    return made.getvalue()
