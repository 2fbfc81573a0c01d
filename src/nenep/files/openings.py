"""The lines in which a secret marking would stand: the head of the text, and the margins of the page."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import islice
from typing import TYPE_CHECKING

from nenep.files import packages, plain, reading
from nenep.files.models import FileType
from nenep.files.parts import Elements, Paragraphs, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    # The text, and whether it stands in the header or footer of the page, where no running text stands.
    Line = tuple[str, bool]

HEAD_LINES, FOOT_LINES = 40, 3
MAX_OPENING = 4 * 1024 * 1024
_MARGINS = {f"{page}{place}" for page in ("odd", "even", "first") for place in ("Header", "Footer")}
# How Excel writes place, font, size and colour between the words of a page header: &C&"Arial,Bold"&14.
_PLACE = re.compile(r"&[LCR]")
_FORMAT = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-F]{6}|K\d\d[+-]\d{3}|[^&])')


def lines(content_type: FileType, content: bytes) -> Iterator[Line]:
    """Nothing for images, which are not read. Refused for a PDF that cannot be."""
    if content_type == FileType.PDF:
        yield from _first_page(content)
    elif content_type == FileType.TXT:
        yield from ends([line for line in (plain.text_in(content) or "").splitlines() if line.strip()])
    elif content_type in {FileType.DOCX, FileType.XLSX}:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = packages.xml_parts(package)
            for name in names:
                yield from islice(told(package, name, Paragraphs(), at_most=MAX_OPENING), HEAD_LINES)
            if content_type == FileType.XLSX:
                yield from _cells(package, names)


def _first_page(content: bytes) -> Iterator[Line]:
    yield from ends(reading.first_lines(content))


def ends(page: Sequence[str]) -> Iterator[Line]:
    """The first and the last lines of a page."""
    for line in [*page[:HEAD_LINES], *page[HEAD_LINES:][-FOOT_LINES:]]:
        yield line, False


def _cells(package: zipfile.ZipFile, names: list[str]) -> Iterator[Line]:
    """What stands in the first rows of each sheet, wherever its text is kept, and around the printed page."""
    shared: set[str] = set()
    strings: list[str] = []
    for name in names:
        rows, value = 0, ""
        for what, attributes, text in told(package, name, Elements("row", "c", "v", "is", "si", *_MARGINS)):
            if what in _MARGINS:
                yield _FORMAT.sub("", _PLACE.sub("\n", text)), True
            elif what == "si":
                strings.append(text)
            elif what == "row":
                rows += 1
            elif what != "c":
                value = text
            elif rows < HEAD_LINES:
                yield value, False
                shared |= {value.strip()} if attributes.get("t") == "s" else set()
    for place, text in enumerate(strings):
        if f"{place}" in shared:
            yield text, False
