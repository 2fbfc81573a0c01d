"""Secret markings. Secret content is not kept on connected machines (Law on state secrets); such a file is refused.

Looked for in the name, in the head of the text, where a marking stands, and in the margins of the page. In capitals it
is seen among other words; in small letters or without marks only where it is a line, a cell or a gap of its own. A
sentence that talks about secrets ("bảo vệ bí mật nhà nước") is no marking, nor is a table that counts papers by grade.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nenep.files import openings, packages
from nenep.shared.states import Refused
from nenep.shared.vietnamese import search_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nenep.files.models import FileType
    from nenep.files.openings import Line

_LETTERS = re.compile(r"[^\W\d_]+")
# Words that make another word of "mật" when they stand before or after it.
_BEFORE = {"bí", "bảo", "cơ", "độ", "thân", "mã", "nội", "chặt", "hóc", "thị", "đường", "ong", "túi", "giải"}
_AFTER = {"khẩu", "mã", "độ", "thiết", "ong", "vụ", "danh", "thư", "hiệu", "nghị", "sơn", "mía"}
_GRADES = {"tối", "tuyệt"}
_PLAIN_GRADES = re.compile(r"(?<![a-z])(toi|tuyet)[ _.-]*mat(?![a-z])")
# Letters set apart, "T Ố I": by one sign each, so that wider gaps part the words, or by any.
_APART = [re.compile(rf"(?<![^\W_])[^\W\d_](?:[ .·]{many}[^\W\d_])+(?![^\W_])") for many in ("", "+")]
# What must not be parted from "mật" by a wide gap.
_BOUND = re.compile(rf"\b({'|'.join(sorted(_BEFORE | _GRADES | {'văn'}))})\s+(?=mật\b)", re.IGNORECASE)
_GAP = re.compile(r"\t|\s{2,}|\|")
_EDGES = " *~_-–—()[]{}<>“”\"'«»/\\:"
_LABELLED = re.compile(
    r"(?:mức |cấp )?độ mật ?: ?(?:(?:tối|tuyệt) )?mật|(?:muc |cap )?do mat ?: ?(?:(?:toi|tuyet) )?mat"
)
_ALONE = re.compile(r"((?:(?:tối|tuyệt)[ _-]*)?mật|(?:toi|tuyet)[ _-]*mat)(?:[ ,;–-]*(?:bản )?số[ :]*\d+)?")
_IN_MARGIN = re.compile(r"(?<!\w)(?:tối|tuyệt)[ _.-]*mật(?!\w)")
_UNCLASSIFIED = "thường"


class SecretMarking(Refused):
    """The file bears a secret marking; `reason` is a value of RefusedUpload.Reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _(
                "Tệp này mang dấu MẬT, TỐI MẬT hoặc TUYỆT MẬT nên không được lưu ở đây. Đồng chí xử lý tài liệu "
                "theo quy định bảo vệ bí mật nhà nước và báo người phụ trách văn thư, bảo mật của cơ quan."
            )
        )
        self.reason = reason


def in_name(name: str) -> bool:
    """Any case; without marks too, where the word has no other reading ("toi-mat")."""
    return _is_marked(name.lower()) or bool(_PLAIN_GRADES.search(name.lower()))


def in_header(content_type: FileType, content: bytes) -> bool:
    """In the head of the text or the margins of the page. Images are not read."""
    try:
        return are_marked(openings.lines(content_type, content))
    except packages.BROKEN as broken:
        raise Refused(packages.broken()) from broken


def are_marked(lines: Iterable[Line]) -> bool:
    """One grade that stands alone is a marking; several are the heads of a table or a list of the grades."""
    alone: set[str] = set()
    for text, in_margin in lines:
        for line in {shown for row in text.splitlines() for shown in _as_read(row)}:
            parts = [part.strip(_EDGES) for part in _GAP.split(_BOUND.sub(r"\1 ", line))]
            if _is_marked_in_capitals(line) or (in_margin and _IN_MARGIN.search(line.lower())):
                return True
            if any(_LABELLED.fullmatch(part.lower()) for part in parts):
                return True
            alone.update(filter(None, map(_grade_alone, parts)))
    return len(alone) == 1 and _UNCLASSIFIED not in alone


def _as_read(line: str) -> Iterator[str]:
    """The line without signs that nobody sees; where letters are set apart, also with them drawn together."""
    signs = (
        " " if unicodedata.category(sign) == "Zs" else sign for sign in unicodedata.normalize("NFC", line)
    )
    shown = "".join(sign for sign in signs if unicodedata.category(sign) != "Cf")
    yield shown
    for apart in _APART:
        yield apart.sub(lambda found: "".join(_LETTERS.findall(found[0])), shown)


def _grade_alone(part: str) -> str:
    """The grade, when nothing else stands here; "mật" in small letters is the end of a sentence."""
    found = _ALONE.fullmatch(part.lower())
    if found and part[0] != "m":
        return re.sub("[ _-]", "", search_key(found[1]))
    return _UNCLASSIFIED if part.lower() == _UNCLASSIFIED else ""


def _is_marked_in_capitals(line: str) -> bool:
    words = _LETTERS.findall(line)
    lowered = [word.lower() for word in words]
    return any(
        word in {"TỐIMẬT", "TUYỆTMẬT"} or (word == "MẬT" and _stands_alone(lowered, place))
        for place, word in enumerate(words)
    )


def _is_marked(text: str) -> bool:
    words = _LETTERS.findall(unicodedata.normalize("NFC", text))
    return any(word == "mật" and _stands_alone(words, place) for place, word in enumerate(words))


def _stands_alone(words: list[str], place: int) -> bool:
    two_before, before = ["", "", *words][place : place + 2]
    after = words[place + 1] if place + 1 < len(words) else ""
    if before == "văn":  # a name of a man, but not of a paper
        return two_before == "công"
    return before in _GRADES or not (before in _BEFORE or after in _AFTER)
