"""Numbers that are written in words: "mười lăm đồng chí", "một trăm hai mươi chi bộ".

Read only where nothing else can be meant. A single digit is left alone: "một" is an article, "năm" a year. So is what
stands without a noun that is counted, what is short for more ("một trăm hai" may be 102 or 120), a guess ("hai ba mươi
người"), and the name of a day, a month, a part or a place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGITS = {
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "nhăm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
_DIGIT = "(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)"
# "năm" behind "mười" and "mươi" is the noun: 15 is "mười lăm".
_TEENS = "mười(?: (?:một|hai|ba|bốn|lăm|nhăm|sáu|bảy|bẩy|tám|chín))?"
_TENS = f"{_DIGIT} mươi(?: (?:mốt|một|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|bẩy|tám|chín))?"
_BELOW_100 = f"(?:{_TENS}|{_TEENS})"
_HUNDREDS = f"{_DIGIT} trăm(?: (?:(?:linh|lẻ) {_DIGIT}|{_BELOW_100}))?"
_REST = f"(?:{_HUNDREDS}|không trăm (?:(?:linh|lẻ) {_DIGIT}|{_BELOW_100}))"
_THOUSANDS = f"(?:{_HUNDREDS}|{_BELOW_100}|{_DIGIT}) (?:nghìn|ngàn)(?: {_REST})?"
_NUMBER = re.compile(
    rf"(?<!\w)(?:{_THOUSANDS}|{_HUNDREDS}|{_BELOW_100})(?!\w)".replace(" ", r"\s+"), re.IGNORECASE
)
# Behind one of these it is a name or a day; behind a digit, also with a comma, it is a guess.
_NAMES = re.compile(
    r"(?:^|\W)(?:tháng|ngày|mùng|mồng|rằm|thứ|khóa|khoá|khối|lớp|tổ|ấp|thôn|khu phố|điều|khoản|mục|chương|phần|trang|"
    rf"bài|số|năm|quý|kỳ|lúc|hồi|tuổi|vài|mấy|{_DIGIT}|mười|mươi|trăm|chục),?\s+$",
    re.IGNORECASE,
)


def written_out(text: str) -> Iterator[tuple[int, int, int]]:
    """(start, end, value) of each; whether something that is counted follows is for who asks."""
    for found in _NUMBER.finditer(text):
        if not _NAMES.search(text[max(0, found.start() - 24) : found.start()]):
            yield found.start(), found.end(), _value(found[0].lower().split())


def _value(words: list[str]) -> int:
    """Of words that `_NUMBER` has matched."""
    total = part = 0
    for word in words:
        if word in _DIGITS:
            part += _DIGITS[word]
        elif word == "mười":
            part += 10
        elif word == "mươi":
            # The digit before it is the last thing that was added.
            part += (part % 10) * 9
        elif word == "trăm":
            part *= 100
        elif word in {"nghìn", "ngàn"}:
            total, part = part * 1000, 0
    return total + part
