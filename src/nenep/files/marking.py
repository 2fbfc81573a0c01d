"""Secret markings. Secret content is not kept on connected machines (Law on state secrets); such a file is refused.

Looked for in the name and in the head of the text, where a marking stands. A sentence that talks about secrets
("bảo vệ bí mật nhà nước") is no marking.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from itertools import islice
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nenep.files import packages, reading
from nenep.files.models import FileType
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD_LINES = 40
_LETTERS = re.compile(r"[^\W\d_]+")
# Words that make another word of "mật" when they stand before or after it.
_BEFORE = {"bí", "bảo", "cơ", "độ", "thân", "mã", "nội", "chặt", "hóc", "thị", "đường", "ong", "túi", "giải"}
_AFTER = {"khẩu", "mã", "độ", "thiết", "ong", "vụ", "danh", "thư", "hiệu", "nghị"}
_GRADES = {"tối", "tuyệt"}
_PLAIN_GRADES = re.compile(r"(?<![a-z])(toi|tuyet)[ _.-]*mat(?![a-z])")


class SecretMarking(Refused):
    """The file bears a secret marking; `reason` is a value of RefusedUpload.Reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _(
                "Tệp này mang dấu MẬT, TỐI MẬT hoặc TUYỆT MẬT nên không được lưu ở đây. Đồng chí hãy xử lý tài liệu "
                "theo quy định bảo vệ bí mật nhà nước và báo người phụ trách văn thư, bảo mật của cơ quan."
            )
        )
        self.reason = reason


def in_name(name: str) -> bool:
    """Any case; without marks too, where the word has no other reading ("toi-mat")."""
    return _is_marked(name.lower()) or bool(_PLAIN_GRADES.search(name.lower()))


def in_header(content_type: FileType, content: bytes) -> bool:
    """In the first lines; a marking is printed in capitals. Images are not read."""
    try:
        return any(map(_is_marked_in_capitals, _head(content_type, content)))
    except packages.BROKEN as broken:
        raise Refused(packages.broken()) from broken


def _is_marked_in_capitals(line: str) -> bool:
    words = _LETTERS.findall(unicodedata.normalize("NFC", line))
    lowered = [word.lower() for word in words]
    return any(word == "MẬT" and _stands_alone(lowered, place) for place, word in enumerate(words))


def _is_marked(text: str) -> bool:
    words = _LETTERS.findall(unicodedata.normalize("NFC", text))
    return any(word == "mật" and _stands_alone(words, place) for place, word in enumerate(words))


def _stands_alone(words: list[str], place: int) -> bool:
    before = words[place - 1] if place else ""
    after = words[place + 1] if place + 1 < len(words) else ""
    return before in _GRADES or not (before in _BEFORE or after in _AFTER)


def _head(content_type: FileType, content: bytes) -> Iterator[str]:
    match content_type:
        case FileType.PDF:
            return islice(reading.first_lines(content), HEAD_LINES)
        case FileType.DOCX:
            return _word_lines(content)
        case FileType.XLSX:
            return _sheet_lines(content)
    return iter(())


def _word_lines(content: bytes) -> Iterator[str]:
    """Page headers first, then the paragraphs from the top, those in tables and text boxes included."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        heads = [name for name in names if re.fullmatch(r"word/header\d*\.xml", name)]
        for name in [*heads, *(["word/document.xml"] if "word/document.xml" in names else [])]:
            paragraphs = packages.opening(package, name, tags=(f"{packages.WORD}p",))
            for paragraph in islice(paragraphs, HEAD_LINES):
                yield "".join(node.text or "" for node in paragraph.iter(f"{packages.WORD}t"))


def _sheet_lines(content: bytes) -> Iterator[str]:
    """The texts that come first: shared ones, then those that stand in the sheets themselves."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheets = re.compile(r"xl/(sharedStrings|worksheets/[^/]*)\.xml")
        for name in sorted(filter(sheets.fullmatch, package.namelist())):
            for item in islice(packages.opening(package, name, tags=("{*}si", "{*}is")), HEAD_LINES):
                yield "".join(item.itertext())
