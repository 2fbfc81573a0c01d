"""What a reader finds: the question and the reader's reach are one statement, so nothing else is counted or shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection

from nenep.organizations.models import Body
from nenep.organizations.reach import within
from nenep.search.matching import WORDS
from nenep.search.operations import BITS
from nenep.search.sources import SOURCES
from nenep.shared.viewer import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nenep.search.matching import Match
    from nenep.search.questions import Question
    from nenep.search.sources import Source
    from nenep.shared.viewer import Reach, Viewer

# The newest of each way of looking. Whoever is shown as many is asked to say more.
MOST = 200
# A reader of no more bodies than this asks the index for them; more are looked up for each row that was found.
FEW_BODIES = 50


@dataclass(frozen=True, slots=True)
class Found:
    """A record by the key of its source and its own key."""

    type: str
    object_id: int


@dataclass(frozen=True, slots=True)
class Answer:
    """In order of rank. `is_cut`: there are more, older ones that are not here."""

    found: list[Found]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class _Seen:
    """Whose records of a kind are seen: `few` bodies, or those of a statement over the tree."""

    source: Source
    few: list[int] | None
    sql: str = ""
    params: tuple[Any, ...] = ()


def find(
    viewer: Viewer, question: Question, *, types: Iterable[str] | None = None, year: int | None = None
) -> Answer:
    """Records that hold every term, as of today within the viewer's reach, at most MOST and a few.

    First those written with the very marks of the question, then those that say it in their title, then the newest.
    `types`: keys of sources (None: all); `year`: of the records' day.
    """
    seen = [one for one in _seen(viewer, types) if one.few is None or one.few]
    if not question.terms or not seen:
        return Answer([], is_cut=False)
    words = WORDS[connection.vendor]
    exactly = _keys(words.marked(question.terms), seen, year) if question.has_marks else []
    in_title = _keys(words.anywhere(question.terms, in_title=True), seen, year)
    anywhere = _keys(words.anywhere(question.terms), seen, year)
    rows = dict([*exactly, *in_title, *anywhere])
    exact, titled = {key for key, _found in exactly}, {key for key, _found in in_title}
    order = sorted(rows, key=lambda key: (key not in exact, key not in titled, -key))
    return Answer([rows[key] for key in order], is_cut=len(anywhere) == MOST)


def sources_seen(viewer: Viewer) -> list[Source]:
    """The kinds of records of which the viewer may read any."""
    return [source for source in SOURCES.values() if viewer.where(source.verb) != NOWHERE]


def _seen(viewer: Viewer, types: Iterable[str] | None) -> Iterator[_Seen]:
    wanted = None if types is None else set(types)
    known: dict[Reach, tuple[list[int] | None, str, tuple[Any, ...]]] = {}
    for source in sources_seen(viewer):
        if wanted is None or source.key in wanted:
            reach = viewer.where(source.verb)
            if reach not in known:
                known[reach] = _bodies(viewer, source.verb)
            yield _Seen(source, *known[reach])


def _bodies(viewer: Viewer, verb: str) -> tuple[list[int] | None, str, tuple[Any, ...]]:
    bodies = Body.objects.filter(within(viewer, verb, field="pk")).order_by().values("pk")
    few = list(bodies.values_list("pk", flat=True)[: FEW_BODIES + 1])
    return (few, "", ()) if len(few) <= FEW_BODIES else (None, *bodies.query.sql_with_params())


def _keys(match: Match, seen: list[_Seen], year: int | None) -> list[tuple[int, Found]]:
    """The newest entries that match, with their keys."""
    words = WORDS[connection.vendor]
    wide = any(one.few is None for one in seen)
    if not wide:
        match = words.in_places(match, [f"{one.source.key}{body}" for one in seen for body in one.few or []])
    where, params = _where(seen if wide else [], year)
    with connection.cursor() as cursor:
        cursor.execute(words.select(match, where), [*(asked for _column, asked in match), *params, MOST])
        return [(key, Found(type_key, object_id)) for key, type_key, object_id in cursor.fetchall()]


def _where(seen: list[_Seen], year: int | None) -> tuple[list[str], list[Any]]:
    """Conditions on the rows of `entry`; `seen` is empty where the index itself was asked for the bodies."""
    where: list[str] = []
    params: list[Any] = []
    kinds = []
    for one in seen:
        inside = one.sql if one.few is None else ", ".join(["%s"] * len(one.few))
        kinds.append(f"(entry.type = %s AND entry.body_id IN ({inside}))")
        params += [one.source.key, *(one.params if one.few is None else one.few)]
    if kinds:
        where.append(f"({' OR '.join(kinds)})")
    if year is not None:
        where.append("entry.id BETWEEN %s AND %s")
        first, last = (date(year, month, day).toordinal() for month, day in ((1, 1), (12, 31)))
        params += [first << BITS, (last + 1 << BITS) - 1]
    return where, params
