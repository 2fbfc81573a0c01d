"""What was read from a file: as kept with its Intake, as lines with their suspects, as fields to begin with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nenep.arrivals.intake_findings import found_in
from nenep.documents.partial import day_of, is_whole, typed_day
from nenep.organizations.reads import committee_name_on, name_on
from nenep.shared.dates import today
from nenep.shared.vietnamese import clean, search_key
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from nenep.arrivals.models import Intake
    from nenep.documents.intake.places import Span
    from nenep.documents.intake.reading import Reading

# Field of the form -> its name in the answer of intake: where each stands on the page.
PLACES = {
    "issuer_name": "issuer",
    "kind": "kind",
    "symbol": "number",
    "issued": "date",
    "subject": "subject",
    "signer": "signer",
}
# The fields whose words a correction changes too.
WORDS = ("issuer_name", "symbol", "subject", "signer")
_UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
# What foot.PURPOSES reads from the brackets, as a code of the rulebook's `recipient_purposes`.
_PURPOSES = {"thực hiện": "carry_out", "báo cáo": "report", "để biết": "inform"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A suspect on its line; `is_corrected`: a person took the suggestion.

    `key`: its place in the list of suspects, counted from 1.
    """

    key: int
    as_read: str
    suggestion: str
    is_corrected: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line; `suspect` where the reading is doubtful, or was corrected."""

    text: str
    suspect: Shown | None = None


@dataclass(frozen=True, slots=True)
class ReadLine:
    """`suspects`: those that begin on this line."""

    number: int
    pieces: Sequence[Piece]
    suspects: Sequence[Shown]

    @property
    def text(self) -> str:
        return clean("".join(piece.text for piece in self.pieces))


def kept(reading: Reading) -> dict[str, Any]:
    """Plain values for `Intake.read`; texts of lines as `clean` gives them, in which the signs of spans count.

    What neither database nor a page can hold (a PDF may say anything) becomes a sign that says so.
    """
    told = reading.as_json()
    found = {
        **{name: told[name] for name in ("kind", "number", "issuer", "date", "subject", "stamp", "signer")},
        "recipients": told["recipients"],
        "places": {name: [span.line for span in spans] for name, spans in reading.places.items()},
        "lines": [[line.number, clean(line.text)] for line in reading.lines],
        "suspects": [
            {"as_read": one.as_read, "suggestion": one.suggestion or "", "spans": _plain(one.spans)}
            for one in reading.suspects
        ],
        "checks": [{"sentence": one.sentence, "lines": one.lines} for one in reading.checks],
        **found_in(told),
    }
    return {name: storable(value) for name, value in found.items()}


def lines_of(intake: Intake, only: Collection[int] | None = None) -> list[ReadLine]:
    """The filled lines, or those of the numbers `only`, with what was corrected in its place."""
    marks: dict[int, list[tuple[int, int, str, Shown]]] = {}
    begins: dict[int, list[Shown]] = {}
    taken: set[tuple[int, int]] = set()
    for shown, spans in _suspects(intake):
        signs = {(line, sign) for line, start, end in spans for sign in range(start, end)}
        if signs & taken:
            continue  # doubted for two reasons: the first is asked about
        taken |= signs
        begins.setdefault(spans[0][0], []).append(shown)
        for (line, start, end), words in zip(spans, _parts(shown, spans), strict=True):
            marks.setdefault(line, []).append((start, end, words, shown))
    return [
        ReadLine(number, list(_pieces(text, sorted(marks.get(number, ())))), begins.get(number, ()))
        for number, text in intake.read["lines"]
        if text and (only is None or number in only)
    ]


def lines_with(intake: Intake, key: int) -> set[int]:
    """The numbers of the lines on which the suspect stands."""
    return {line for line, _start, _end in intake.read["suspects"][key - 1]["spans"]}


def text_of(intake: Intake) -> str:
    """The words of the paper for the register: as read, with what a person corrected and nothing else changed."""
    filled = {line.number: line.text for line in lines_of(intake)}
    rows = [filled.get(number, "") for number, _text in intake.read["lines"]]
    return "\n".join(row for at, row in enumerate(rows) if row or (at and rows[at - 1])).strip()


def fields_of(intake: Intake, kinds: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """What the form of entry begins with, as a person would type it; `kinds`: code and name of each."""
    read = intake.read
    stamped = read["stamp"]["date"] or ""
    fields = {
        "issuer_name": (read["issuer"] or "")[:200],
        "kind": next((code for code, name in kinds if read["kind"] and _is_same(name, read["kind"])), ""),
        "symbol": (read["number"]["as_read"] or "")[:40],
        "symbol_is_doubtful": read["number"]["uncertain"],
        "issued": typed_day(read["date"] or ""),
        "subject": (read["subject"] or "")[:500],
        "signer": (read["signer"] or "")[:120],
        "arrived": typed_day(stamped) if _names_a_day(stamped) else day_words(today()),
        "purpose": _purpose(intake),
    }
    for shown, _spans in _suspects(intake):
        if shown.is_corrected:
            fields |= corrected(intake, shown.key, fields)
    return fields


def corrected(intake: Intake, key: int, fields: Mapping[str, Any]) -> dict[str, str]:
    """The fields that hold the words of a suspect, as they read after it was corrected, or put back as it was read."""
    suspect, lines = intake.read["suspects"][key - 1], lines_with(intake, key)
    was, becomes = suspect["as_read"], suspect["suggestion"]
    if key not in intake.accepted:
        was, becomes = becomes, was
    return {
        name: str(fields[name]).replace(was, becomes, 1)
        for name in WORDS
        if was
        and was in str(fields.get(name, ""))
        and lines & set(intake.read["places"].get(PLACES[name], ()))
    }


def storable(value: Any) -> Any:
    """Plain values in which each sign that no database holds is a sign of its own."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, list):
        return [storable(one) for one in value]
    if isinstance(value, dict):
        return {name: storable(one) for name, one in value.items()}
    return value


