"""Terms in the language of each database. Terms hold a to z and 0 to 9 only, so quoting is all that is needed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from nenep.search.keys import day_of, first_key, month_word
from nenep.shared.dates import today

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

    from nenep.search.questions import Phrase, Term

# (column, what is asked of it), all of which must hold.
Match = list[tuple[str, str]]
# SQL, empty for none, with its parameters.
Condition = tuple[str, Sequence[Any]]
Row = tuple[int, str, int]

_FIRST_MONTHS, _MOST_MONTHS = 2, 36
_SWITCHES = ("enable_seqscan", "enable_indexscan", "jit")
_ONLY_BY_INDEX = "; ".join(f"SET LOCAL {name} = off" for name in _SWITCHES)
_AS_BEFORE = "; ".join(f"SET LOCAL {name} TO DEFAULT" for name in _SWITCHES)


class Words(ABC):
    """How a database is asked for words, and for the newest entries that hold them.

    `few_bodies`: a reader of no more bodies asks the index for them, which is the quicker way up to there; of more,
    each row that was found is looked at.
    """

    few_bodies: int

    def asking(self) -> AbstractContextManager[None]:
        """Around all that one question asks."""
        return nullcontext()

    @abstractmethod
    def anywhere(self, terms: Sequence[Term], *, in_title: bool = False) -> Match: ...

    @abstractmethod
    def marked(self, terms: Sequence[Term]) -> Match:
        """Each term that has marks as it is written, the others in any way."""

    @abstractmethod
    def in_places(self, match: Match, places: Sequence[str]) -> Match:
        """Only entries with one of these words in `Entry.place`."""

    @abstractmethod
    def newest(
        self,
        match: Match,
        where: Condition,
        *,
        year: int | None,
        most: int,
        wider: Sequence[Row] = (),
    ) -> list[Row]:
        """(key, type, record) of at most `most` entries, the newest first; `where` speaks of rows of `entry`.

        `wider`: what the same reader found by a wider question with the same `most`, a help that may be left unused.
        """


class Fts5(Words):
    few_bodies = 50

    def anywhere(self, terms: Sequence[Term], *, in_title: bool = False) -> Match:
        return [("search_words", " AND ".join(self._ways(term, in_title=in_title) for term in terms))]

    def marked(self, terms: Sequence[Term]) -> Match:
        ways = [self._phrase("marked", term.marked) if term.marked else self._ways(term) for term in terms]
        return [("search_words", " AND ".join(ways))]

    def in_places(self, match: Match, places: Sequence[str]) -> Match:
        inside = " OR ".join(self._phrase("place", [place]) for place in places)
        return [(column, f"{asked} AND ({inside})") for column, asked in match]

    def newest(
        self,
        match: Match,
        where: Condition,
        *,
        year: int | None,
        most: int,
        wider: Sequence[Row] = (),
    ) -> list[Row]:
        """The table of words leads (CROSS JOIN keeps that order): its rows come by day, and `most` ends the reading."""
        del wider  # each of its keys by itself costs more than reading on
        conditions = [f"{column} MATCH %s" for column, _asked in match]
        params: list[Any] = [asked for _column, asked in match]
        if year is not None:
            conditions.append("search_words.rowid BETWEEN %s AND %s")
            params += [first_key(date(year, 1, 1)), first_key(date(year + 1, 1, 1)) - 1]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT entry.id, entry.type, entry.object_id FROM search_words "  # noqa: S608  # no value is in it
                "CROSS JOIN search_entry entry ON entry.id = search_words.rowid "
                f"WHERE {_all_of(*conditions, where[0])} ORDER BY search_words.rowid DESC LIMIT %s",
                [*params, *where[1], most],
            )
            return list(cursor.fetchall())

    def _ways(self, term: Term, *, in_title: bool = False) -> str:
        columns = "head" if in_title else "{head plain}"
        return f"({' OR '.join(self._phrase(columns, way) for way in term.ways)})"

    def _phrase(self, columns: str, words: Sequence[str]) -> str:
        return f'{columns} : "{" ".join(words)}"'


class Tsvector(Words):
    """Lexemes without places: a phrase is asked for by its pairs of neighbours (see `tables`)."""

    few_bodies = 15

    @contextmanager
    def asking(self) -> Iterator[None]:
        """The planner guesses how often words stand together, and reads the whole table for a wrong guess."""
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(_ONLY_BY_INDEX)
            yield
            with connection.cursor() as cursor:
                cursor.execute(_AS_BEFORE)

    def anywhere(self, terms: Sequence[Term], *, in_title: bool = False) -> Match:
        column = "title_words" if in_title else "words"
        return [(column, " & ".join(self._ways([self._pairs(way) for way in term.ways]) for term in terms))]

    def marked(self, terms: Sequence[Term]) -> Match:
        written = " & ".join(self._ways([term.marked]) for term in terms if term.marked)
        return [("marked_words", written), *self.anywhere(terms)]

    def in_places(self, match: Match, places: Sequence[str]) -> Match:
        inside = self._ways([(place,) for place in places])
        return [(column, f"{asked} & {inside}") for column, asked in match]

    def newest(
        self,
        match: Match,
        where: Condition,
        *,
        year: int | None,
        most: int,
        wider: Sequence[Row] = (),
    ) -> list[Row]:
        """Look at the last months first, and at as many more as seem to be needed.

        GIN gives no order, so a common word costs as much as all that holds it; a month is a word as well, and cuts
        that down.
        """
        with connection.cursor() as cursor:
            if 0 < len(wider) < most:  # there is no more than that
                some = f"entry.id IN ({', '.join(str(key) for key, _type, _record in wider)})"
                return self._ask(cursor, match, (_all_of(some, where[0]), where[1]), most)
            if year is not None:
                months = [month_word(date(year, month, 1)) for month in range(1, 13)]
                return self._ask(cursor, self.in_places(match, months), where, most)
            return self._newest_of_all(cursor, match, where, most, wider)

    def _newest_of_all(
        self, cursor: CursorWrapper, match: Match, where: Condition, most: int, wider: Sequence[Row]
    ) -> list[Row]:
        back = _months_back(day_of(wider[-1][0])) if wider else _FIRST_MONTHS
        while back <= _MOST_MONTHS:
            rows = self._ask(cursor, self.in_places(match, _last_months(back)), where, most)
            if len(rows) == most:
                return rows
            # Twice what would do if the months before were like these.
            back = back * max(2, 2 * most // len(rows)) if rows else _MOST_MONTHS + 1
        return self._ask(cursor, match, where, most)

    def _ask(self, cursor: CursorWrapper, match: Match, where: Condition, most: int) -> list[Row]:
        conditions = [f"entry.{column} @@ %s::tsquery" for column, _asked in match]
        cursor.execute(
            "SELECT entry.id, entry.type, entry.object_id FROM search_entry entry "  # noqa: S608  # no value is in it
            f"WHERE {_all_of(*conditions, where[0])} ORDER BY entry.id DESC LIMIT %s",
            [*(asked for _column, asked in match), *where[1], most],
        )
        return list(cursor.fetchall())

    def _pairs(self, way: Phrase) -> Phrase:
        return tuple(f"{first}_{second}" for first, second in pairwise(way)) or way

    def _ways(self, ways: Sequence[Phrase]) -> str:
        return f"({' | '.join(self._lexemes(way) for way in ways)})"

    def _lexemes(self, words: Phrase) -> str:
        return f"({' & '.join(map(repr, words))})"


def _all_of(*conditions: str) -> str:
    return " AND ".join(filter(None, conditions))


def _months_back(day: date) -> int:
    """How many months from that of the day to this one, both counted."""
    return max(1, (today().year - day.year) * 12 + today().month - day.month + 1)


def _last_months(back: int) -> list[str]:
    """Words of this month and those before it, and of the year to come, since a day may be typed wrong."""
    this = today().year * 12 + today().month - 1
    return [month_word(date(each // 12, each % 12 + 1, 1)) for each in range(this + 12, this - back, -1)]


WORDS: dict[str, Words] = {"sqlite": Fts5(), "postgresql": Tsvector()}
