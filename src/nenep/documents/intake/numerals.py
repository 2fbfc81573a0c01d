"""Numbers as Vietnamese papers write them (3.918; 94,6; 12/15), told from dates, symbols, marks and names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.documents.intake.measures import FAMILIES, measures
from nenep.documents.intake.number_words import written_out
from nenep.documents.intake.paragraphs import MARKER

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

# A digit as a scanner may read it.
_D = r"[\dOoIl]"
_WHOLE = re.compile(r"\d{1,3}(?:\.\d{3})+|\d+")
_DECIMAL = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+),(\d+)|(\d+)\.(\d{1,2})")
_TOKEN = re.compile(
    rf"(?<![\w/@#])(?<!\d[.,])(?<![^\W\d_][-–])(?={_D}*\d|{_D}+[.,]{_D}*\d)"
    rf"{_D}+(?:[.,]{_D}+)*(?:\s?/\s?{_D}+(?:[.,]{_D}+)*)?(?!\s?/\s?[\dA-ZĐ]|[-–][A-ZĐ])"
)
# A thousand that the scan drew apart: "có 3. 918 đảng viên"; at the start of a line it is an item.
APART = re.compile(r"(?<=[^\W\d_] )\d{1,3}\. \d{3}(?![\w/.,]\w|\d|\s?%)")
_ITEM = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}\s?[.)/-]\s")
_YEAR = r"(?:19|20)\d{2}"
_TILL = r"\s*(?:,|;|và|-|–|—|đến)\s*"
# What is never a figure, whatever follows.
_NEVER = re.compile(
    rf"(?:{_D}{{1,2}}\s?[/.-]\s?{_D}{{1,2}}\s?[/.-]\s?{_D}{{4}}(?!\d))|"  # 17/7/2006
    rf"(?:(?<![\d.,]){_D}{{1,2}}\s?/\s?{_YEAR}(?!\d))|"  # 9/2026
    rf"(?:\b(?:ngày|ngay|mùng|mồng|sáng|chiều|tối|hôm)\s+{_D}{{1,2}}(?:\s?[/.-]\s?{_D}{{1,2}})?"
    rf"(?:{_TILL}{_D}{{1,2}}\s?[/.-]\s?{_D}{{1,2}})?(?![\w%]))|"
    rf"(?:\b(?:tháng|thang|quý)\s+{_D}{{1,2}}(?:{_TILL}{_D}{{1,2}}(?=\s*(?:[.;)/]|$|năm\b|và\b)))*(?![\w%]))|"
    rf"(?:\b(?:năm|nam|niên khóa|nhiệm kỳ|giai đoạn)\s+{_D}{{4}}(?:\s*[-–—/]\s*{_D}{{2,4}})?(?![\w%.,]*\d))|"
    rf"(?:(?<![\d.,]){_YEAR}\s*[-–—]\s*{_YEAR}(?!\d))|"
    r"(?:\b(?:điều|khoản|mục|trang|khóa|khoá|thứ|kỳ thứ|số nhà|quốc lộ|phụ lục|mẫu số)"
    r"\s*:?\s+(?:số\s+)?[\d.]*\d(?:\s*(?:,|và|-|–)\s*\d+)*)|"
    r"(?:\b(?:tài khoản|hotline|điện thoại|ĐT|fax)\s*:?\s+(?:số\s*:?\s+)?[\d. ]*\d)|"
    r"(?:\d{1,2}\s*(?:giờ|h|g)\s*\d{2}(?:\s*phút)?\b)|"
    r"(?:\b(?:lúc|hồi|vào)\s+\d{1,2}\s*(?:giờ|h|g)(?:\s*\d{2})?\b)|"
    r"(?:\d{1,2}(?:h|g)(?!\w))|(?:(?<![\d.,])\b0\d[\d. ]{6,12}\d\b)|(?:(?<![\d.,])\b0\d{2,}\b)|(?:24\s?/\s?(?:7|24)\b)|"
    r"(?:\(\d{1,2}\)(?=\s*[^\s\d]))|(?:(?<=[;:.,]\s)\d{1,2}\)(?=\s))|(?:\b[a-z]\d+\b)",
    re.IGNORECASE,
)
# A number behind one of these is a name, unless a unit follows it: "ấp 4", but "ấp 4 hộ".
_NAMED = re.compile(
    r"\b(?:khu phố|ấp|thôn|tổ|khóm|phường|quận|xã|đường|phòng|bảng|biểu|mẫu|đợt|vòng|hạng|loại|cấp|cụm|nhóm|đội|"
    r"khối|lớp|bài|tập|quyển|(?<!tổng )số|chi bộ|chi hội|điểm|phần|chương|(?<!bộ )cơ sở|tuyến|dãy|bước|câu|"
    r"quy định|nghị quyết|chỉ thị|hướng dẫn|kế hoạch|kết luận|kỳ|lần|trung ương)\s+(?:số\s+)?"
    rf"(?P<number>\d+(?:/\d+)?)(?:{_TILL}\d+(?!\w))?",
    re.IGNORECASE,
)
_SHARE_SIGN = re.compile(r"\s?(?:%|phần trăm(?!\w))")
# What a number in words may count: "mười hai tháng" may be December.
_COUNTED = FAMILIES - {"time"}
_DAY = re.compile(r"(\d{1,2})\s?/\s?(\d{1,2})")
_TELLS_SHARE = re.compile(r"^[^.;%\d]{0,60}\d[\d.,]*\s?%")


@dataclass(frozen=True, slots=True)
class Numeral:
    """`value` None: not to be read for certain; `base`: the 15 of 12/15."""

    start: int
    end: int
    value: float | None
    base: float | None = None


def numerals_in(text: str, spared: Sequence[tuple[int, int]]) -> Iterator[Numeral]:
    """In the order of the text, without those in the `spared` spans (start, end)."""
    taken = [*spared, *_never(text)]
    for found in APART.finditer(text):
        if not _lies_in(found.span(), taken):
            taken.append(found.span())
            yield Numeral(*found.span(), None)
    taken += [
        found.span("number")
        for found in _NAMED.finditer(text)
        if not _counts(text[found.end("number") :], {"persons", "bodies", "measured"})
        and not _is_listed(text, found.start())
    ]
    for start, end, value in written_out(text):
        if not _lies_in((start, end), taken) and _counts(text[end:], _COUNTED):
            yield Numeral(start, end, value)
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        first, slash, second = found[0].partition("/")
        behind = text[end:]
        if _lies_in((start, end), taken) or (behind[:1].isalnum() and not _counts(behind)):
            continue
        if slash and _is_day(found[0], text[:start], behind):
            continue
        if not slash and re.fullmatch(_YEAR, first) and not _counts(behind):
            continue
        if slash:
            of, base = value_of(first.strip()), value_of(second.strip())
            yield Numeral(start, end, of if base is not None else None, base if of is not None else None)
        else:
            yield Numeral(start, end, value_of(first))


def value_of(written: str) -> float | None:
    """3.918 is 3918, 94,6 and 94.6 are 94.6; None for what may be either (1,234) or has letters in it."""
    if _WHOLE.fullmatch(written):
        return int(written.replace(".", ""))
    if found := _DECIMAL.fullmatch(written):
        whole, part = (found[1], found[2]) if found[1] else (found[3], found[4])
        if len(part) == 3:  # decimals never have three digits here: a thousand in the English way?
            return None
        return float(f"{whole.replace('.', '')}.{part}")
    return None


def _is_listed(text: str, place: int) -> bool:
    """ "(đảng bộ 36, chi bộ 25)": numbers in brackets, parted by commas, count what stands before them."""
    opened = text.rfind("(", 0, place)
    inside = text[opened + 1 :].partition(")")[0] if opened >= 0 and ")" not in text[opened:place] else ""
    return len(re.findall(r"[^\W\d_]\s*:?\s\d+(?=\s*[,;]|\s+và|$)", inside)) > 1


def _never(text: str) -> Iterator[tuple[int, int]]:
    if item := _ITEM.match(text):
        yield item.span()
    if (mark := MARKER.match(text)) and mark["rest"] is not None:
        yield 0, mark.start("rest")
    for found in _NEVER.finditer(text):
        yield found.span()


def _counts(behind: str, families: Container[str | None] = FAMILIES) -> bool:
    """Whether a unit of these families follows; "chi bộ 2 báo cáo" counts no reports."""
    unit = measures().unit.match(behind.lstrip())
    return bool(_SHARE_SIGN.match(behind)) or bool(unit and measures().family(unit[0].lower()) in families)


def _is_day(written: str, before: str, behind: str) -> bool:
    """5/9 is a day, 5/9 đảng viên and 5/9 (55,6%) are not; 12/15 cannot be one."""
    found = _DAY.fullmatch(written)
    if not found:
        return bool(re.search(r"[OoIl]", written))
    day, month = int(found[1]), int(found[2])
    is_date = 1 <= day <= 31 and 1 <= month <= 12
    if not is_date:
        return False
    return bool(re.search(r"(?:ngày|đến|trước|hết|dịp|lễ)\s*$", before)) or not (
        _counts(behind) or _TELLS_SHARE.match(behind)
    )


def _lies_in(span: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in spans)
