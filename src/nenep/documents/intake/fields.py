"""Where each field of a document stands, for showing the page beside the fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nenep.documents.intake.dates import date_in_words
from nenep.documents.intake.lines import cells
from nenep.documents.intake.places import Span
from nenep.shared.vietnamese import clean, search_key

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from nenep.documents.intake.foot import Foot
    from nenep.documents.intake.head import Head
    from nenep.documents.intake.lines import Line
    from nenep.documents.intake.stamp import Stamp

_DAY = re.compile(r"ng[àaá]y\b.*", re.IGNORECASE)


def fields_of(lines: Sequence[Line], head: Head, stamp: Stamp, foot: Foot) -> Mapping[str, tuple[Span, ...]]:
    """Field -> its places, in the names of `./nenep intake --json`; empty for what was not read or was inferred."""
    at_head, at_foot, stamped = (
        list(_cells(lines, numbers)) for numbers in (head.lines, foot.lines, stamp.lines)
    )
    names = [one["name"] for one in foot.recipients]
    return {
        "kind": _titled(head.kind, at_head),
        "number": _located(head.number, [one for one in at_head if one[0].line == head.number_at]),
        "issuer": _located(head.issuer, at_head),
        "place": _located(head.place, at_head),
        "date": _dated(head.date, at_head),
        "subject": _located(head.subject, at_head),
        "stamp": tuple(span for span, _text in stamped),
        "recipients": tuple(span for name in names for span in _located(name, at_foot)),
        "signer": _located(foot.signer, at_foot),
    }


def _cells(lines: Iterable[Line], numbers: Container[int]) -> Iterator[tuple[Span, str]]:
    """The columns of these lines, each with its place and its text."""
    for line in lines:
        if line.number in numbers:
            whole, start = clean(line.text), 0
            for cell in cells([line]):
                text = clean(cell.text)
                start = whole.index(text, start)
                yield Span(line.number, start, start + len(text)), text
                start += len(text)


def _located(value: str | None, among: Iterable[tuple[Span, str]]) -> tuple[Span, ...]:
    """Where the value stands: inside one column, or in as many as it was joined from."""
    wanted = clean(value or "")
    among = list(among)
    for span, text in among:
        if wanted and (at := text.find(wanted)) >= 0:
            return (Span(span.line, span.start + at, span.start + at + len(wanted)),)
    found, left = [], wanted
    for span, text in among:
        begun = text.strip(" .*_")
        shared = left.find(begun) if begun and left else -1
        if shared == 0:
            at = text.index(begun)
            found.append(Span(span.line, span.start + at, span.start + at + len(begun)))
            left = left[len(begun) :].lstrip()
        elif not found and left and (tail := _begins_in(text, left)) is not None:
            found.append(Span(span.line, span.start + tail, span.end))
            left = left[len(text) - tail :].lstrip()
    return tuple(found) if not left else ()


def _begins_in(text: str, value: str) -> int | None:
    """Where in the text the value begins that goes on in the next column, such as behind "V/v"."""
    return next(
        (at for at in range(len(text)) if value.startswith(text[at:]) and text[at - 1 : at] in {" ", ""}),
        None,
    )


def _titled(kind: str | None, among: Sequence[tuple[Span, str]]) -> tuple[Span, ...]:
    """The name of the kind; its marks may be lost."""
    if kind is None:
        return ()
    for span, text in among:
        bare = text.strip("*_#~ ")
        at = text.find(bare)
        if search_key(bare[: len(kind)]) == search_key(kind):
            return (Span(span.line, span.start + at, span.start + at + len(kind)),)
    return ()


def _dated(day: str | None, among: Sequence[tuple[Span, str]]) -> tuple[Span, ...]:
    for span, text in among:
        if day and (found := _DAY.search(text)) and date_in_words(found[0]) == day:
            return (Span(span.line, span.start + found.start(), span.end),)
    return ()
