"""Which characters the fonts of the PDF can show. PDF/A refuses a page with a character that it cannot."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
# Shown by the font that typst carries itself; test_pdf proves each one.
SYMBOLS = frozenset(map(ord, "☐☑☒✓✔✗✘"))
MISSING = "□"


def shown(text: str) -> str:
    """The text with an empty box in place of each character without a glyph."""
    known = covered()
    return "".join(char if ord(char) in known else MISSING for char in text)


@cache
def covered() -> frozenset[int]:
    """The code points that all four faces of the font hold, with the symbols above."""
    faces = [_code_points(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf"))]
    return frozenset.intersection(*faces) | SYMBOLS | {ord("\n")}


def _code_points(font: bytes) -> frozenset[int]:
    """What the font's `cmap` table (format 4, as in every Windows font) maps to a glyph."""
    tables = struct.unpack_from(">H", font, 4)[0]
    entries = (struct.unpack_from(">4sLLL", font, 12 + 16 * number) for number in range(tables))
    start = next(offset for tag, _sum, offset, _length in entries if tag == b"cmap")
    count = struct.unpack_from(">H", font, start + 2)[0]
    for number in range(count):
        offset = start + struct.unpack_from(">HHL", font, start + 4 + 8 * number)[2]
        if struct.unpack_from(">H", font, offset)[0] == 4:
            return _format_4(font, offset)
    raise ValueError("the font has no cmap of format 4")


def _format_4(font: bytes, offset: int) -> frozenset[int]:
    segments = struct.unpack_from(">H", font, offset + 6)[0] // 2
    ends = struct.unpack_from(f">{segments}H", font, offset + 14)
    starts = struct.unpack_from(f">{segments}H", font, offset + 16 + 2 * segments)
    return frozenset(
        point
        for first, last in zip(starts, ends, strict=True)
        for point in range(first, min(last, 0xFFFE) + 1)
    )
