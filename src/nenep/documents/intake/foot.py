"""The foot of a document: who receives it for what, and who signed in whose name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nenep.documents.intake.lines import Line, cells
from nenep.documents.intake.words import is_capitals
from nenep.shared.vietnamese import clean, search_key

if TYPE_CHECKING:
    from collections.abc import Sequence

FOOT_LINES = 60
_RECIPIENTS = re.compile(r"^\W*n[oơ]i nh[aậâ]n\W*$", re.IGNORECASE)
_ADDRESSED = re.compile(r"^Kính (?P<verb>gửi|trình)\s*:?\s*(?P<name>.*)$", re.IGNORECASE)
_ITEM = re.compile(r"^[-–+•*]\s*(?P<text>.+)$")
_PURPOSE = re.compile(r"\s*\(\s*(?P<purpose>[^()]{2,20})\s*\)\s*$")
_FILED = re.compile(r"^L[ưu]u\s*:?\s*(?P<name>.*)$", re.IGNORECASE)
# Abbreviations in brackets (regulations.md G-09 and practice), by their search key.
PURPOSES = {
    "b/c": "báo cáo",
    "bao cao": "báo cáo",
    "de b/c": "báo cáo",
    "de bao cao": "báo cáo",
    "t/h": "thực hiện",
    "thuc hien": "thực hiện",
    "de t/h": "thực hiện",
    "de thuc hien": "thực hiện",
    "p/h": "phối hợp",
    "de p/h": "phối hợp",
    "de phoi hop": "phối hợp",
    "de biet": "để biết",
    "t/d": "theo dõi",
    "de theo doi": "theo dõi",
    "c/d": "chỉ đạo",
    "de c/d": "chỉ đạo",
    "luu": "lưu",
}
_AUTHORITY = re.compile(r"^(?P<how>T\s?[/.]\s?M|K\s?[/.]\s?T|T\s?[/.]\s?L|TM|KT|TL)\b[\s.]*(?P<body>.*)$")
_SIGNED = re.compile(r"^\(?\s*(?:đã ký|ký|ký tên|chữ ký|ký, ghi rõ họ tên).*\)?$", re.IGNORECASE)
_OFFICE = re.compile(
    r"^(?:NGƯỜI GHI BIÊN BẢN$|(?:PHÓ |QUYỀN )?(?:BÍ THƯ|CHỦ NHIỆM|CHỦ TỊCH|CHÁNH VĂN PHÒNG|TRƯỞNG|GIÁM ĐỐC|HIỆU TRƯỞNG|"
    r"CHỦ TRÌ|THƯ KÝ|CHỦ TỌA|CHỦ TOẠ|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|VIỆN TRƯỞNG|ỦY VIÊN|UỶ VIÊN)\b)"
)
_NAME = re.compile(r"^[^\W\d_a-z]\w*(?:[ -][^\W\d_a-z]\w*){1,5}$")


@dataclass(slots=True)
class Foot:
    """`lines`: the numbers of its lines; `authority`: "T/M", "K/T" or "T/L", `body`: in whose name."""

    recipients: list[dict[str, Any]] = field(default_factory=list)
    signer: str | None = None
    authority: str | None = None
    body: str | None = None
    office: str | None = None
    lines: set[int] = field(default_factory=set)

    def signed_as(self) -> dict[str, str | None]:
        return {"authority": self.authority, "body": self.body, "office": self.office}


def foot_of(lines: Sequence[Line]) -> Foot:
    """Read from the last filled lines; the heading of the recipients may stand left of the signature or above it."""
    foot = Foot()
    _addressed(foot, lines)
    rows = cells([line for line in lines if line.text.strip()][-FOOT_LINES:])
    start = next(
        (place for place in range(len(rows) - 1, -1, -1) if _RECIPIENTS.match(rows[place].text)), None
    )
    if start is not None:
        foot.lines.add(rows[start].number)
        _recipients(foot, rows[start + 1 :])
    _signature(foot, rows, start)
    return foot


def _addressed(foot: Foot, lines: Sequence[Line]) -> None:
    """ "Kính gửi:" of a công văn, with the list below it where there is one. Its lines stay in the text."""
    filled = [line for line in lines if line.text.strip()]
    for place, line in enumerate(filled[:40]):
        if found := _ADDRESSED.match(line.text.strip()):
            names = [clean(found["name"])] if found["name"] else []
            for below in filled[place + 1 : place + 12]:
                item = _ITEM.match(below.text.strip())
                if not item:
                    break
                names.append(clean(item["text"]))
            called = f"kính {found['verb'].lower()}"
            foot.recipients += [
                {"name": name.rstrip(" .;,"), "purpose": called} for name in names if name.rstrip(" .;,")
            ]
            return


def _recipients(foot: Foot, rows: Sequence[Line]) -> None:
    texts: list[str] = []
    for row in rows:
        item = _ITEM.match(row.text)
        if item or _FILED.match(row.text):
            texts.append(item["text"] if item else row.text)
        elif is_capitals(row.text) or _NAME.match(row.text) or _SIGNED.match(row.text):
            continue  # the signature in the right column
        elif texts and (row.text[0].islower() or texts[-1][-1] not in ",;.)"):
            texts[-1] = f"{texts[-1]} {row.text}"
        else:
            break
        foot.lines.add(row.number)
    foot.recipients += [_recipient(clean(text)) for text in texts]


def _recipient(text: str) -> dict[str, str | None]:
    """An abbreviation that is not known stays as read."""
    text = text.rstrip(" .;,")
    if filed := _FILED.match(text):
        return {"name": filed["name"].strip() or text, "purpose": "lưu"}
    found = _PURPOSE.search(text)
    if not found:
        return {"name": text, "purpose": None}
    as_read = clean(found["purpose"])
    purpose = PURPOSES.get(re.sub(r"\s*/\s*", "/", search_key(as_read).rstrip(".")), as_read)
    return {"name": text[: found.start()].rstrip(" ,;"), "purpose": purpose}


def _signature(foot: Foot, rows: Sequence[Line], recipients_at: int | None) -> None:
    """From the authority line on; without one, what follows the recipients or an office in capitals."""
    start = next((place for place, row in enumerate(rows) if _AUTHORITY.match(row.text)), None)
    if start is None:
        start = next((place for place, row in enumerate(rows) if _is_office(row.text)), recipients_at)
    if start is None:
        return
    for row in rows[start:]:
        text = clean(row.text.strip("*_ "))
        if row.number in foot.lines and (_ITEM.match(text) or _FILED.match(text) or _RECIPIENTS.match(text)):
            continue
        if found := _AUTHORITY.match(text):
            how = re.sub(r"[\s/.]", "", found["how"])
            foot.authority = foot.authority or f"{how[0]}/{how[1]}"
            foot.body = foot.body or found["body"].strip() or None
        elif _is_office(text):
            foot.office = text
        elif is_capitals(text) and foot.authority and not foot.office:
            foot.body = f"{foot.body or ''} {text}".strip()
        elif _NAME.match(text) and not is_capitals(text):
            foot.signer = text
        elif not _SIGNED.match(text):
            continue
        foot.lines.add(row.number)


def _is_office(text: str) -> bool:
    return is_capitals(text) and bool(_OFFICE.match(text))
