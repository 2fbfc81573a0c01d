"""What a reader finds: the question and the reader's reach are one statement, so nothing else is counted or shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import connection

from nenep.organizations.models import Body
from nenep.organizations.reach import within
from nenep.search.keys import place_word
from nenep.search.matching import WORDS
from nenep.search.sources import SOURCES
from nenep.shared.viewer import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from django.db.models import Q, QuerySet

    from nenep.search.matching import Condition, Match, Row
    from nenep.search.questions import Question
    from nenep.search.sources import Source, Through
    from nenep.shared.viewer import Reach, Viewer

    # Written with the very marks of the question, in the title, anywhere.
    _Asked = tuple[list[Row], list[Row], list[Row]]

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
    inside: Q
    few: list[int] | None
    sql: str = ""
    params: tuple[Any, ...] = ()


def find(
    viewer: Viewer, question: Question, *, types: Iterable[str] | None = None, year: int | None = None
) -> Answer:
    """Records that hold every term, as of today within the viewer's reach, at most MOST and a few.

    First those written with the very marks of the question, then those that say it in their title, then the newest.
    `types`: keys of sources (None: all); `year`: of the records' day. What is found through another record's words
    (`sources.Through`) has the day of that one.
    """
    seen = [one for one in _seen(viewer, types) if one.few is None or one.few]
    if not question.terms or not seen:
        return Answer([], is_cut=False)
    with WORDS[connection.vendor].asking():
        asked = [_asked(question, partial(_rows, seen, year))]
        asked += [
            _through(one, _asked(question, partial(_lent_rows, one, year)))
            for one in seen
            if one.source.through
        ]
    exactly, in_title, anywhere = ([row for one in asked for row in one[place]] for place in range(3))
    found: dict[Found, int] = {}
    for key, type_key, record in [*exactly, *in_title, *anywhere]:
        found.setdefault(Found(type_key, record), key)
    exact, titled = ({key for key, _type, _record in rows} for rows in (exactly, in_title))
    order = sorted(found, key=lambda one: (found[one] not in exact, found[one] not in titled, -found[one]))
    return Answer(order, is_cut=any(len(rows) == MOST for _exactly, _titled, rows in asked))


def sources_seen(viewer: Viewer) -> list[Source]:
    """The kinds of records of which the viewer may read any."""
    return [source for source in SOURCES.values() if viewer.where(source.verb) != NOWHERE]


def _asked(question: Question, rows: Callable[..., list[Row]]) -> _Asked:
    words = WORDS[connection.vendor]
    in_title, exactly = [], []
    anywhere = rows(words.anywhere(question.terms))
    if anywhere:
        in_title = rows(words.anywhere(question.terms, in_title=True), wider=anywhere)
    if anywhere and question.has_marks:
        exactly = rows(words.marked(question.terms), wider=anywhere)
    return exactly, in_title, anywhere


def _through(one: _Seen, asked: _Asked) -> _Asked:
    """The same rows, each as the record of the reader's own that opens it."""
    keys = {record for rows in asked for _key, _type, record in rows}
    opened = (
        dict(
            _opened(one)
            .filter(**{f"{_lender(one).field}__in": keys})
            .order_by("-pk")
            .values_list(_lender(one).field, "pk")
        )
        if keys
        else {}
    )
    exactly, in_title, anywhere = (
        [(key, one.source.key, opened[record]) for key, _type, record in rows if record in opened]
        for rows in asked
    )
    return exactly, in_title, anywhere


def _seen(viewer: Viewer, types: Iterable[str] | None) -> Iterator[_Seen]:
    wanted = None if types is None else set(types)
    known: dict[Reach, tuple[list[int] | None, str, tuple[Any, ...]]] = {}
    for source in sources_seen(viewer):
        if wanted is None or source.key in wanted:
            reach = viewer.where(source.verb)
            if reach not in known:
                known[reach] = _bodies(viewer, source.verb)
            yield _Seen(source, within(viewer, source.verb), *known[reach])


def _bodies(viewer: Viewer, verb: str) -> tuple[list[int] | None, str, tuple[Any, ...]]:
    bodies = Body.objects.filter(within(viewer, verb, field="pk")).order_by().values("pk")
    most = WORDS[connection.vendor].few_bodies
    few = list(bodies.values_list("pk", flat=True)[: most + 1])
    return (few, "", ()) if len(few) <= most else (None, *bodies.query.sql_with_params())


def _rows(seen: list[_Seen], year: int | None, match: Match, wider: Sequence[Row] = ()) -> list[Row]:
    """The newest entries that match and are seen; `wider` is what an easier match found."""
    words = WORDS[connection.vendor]
    where: Condition = ("", ())
    if any(one.few is None for one in seen):
        where = _where(seen)
    else:
        places = [place_word(one.source.key, body) for one in seen for body in one.few or []]
        match = words.in_places(match, places)
    return words.newest(match, where, year=year, most=MOST, wider=wider)


def _lent_rows(one: _Seen, year: int | None, match: Match, wider: Sequence[Row] = ()) -> list[Row]:
    """The newest entries of the other kind that match and that a record which is seen opens.

    Whose they are narrows the index down before rows are looked at: few bodies issue what the reader gets.
    """
    words, lender, opened = WORDS[connection.vendor], _lender(one), _opened(one)
    owners = list(opened.order_by().values_list(lender.owner, flat=True).distinct()[: words.few_bodies + 1])
    if not owners:
        return []
    if len(owners) <= words.few_bodies:
        match = words.in_places(match, [place_word(lender.key, owner) for owner in owners])
    sql, params = opened.order_by().values(lender.field).query.sql_with_params()
    where = f"entry.type = %s AND entry.object_id IN ({sql})"
    return words.newest(match, (where, (lender.key, *params)), year=year, most=MOST, wider=wider)


def _lender(one: _Seen) -> Through:
    if one.source.through is None:
        raise ValueError(f"{one.source.key} is found through no other source")
    return one.source.through


def _opened(one: _Seen) -> QuerySet[Any]:
    return _lender(one).opened().filter(one.inside)


def _where(seen: list[_Seen]) -> Condition:
    kinds: list[str] = []
    params: list[Any] = []
    for one in seen:
        inside = one.sql if one.few is None else ", ".join(["%s"] * len(one.few))
        kinds.append(f"(entry.type = %s AND entry.body_id IN ({inside}))")
        params += [one.source.key, *(one.params if one.few is None else one.few)]
    return f"({' OR '.join(kinds)})", params
