"""The index of words beside the table of entries, kept in step by the database itself, whoever writes.

SQLite: a table of FTS5 over the columns of `search_entry`, with triggers. PostgreSQL: columns of words that are
generated from them, with GIN.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper

_COLUMNS = "head, plain, marked, place"
_OLD = "old.head, old.plain, old.marked, old.place"
_NEW = "new.head, new.plain, new.marked, new.place"
_PUT = f"INSERT INTO search_words(rowid, {_COLUMNS}) VALUES (new.id, {_NEW});"  # noqa: S608  # own names
_TAKE_OUT = f"INSERT INTO search_words(search_words, rowid, {_COLUMNS}) VALUES ('delete', old.id, {_OLD});"  # noqa: S608  # own names

# A lexeme for each word and for each two that stand side by side ("chi_bo"): so a phrase too is answered by the index
# alone, where positions would make PostgreSQL read and unpack the words of every row that holds its words anywhere.
_TITLE, _ALL, _MARKED = (
    "place || ' ' || head",
    "place || ' ' || head || ' _ ' || plain",
    "place || ' ' || marked",
)
_PAIRS = r"regexp_replace({text}, '(\S+) (\S+)', '\1_\2', 'g')"


def _lexemes(text: str, *, with_pairs: bool) -> str:
    """An expression for the words of a text, none of them empty."""
    whole = f"btrim({text})"
    rest = rf"regexp_replace({whole}, '^\S+ ', '')"
    texts = [whole, _PAIRS.format(text=whole), _PAIRS.format(text=rest)] if with_pairs else [whole]
    return f"array_remove({' || '.join(f'string_to_array({one}, $$ $$)' for one in texts)}, '')"


_LEXEMES = {
    "title_words": _lexemes(_TITLE, with_pairs=True),
    "words": _lexemes(_ALL, with_pairs=True),
    "marked_words": _lexemes(_MARKED, with_pairs=False),
}

_INSTALL = {
    "sqlite": (
        # Sizes of columns are for ranking by frequency, which nothing here does.
        f"CREATE VIRTUAL TABLE IF NOT EXISTS search_words USING fts5({_COLUMNS}, "
        "content='search_entry', content_rowid='id', tokenize='ascii', columnsize=0)",
        f"CREATE TRIGGER IF NOT EXISTS search_entry_put AFTER INSERT ON search_entry BEGIN {_PUT} END",
        f"CREATE TRIGGER IF NOT EXISTS search_entry_taken_out AFTER DELETE ON search_entry BEGIN {_TAKE_OUT} END",
        "CREATE TRIGGER IF NOT EXISTS search_entry_changed AFTER UPDATE ON search_entry "
        f"BEGIN {_TAKE_OUT} {_PUT} END",
    ),
    "postgresql": (
        "ALTER TABLE search_entry "  # at once: each by itself would write the whole table anew
        + ", ".join(
            f"ADD COLUMN IF NOT EXISTS {column} tsvector "
            f"GENERATED ALWAYS AS (array_to_tsvector({lexemes})) STORED"
            for column, lexemes in _LEXEMES.items()
        ),
        # A list of what is not indexed yet would be read by every question.
        *(
            f"CREATE INDEX IF NOT EXISTS search_entry_{column} ON search_entry USING gin ({column}) "
            "WITH (fastupdate = off)"
            for column in _LEXEMES
        ),
    ),
}
_REMOVE = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS search_entry_put",
        "DROP TRIGGER IF EXISTS search_entry_taken_out",
        "DROP TRIGGER IF EXISTS search_entry_changed",
        "DROP TABLE IF EXISTS search_words",
    ),
    "postgresql": (
        f"ALTER TABLE search_entry {', '.join(f'DROP COLUMN IF EXISTS {column}' for column in _LEXEMES)}",
    ),
}


def install(connection: BaseDatabaseWrapper) -> None:
    _run(connection, _INSTALL[connection.vendor])


def remove(connection: BaseDatabaseWrapper) -> None:
    """For migrations backwards and for tests; nothing in the product calls it."""
    _run(connection, _REMOVE[connection.vendor])


@contextmanager
def renewed(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Within a transaction: whatever is done to all entries inside, the words are made anew from them afterwards.

    Also where they were out of step before, which on SQLite a row that is taken out would make worse.
    """
    _check_what_waits(connection)
    remove(connection)
    yield
    _check_what_waits(connection)
    install(connection)
    if connection.vendor == "sqlite":
        _run(connection, ["INSERT INTO search_words(search_words) VALUES ('rebuild')"])


def _check_what_waits(connection: BaseDatabaseWrapper) -> None:
    """PostgreSQL changes no table of which a check still waits for the end of the transaction."""
    if connection.vendor == "postgresql":
        _run(connection, ["SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED"])


def are_in_step(connection: BaseDatabaseWrapper) -> bool:
    """Whether the words are those of the entries; where the database generates them they cannot be others."""
    if connection.vendor != "sqlite":
        return True
    try:
        with transaction.atomic():
            _run(connection, ["INSERT INTO search_words(search_words, rank) VALUES ('integrity-check', 1)"])
    except DatabaseError:
        return False
    return True


def _run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
