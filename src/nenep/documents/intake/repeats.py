"""What one document says twice and not alike: a total, and the issuer or the day of a paper that it cites."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from nenep.documents.intake.checks import SENTENCE_END, Check, check_of, words_before, written
from nenep.documents.intake.dates import partial_date
from nenep.documents.intake.measures import PERCENT, measures
from nenep.documents.intake.paragraphs import MARKER
from nenep.shared.vietnamese import search_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nenep.documents.intake.figures import Figure
    from nenep.documents.intake.paragraphs import Paragraph
    from nenep.documents.intake.places import Span

    # (start, end, symbol) of the documents that each paragraph names.
    Cited = Sequence[tuple[int, int, str]]

_TOTAL = re.compile(
    r"(?P<who>[^.;:,()]*)\b(?:tổng số|hiện có|hiện nay có)\b(?P<what>[^.;,()\d]{0,40})$", re.IGNORECASE
)
# A number of another day is another number.
_WHEN = re.compile(
    r"\b(?:năm|tháng|quý|ngày|đầu|cuối|trước|so với|tăng|giảm|đến nay|kỳ|nhiệm kỳ|dự kiến|chỉ tiêu|phấn đấu)\b",
    re.IGNORECASE,
)
_FILLERS = {"co", "la", "voi", "hien", "nay", "cua", "toan", "tren", "duoc", "so", "tong"}
_MAX_HEADING_WORDS = 14
_BEHIND = re.compile(
    r"^,?\s*(?P<day>ngày\s+[\d/.\s-]+(?:tháng\s+\d+\s+năm\s+\d{4})?)?\s*,?\s*(?:của\s+(?P<issuer>[^,.;:()“”\"]{3,70}?)(?=\s+(?:về|đã|được|là|và|có|để|trong|gắn)\b|[,.;:()“”\"]|$))?",
    re.IGNORECASE,
)
# Organs of which one paper has one; "Đảng ủy" and "Đảng bộ" name neither.
_ORGANS = re.compile(
    r"^(?:hội nghị lần thứ \S+\s+)?(?P<organ>ban thường vụ|ban chấp hành|ban bí thư|bộ chính trị|ban tổ chức|"
    r"ban tuyên giáo|ủy ban kiểm tra|uỷ ban kiểm tra|văn phòng|btv|bch)",
    re.IGNORECASE,
)
_FULL = {"btv": "ban thuong vu", "bch": "ban chap hanh"}


def totals_of(paragraphs: Sequence[Paragraph], figures: Sequence[Figure]) -> Iterator[Check]:
    """The same total of the same body, without a day, in two places."""
    named: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for at, figure in enumerate(figures):
        if figure.value is None or figure.bound or figure.unit in {None, PERCENT}:
            continue
        if measures().family(figure.unit) not in {"persons", "bodies"}:
            continue
        found = _TOTAL.search(words_before(paragraphs, figures, at))
        if found and not _WHEN.search(_sentence(paragraphs, figure)):
            who = _who(found["who"]) or _heading(paragraphs, figure.paragraph)
            named[who, figure.unit or ""].append(figure)
    for (_who_is, unit), told in named.items():
        values = Counter(one.value for one in told)
        if len(values) != 2:
            continue
        first = told[0]
        other = next(one for one in told if one.value != first.value)
        assert first.value is not None
        assert other.value is not None
        yield check_of(
            "total",
            first.value,
            other.value,
            [first, other],
            f"Tổng số {unit} ghi hai nơi khác nhau: {written(first.value)} ở dòng {first.line}, "
            f"{written(other.value)} ở dòng {other.line}.",
        )


def _sentence(paragraphs: Sequence[Paragraph], figure: Figure) -> str:
    text = paragraphs[figure.paragraph].text
    before = SENTENCE_END.split(text[: figure.start])[-1]
    return before + SENTENCE_END.split(text[figure.start :])[0]


def _who(words: str) -> str:
    return " ".join(word for word in re.findall(r"\w+", search_key(words)) if word not in _FILLERS)


def _heading(paragraphs: Sequence[Paragraph], place: int) -> str:
    """The nearest heading above that names a body: below it, totals are of that body."""
    for one in reversed(paragraphs[: place + 1]):
        mark = MARKER.match(one.text)
        text = mark["rest"] if mark else one.text
        is_heading = (mark or text.endswith(":")) and len(text.split()) <= _MAX_HEADING_WORDS
        unit = measures().unit.match(text)
        if is_heading and unit and measures().family(unit[0].lower()) == "bodies":
            return search_key(text)
    return ""


def cited_twice(paragraphs: Sequence[Paragraph], cited: Sequence[Cited]) -> Iterator[Check]:
    """A paper of which two organs, or two days, are named."""
    days: dict[str, list[tuple[str, str, tuple[Span, ...]]]] = defaultdict(list)
    organs: dict[str, list[tuple[str, str, tuple[Span, ...]]]] = defaultdict(list)
    for paragraph, symbols in zip(paragraphs, cited, strict=True):
        for start, end, symbol in symbols:
            found = _BEHIND.match(paragraph.text[end : end + 160])
            spans = paragraph.spans(start, end)
            if found and found["day"] and (day := partial_date(found["day"])) and not day.startswith("--"):
                days[symbol].append((day, found["day"].strip(" ,.-"), spans))
            if found and found["issuer"] and (organ := _ORGANS.match(found["issuer"])):
                key = search_key(organ["organ"])
                organs[symbol].append((_FULL.get(key, key), found["issuer"].strip(), spans))
    yield from _apart("date", "ngày ban hành", days)
    yield from _apart("issuer", "cơ quan ban hành", organs)


def _apart(
    what: str, called: str, told: dict[str, list[tuple[str, str, tuple[Span, ...]]]]
) -> Iterator[Check]:
    """What is said most often is expected; each other saying is one finding."""
    for symbol, said in told.items():
        (usual, _times), *others = Counter(key for key, _words, _spans in said).most_common()
        expected = next(words for key, words, _spans in said if key == usual)
        for other, _times_said in others:
            words = next(words for key, words, _spans in said if key == other)
            spans = tuple(span for key, _words, places in said for span in places if key in {usual, other})
            lines = sorted({span.line for key, _w, places in said if key == other for span in places})
            where = ", ".join(map(str, lines))
            yield Check(
                what,
                expected,
                words,
                spans,
                f"Văn bản {symbol} được ghi hai {called}: “{expected}”, còn ở dòng {where} là “{words}”.",
            )
