"""The outgoing register as a whole: which numbers are missing, which stand twice, which are out of order (R1)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from nenep.documents.models import Document

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from nenep.documents.querysets import DocumentQuerySet

Value = TypeVar("Value")


@dataclass(slots=True)
class Check:
    """What a clerk has to look at in one series. `missing`: runs of numbers, both ends included."""

    body_id: int
    kind: str
    term: str
    count: int
    last: int
    missing: list[tuple[int, int]] = field(default_factory=list)
    # Symbols of papers that are dated before the one whose number is lower.
    out_of_order: list[str] = field(default_factory=list)


def missing(numbers: Collection[int]) -> list[tuple[int, int]]:
    """The runs of numbers from 1 to the highest that nobody has, in order, both ends included."""
    found, expected = [], 1
    for number in sorted(set(numbers)):
        if number > expected:
            found.append((expected, number - 1))
        expected = number + 1
    return found


def doubled(values: Iterable[Value]) -> list[Value]:
    """What stands there more than once, each once, in the order of its first place."""
    return [value for value, times in Counter(values).items() if times > 1]


def check(rows: DocumentQuerySet) -> list[Check]:
    """Every series of which one of `rows` is a paper, looked at from its first number on. Two statements."""
    wanted = set(rows.order_by().filter(series__isnull=False).values_list("series", flat=True))
    papers = Document.objects.filter(series__in=wanted).order_by("series", "number")
    columns = ("series", "body", "kind", "term", "number", "issued_on", "symbol")
    by_series = defaultdict(list)
    for series, *paper in papers.values_list(*columns):
        by_series[series].append(paper)
    return sorted(map(_checked, by_series.values()), key=lambda one: (one.body_id, one.kind, one.term))


def same_symbols(rows: DocumentQuerySet) -> list[str]:
    """Symbols that two papers of one body bear: in two terms of one year, or a number that somebody typed twice."""
    pairs = rows.order_by("symbol", "pk").exclude(symbol="").values_list("body", "symbol")
    return [symbol for _body, symbol in doubled(pairs)]


def _checked(papers: list[list[Any]]) -> Check:
    body, kind, term, *_rest = papers[0]
    numbers = [paper[3] for paper in papers]
    late = [after[5] for before, after in pairwise(papers) if after[4] < before[4]]
    return Check(body, kind, term, len(numbers), max(numbers), missing(numbers), late)
