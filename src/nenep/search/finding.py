"""What a reader finds: the question and the reader's reach are one statement, so nothing else is counted or shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection

from nenep.organizations.models import Body
from nenep.organizations.reach import within
from nenep.search.keys import place_word
from nenep.search.matching import WORDS
from nenep.search.sources import SOURCES
from nenep.shared.viewer import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nenep.search.matching import Condition, Match, Row
    from nenep.search.questions import Question
    from nenep.search.sources import Source
    from nenep.shared.viewer import Reach, Viewer

# The newest of each way of looking. Whoever is shown as many is asked to say more.
MOST = 200


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
    in_title, exactly = [], []
    with words.asking():
        anywhere = _rows(words.anywhere(question.terms), seen, year)
        if anywhere:
            in_title = _rows(words.anywhere(question.terms, in_title=True), seen, year, wider=anywhere)
        if anywhere and question.has_marks:
            exactly = _rows(words.marked(question.terms), seen, year, wider=anywhere)
    found = {key: Found(type_key, record) for key, type_key, record in [*exactly, *in_title, *anywhere]}
    exact, titled = ({key for key, _type, _record in rows} for rows in (exactly, in_title))
    order = sorted(found, key=lambda key: (key not in exact, key not in titled, -key))
    return Answer([found[key] for key in order], is_cut=len(anywhere) == MOST)


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
    most = WORDS[connection.vendor].few_bodies
    few = list(bodies.values_list("pk", flat=True)[: most + 1])
    return (few, "", ()) if len(few) <= most else (None, *bodies.query.sql_with_params())


def _rows(match: Match, seen: list[_Seen], year: int | None, wider: Sequence[Row] = ()) -> list[Row]:
    """The newest entries that match and are seen; `wider` is what an easier match found."""
    words = WORDS[connection.vendor]
    where: Condition = ("", ())
    if any(one.few is None for one in seen):
        where = _where(seen)
    else:
        places = [place_word(one.source.key, body) for one in seen for body in one.few or []]
        match = words.in_places(match, places)
    return words.newest(match, where, year=year, most=MOST, wider=wider)


def _where(seen: list[_Seen]) -> Condition:
    kinds: list[str] = []
    params: list[Any] = []
    for one in seen:
        inside = one.sql if one.few is None else ", ".join(["%s"] * len(one.few))
        kinds.append(f"(entry.type = %s AND entry.body_id IN ({inside}))")
        params += [one.source.key, *(one.params if one.few is None else one.few)]
    return f"({' OR '.join(kinds)})", params
