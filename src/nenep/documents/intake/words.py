"""What many readers ask about a piece of text."""

from __future__ import annotations

import re

# The first words of names of bodies and offices that issue or receive papers.
_BODIES = re.compile(
    r"^(?:BCH|BTV|Đ[ẢÁÀẠA]NG (?:ỦY|UỶ|ÚY|BỘ|ĐOÀN)|CHI (?:BỘ|ỦY|UỶ)|(?:TỈNH|THÀNH|HUYỆN|QUẬN|THỊ|XÃ|PHƯỜNG) (?:ỦY|UỶ)|"
    r"ĐẠI HỘI|BAN|BỘ|CỤC|CỤM|SỞ|PHÒNG|CHI CỤC|VĂN PHÒNG|[UỦ]Y BAN|UỶ BAN|UBND|UBKT|HĐND|HỘI|ĐOÀN|LIÊN ĐOÀN|TRƯ[ỜỞƠ]NG|"
    r"TRUNG TÂM|BỆNH VIỆN|CÔNG TY|TỔNG CÔNG TY|NGÂN HÀNG|KHO BẠC|BÁO|ĐÀI|VIỆN|TÒA ÁN|TOÀ ÁN|CÔNG AN|MẶT TRẬN)\b"
)
_LETTERS = re.compile(r"[^\W\d_]")


def is_capitals(text: str) -> bool:
    """Letters there are, and no small one (the h of "ThU" aside)."""
    letters = _LETTERS.findall(text)
    return len(letters) >= 2 and not any(letter.islower() for letter in letters)


def names_body(text: str) -> bool:
    """Whether a line in capitals begins like the name of a body."""
    return bool(_BODIES.match(text.strip(" *-–.")))
