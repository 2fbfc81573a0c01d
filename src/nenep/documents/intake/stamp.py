"""The stamp of arrival: what the receiver pressed onto the page, kept apart from what the issuer wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nenep.documents.intake.dates import partial_date
from nenep.documents.intake.words import is_capitals, names_body
from nenep.shared.vietnamese import search_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nenep.documents.intake.lines import Line

# Where on a document a stamp stands: above its text.
HEAD_LINES = 40
_LABEL = re.compile(
    r"^(?:CÔNG VĂN |CONG VAN )?(?P<arrived>Đ[EÊ][ÁẾÉỀN]?N|DEN|ĐẾN|DẾN|ĐÉN)\b[\s:.]*(?P<rest>.*)$"
)
_NUMBER = re.compile(r"^(?:S[ốôóo6]|SỐ)(?:\s+đến)?\s*:?[\s.…_]*(?P<value>.*)$")
_DAY = re.compile(r"^Ng[àaá]y(?:\s+đến)?\s*:?[\s.…_]*(?P<value>.*)$", re.IGNORECASE)
_ROUTED = re.compile(r"^(?P<label>Chuy\w{1,2}n)\s*:?[\s.…_]*(?P<value>.*)$", re.IGNORECASE)
_FILED = re.compile(r"^L[ưu]u\s+h\w\s+s\w", re.IGNORECASE)
_OWN_NUMBER = re.compile(r"[-–]\s*[A-ZĐ][A-Za-zĐy]{1,4}\s*/\s*[A-ZĐ]")
_FILLER = re.compile(r"[.…_]{2,}|…")


@dataclass(slots=True)
class Stamp:
    """`lines`: the numbers of the lines that are the stamp's; `misread`: (as read, meant, line) of its labels."""

    receiver: str | None = None
    number: str | None = None
    date: str | None = None
    routed_to: str | None = None
    lines: set[int] = field(default_factory=set)
    misread: list[tuple[str, str, int]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "receiver": self.receiver,
            "number": self.number,
            "date": self.date,
            "routed_to": self.routed_to,
        }


def stamp_of(lines: Sequence[Line], title_at: int | None) -> Stamp:
    """The stamp in the first lines; empty where there is none. `title_at`: line number of the kind's name."""
    stamp = Stamp()
    head = [line for line in lines if line.text.strip()][:HEAD_LINES]
    start = next((place for place, line in enumerate(head) if _is_label(head, place)), None)
    if start is None:
        return stamp
    _read_label(stamp, head[start])
    for line in head[start + 1 : start + 6]:
        if not _read_field(stamp, line.text.strip(), line.number):
            break
    _find_receiver(stamp, head[:start], title_at)
    return stamp


def _is_label(head: Sequence[Line], place: int) -> bool:
    """ "ĐẾN" in capitals, alone or before its number, with a field of the stamp beside or below it."""
    found = _LABEL.match(head[place].text.strip())
    if not found:
        return False
    below = head[place + 1].text.strip() if place + 1 < len(head) else ""
    if found["rest"]:
        return bool(_NUMBER.match(found["rest"]) or _DAY.match(found["rest"]))
    return bool(_NUMBER.match(below) or _DAY.match(below))


def _read_label(stamp: Stamp, line: Line) -> None:
    found = _LABEL.match(line.text.strip())
    assert found
    stamp.lines.add(line.number)
    if found["arrived"] != "ĐẾN":
        stamp.misread.append((found["arrived"], "ĐẾN", line.number))
    if found["rest"]:
        _read_field(stamp, found["rest"], line.number)


def _read_field(stamp: Stamp, text: str, number: int) -> bool:
    """Take one field of the stamp; False when the line is none."""
    if found := _NUMBER.match(text):
        if stamp.number is not None or "/" in found["value"]:  # the issuer's own number has its slash
            return False
        value, _gap, after = _cut(found["value"])
        stamp.number = value
        if after and _DAY.match(after):
            _read_field(stamp, after, number)
    elif found := _DAY.match(text):
        stamp.date = partial_date(found["value"])
    elif found := _ROUTED.match(text):
        if search_key(found["label"]) != "chuyen":
            return False
        stamp.routed_to = _FILLER.sub("", found["value"]).strip(" .:;,") or None
        if found["label"].lower() != "chuyển":
            stamp.misread.append((found["label"], "Chuyển", number))
    elif not _FILED.match(text):
        return False
    stamp.lines.add(number)
    return True


def _cut(value: str) -> tuple[str | None, str, str]:
    """The number and what stands behind it ("35..... Ngày: 29/9")."""
    number, gap, after = re.match(r"([^\s.…_,;]*)([\s.…_,;]*)(.*)", value).groups()  # type: ignore[union-attr]
    return number or None, gap, after


def _find_receiver(stamp: Stamp, above: Sequence[Line], title_at: int | None) -> None:
    """The body in capitals above the stamp's label.

    Below the title nobody else is named in capitals. In the head only a line directly above counts, once the
    issuer's own number has been passed: before it, that line may be the issuer.
    """
    below_title = [line for line in above if title_at is not None and line.number > title_at]
    if not below_title and any(_OWN_NUMBER.search(line.text) for line in above[:-1]):
        below_title = list(above[-1:])
    for line in reversed(below_title):
        text = line.text.strip()
        if is_capitals(text) and names_body(text):
            stamp.receiver = text
            stamp.lines.add(line.number)
            return
