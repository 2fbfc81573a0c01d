"""What is to be looked at before a draft gets its number. Everything here warns; the signature on paper decides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nenep.documents.content import Article, Authority, Grounds
from nenep.documents.drafting.models import Consent
from nenep.documents.drafting.wording import DECISION, INVITATION, blocks_of, rows_of, unfilled
from nenep.documents.intake.paragraphs import MARKER
from nenep.documents.issuing import KEPT_HERE
from nenep.documents.layout import layout_on
from nenep.documents.reads import not_its_to_issue
from nenep.organizations.reads import locality_on, rules_for
from nenep.shared.dates import today
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from nenep.documents.models import Draft
    from nenep.rulebook.rules import Rules

SHOWN = 3
_COUNTED = re.compile(r"^(?:Điều\s+)?(?P<sign>[IVXLC]+|\d+|[a-zđ])\s*(?P<mark>[-–.)/:])", re.IGNORECASE)
# A degree or an academic title before the name of who signs (regulations.md G-04).
_TITLED = re.compile(
    r"^(?:(?:PGS|GS|TSKH|TS|ThS|CN|KS|BS)[.,\s]"
    r"|(?i:giáo sư|phó giáo sư|tiến sĩ|tiến sỹ|thạc sĩ|thạc sỹ|cử nhân|kỹ sư|bác sĩ|bác sỹ)\s)"
)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def warnings_of(draft: Draft) -> list[str]:
    """Sentences for the page of the draft, the gravest first; empty when nothing strikes."""
    day = draft.day or today()
    rules = rules_for(draft.body_id, day)
    return [
        *_of_kind(draft, day, rules),
        *_of_places(draft),
        *_of_head(draft, day),
        *_of_foot(draft),
        *_of_parts(draft),
        *_of_numbers(draft.text, rules),
    ]


def consent_warning(draft: Draft) -> str:
    """Asked where the number is taken; the page of the draft shows the state itself."""
    if draft.consent == Consent.AGREED:
        return ""
    return _("Người ký chưa bấm đồng ý trên phần mềm. Vẫn lấy số được; chữ ký trên giấy mới là căn cứ.")


def _of_kind(draft: Draft, day: date, rules: Rules) -> Iterator[str]:
    if not_its_to_issue(draft.body_id, draft.kind, day):
        kind = rules.numbering.kind(draft.kind).name.lower()
        yield _("Theo quy định, tổ chức này không ban hành %(kind)s.") % {"kind": kind}
    layout = layout_on(day, rules.scopes)
    if layout.is_substitute:
        yield _("Ngày %(day)s chưa có thể thức đã đọc được; bản in theo %(guide)s và ghi rõ ở cuối.") % {
            "day": day_words(day),
            "guide": layout.name,
        }
    if draft.day and draft.day > today():
        yield _("Ngày ban hành %(day)s chưa tới; lấy số vào ngày ấy hoặc sau đó.") % {
            "day": day_words(draft.day)
        }


def _of_places(draft: Draft) -> Iterator[str]:
    left = unfilled(draft.subject, draft.addressees, draft.text)
    if left:
        shown = "; ".join(f"“{_short(line)}”" for line in left[:SHOWN])
        yield ngettext(
            "Còn %(count)d dòng có chỗ “…” chưa điền: %(lines)s",
            "Còn %(count)d dòng có chỗ “…” chưa điền: %(lines)s",
            len(left),
        ) % {"count": len(left), "lines": shown + (" …" if len(left) > SHOWN else ".")}


def _of_head(draft: Draft, day: date) -> Iterator[str]:
    if not draft.subject:
        yield _("Chưa ghi trích yếu.")
    if not draft.text.strip():
        yield _("Chưa có nội dung.")
    if not locality_on(draft.body_id, day):
        yield _("Chưa ghi địa danh của tổ chức nên dòng ngày tháng chưa đủ.")
    opening = rules_for(draft.body_id, day).layout.salutation.by_kind.get(draft.kind)
    if opening and not draft.addressee_names:
        yield _("Chưa ghi nơi nhận ở dòng “%(opening)s”.") % {"opening": opening.rstrip(" :")}


def _of_foot(draft: Draft) -> Iterator[str]:
    if not [row for row in draft.recipients if row["purpose"] != KEPT_HERE]:
        yield _("Phần “Nơi nhận” chưa có nơi nào được gửi.")
    if not [row for row in draft.recipients if row["purpose"] == KEPT_HERE]:
        yield _("Phần “Nơi nhận” chưa có dòng “Lưu …”.")
    if not draft.signer_name or not draft.signer_position:
        yield _("Chưa ghi đủ người ký và chức vụ.")
    if _TITLED.match(draft.signer_name):
        yield _("Trước tên người ký không ghi học hàm, học vị: “%(name)s”.") % {"name": draft.signer_name}


def _of_parts(draft: Draft) -> Iterator[str]:
    """What a decision and an invitation cannot do without."""
    if draft.kind == DECISION and draft.text.strip():
        there = {type(block) for block in blocks_of(draft.kind, draft.text)}
        for part, sentence in (
            (Grounds, _("Quyết định chưa có dòng “Căn cứ …;”.")),
            (Authority, _("Quyết định chưa có dòng chữ in nêu ai “QUYẾT ĐỊNH”.")),
            (Article, _("Quyết định chưa có “Điều 1. …”.")),
        ):
            if part not in there:
                yield sentence
    if draft.kind == INVITATION and draft.text.strip():
        for label in ("kính mời", "Thời gian", "Địa điểm"):
            if f"{label}:" not in draft.text:
                yield _("Giấy mời chưa có dòng “%(label)s: …”.") % {"label": label}


def _of_numbers(text: str, rules: Rules) -> Iterator[str]:
    """Numbers that do not follow each other, each list by itself; marks that the layout of the day writes otherwise."""
    wanted = {level[0]: level for level in rules.layout.headings.levels}
    last: dict[str, int] = {}
    told: set[str] = set()
    for row in rows_of(text):
        found = _COUNTED.match(row.text) if MARKER.match(row.text) and not row.cells else None
        if not found:
            continue
        sign = found["sign"]
        level = _level_of(row.text, sign)
        number = _value(level, sign, rules)
        if number not in (1, last.get(level, 0) + 1):
            yield _("Dòng %(line)d: “%(sign)s” không nối tiếp số trước.") % {
                "line": row.line,
                "sign": row.text[: found.end()],
            }
        last[level] = number
        for below in _BELOW.get(level, ()):
            last.pop(below, None)
        pattern = wanted.get(level)
        if (
            pattern
            and found["mark"] != pattern[-1]
            and level not in told
            and not re.match(r"\d+\.\d", row.text)
        ):
            told.add(level)
            yield _("Mục ghi “%(typed)s”; thể thức của ngày ấy ghi “%(wanted)s”.") % {
                "typed": row.text[: found.end()],
                "wanted": pattern,
            }


# The levels that begin anew under each.
_BELOW = {"I": ("1", "a"), "1": ("a",)}


def _level_of(text: str, sign: str) -> str:
    if text[:4].lower() == "điều":
        return "article"
    if sign.isdecimal():
        return "1"
    return "I" if sign.isupper() else "a"


def _value(level: str, sign: str, rules: Rules) -> int:
    """What the sign counts; 0 for a letter that the layout does not count by."""
    if sign.isdecimal():
        return int(sign)
    if level == "I":
        values = [_ROMAN[letter] for letter in sign.upper()]
        following = [*values[1:], 0]
        return sum(-one if one < then else one for one, then in zip(values, following, strict=True))
    letters = rules.layout.headings.letters
    return letters.index(sign) + 1 if sign in letters else 0


def _short(line: str) -> str:
    return line if len(line) <= 60 else f"{line[:57].rstrip()}…"  # a line of a phone