def _plain(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.line, span.start, span.end] for span in spans]


def _suspects(intake: Intake) -> Iterator[tuple[Shown, list[list[int]]]]:
    for key, one in enumerate(intake.read["suspects"], start=1):
        yield Shown(key, one["as_read"], one["suggestion"], key in intake.accepted), one["spans"]


def _parts(shown: Shown, spans: Sequence[Sequence[int]]) -> list[str]:
    """What stands at each span once it is corrected; empty strings stand for "as read" while it is not.

    A phrase that the end of a line parted keeps as many words on each line as the reading has there, if they tell.
    """
    if not shown.is_corrected:
        return [""] * len(spans)
    read, meant = shown.as_read.split(), shown.suggestion.split()
    if len(spans) == 1 or len(read) != len(meant):
        return [shown.suggestion, *[" "] * (len(spans) - 1)]
    parts, at, left = [], 0, shown.as_read
    for _line, start, end in spans:
        count = len(left[: end - start].split())
        parts.append(" ".join(meant[at : at + count]) or " ")
        at, left = at + count, left[end - start :].lstrip()
    return [*parts[:-1], clean(f"{parts[-1]} {' '.join(meant[at:])}")]


def _pieces(text: str, marks: Sequence[tuple[int, int, str, Shown]]) -> Iterator[Piece]:
    at = 0
    for start, end, words, shown in marks:
        if start > at:
            yield Piece(text[at:start])
        yield Piece(words or text[start:end], shown)
        at = end
    if at < len(text):
        yield Piece(text[at:])


def _names_a_day(iso: str) -> bool:
    return bool(iso) and (is_whole(iso) or iso.startswith("--")) and _is_past(iso)


def _is_past(iso: str) -> bool:
    day = day_of(iso, latest=today())
    return day is not None and day <= today()


def _purpose(intake: Intake) -> str:
    """Why it came to this body, where the paper names it among those who get it."""
    own = {search_key(name(intake.body_id, today())) for name in (name_on, committee_name_on)}
    named = (one["purpose"] for one in intake.read["recipients"] if search_key(one["name"]) in own)
    return next((_PURPOSES[purpose] for purpose in named if purpose in _PURPOSES), "")


def _is_same(one: str, other: str) -> bool:
    return search_key(one) == search_key(other)
