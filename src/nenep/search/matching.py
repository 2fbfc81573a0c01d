"""Terms in the language of each database. Terms hold a to z and 0 to 9 only, so quoting is all that is needed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nenep.search.questions import Phrase, Term

# (column, what is asked of it), all of which must hold.
Match = list[tuple[str, str]]


class Words(ABC):
    """How a database is asked for words, and for the newest entries that hold them."""

    @abstractmethod
    def anywhere(self, terms: Sequence[Term], *, in_title: bool = False) -> Match: ...

    @abstractmethod
    def marked(self, terms: Sequence[Term]) -> Match:
        """Each term that has marks as it is written, the others in any way."""

    @abstractmethod
    def in_places(self, match: Match, places: Sequence[str]) -> Match:
        """Only entries in one of these places (`Entry.place`)."""

    @abstractmethod
    def select(self, match: Match, where: Sequence[str]) -> str:
        """A statement for key, type and record; its parameters: those of the match, of `where`, and how many."""


class Fts5(Words):
    def anywhere(self, terms: Sequence[Term], *, in_title: bool = False) -> Match:
        return [("search_words", " AND ".join(self._ways(term, in_title=in_title) for term in terms))]

    def marked(self, terms: Sequence[Term]) -> Match:
        ways = [self._phrase("marked", term.marked) if term.marked else self._ways(term) for term in terms]
        return [("search_words", " AND ".join(ways))]

    def in_places(self, match: Match, places: Sequence[str]) -> Match:
        inside = " OR ".join(self._phrase("place", [place]) for place in places)
        return [(column, f"{asked} AND ({inside})") for column, asked in match]

    def select(self, match: Match, where: Sequence[str]) -> str:
        """The table of words leads (CROSS JOIN keeps that order): its rows come by day, and a bound on them ends it."""
        conditions = [*(f"{column} MATCH %s" for column, _asked in match), *where]
        bounded = " AND ".join(conditions).replace("entry.id", "search_words.rowid")
        return (
            "SELECT entry.id, entry.type, entry.object_id FROM search_words "  # noqa: S608  # no value is in it
            "CROSS JOIN search_entry entry ON entry.id = search_words.rowid "
            f"WHERE {bounded} ORDER BY search_words.rowid DESC LIMIT %s"
        )

    def _ways(self, term: Term, *, in_title: bool = False) -> str:
        columns = "head" if in_title else "{head plain}"
        return f"({' OR '.join(self._phrase(columns, way) for way in term.ways)})"

    def _phrase(self, columns: str, words: Sequence[str]) -> str:
        return f'{columns} : "{" ".join(words)}"'


class Tsvector(Words):
    """Lexemes without places: a phrase is asked for by its pairs of neighbours (see `tables`)."""

    def anywhere(self, terms: Sequence[Term], *, in_title: bool = False) -> Match:
        column = "title_words" if in_title else "words"
        return [(column, " & ".join(self._ways([self._pairs(way) for way in term.ways]) for term in terms))]

    def marked(self, terms: Sequence[Term]) -> Match:
        written = " & ".join(self._ways([term.marked]) for term in terms if term.marked)
        return [("marked_words", written), *self.anywhere(terms)]

    def in_places(self, match: Match, places: Sequence[str]) -> Match:
        inside = self._ways([(place,) for place in places])
        return [(column, f"{asked} & {inside}") for column, asked in match]

    def select(self, match: Match, where: Sequence[str]) -> str:
        conditions = [*(f"entry.{column} @@ %s::tsquery" for column, _asked in match), *where]
        return (
            "SELECT entry.id, entry.type, entry.object_id FROM search_entry entry "  # noqa: S608  # no value is in it
            f"WHERE {' AND '.join(conditions)} ORDER BY entry.id DESC LIMIT %s"
        )

    def _pairs(self, way: Phrase) -> Phrase:
        return tuple(f"{first}_{second}" for first, second in pairwise(way)) or way

    def _ways(self, ways: Sequence[Phrase]) -> str:
        return f"({' | '.join(self._all(way) for way in ways)})"

    def _all(self, lexemes: Phrase) -> str:
        quoted = [f"'{lexeme}'" for lexeme in lexemes]
        return f"({' & '.join(quoted)})"


WORDS: dict[str, Words] = {"sqlite": Fts5(), "postgresql": Tsvector()}
