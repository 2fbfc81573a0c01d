"""What a stretch of code changed in the database: the statements it sent, and the rows of the tables they name."""

from __future__ import annotations

import hashlib
import re
from contextlib import contextmanager

from django.db import connection

# Sessions come and go by themselves; the journal is counted apart.
UNWATCHED = {
    "django_session",
    "usersessions_usersession",
    "journal_chain",
    "journal_event",
    "django_migrations",
}
READING = re.compile(r"\s*(SELECT|SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT|PRAGMA)\b", re.IGNORECASE)
WRITING = re.compile(
    r"\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM)\s+\"?(\w+)\"?", re.IGNORECASE
)


class Writes:
    """The tables that statements may have changed; `everything` when a statement does not say which."""

    def __init__(self):
        self.tables = set()
        self.everything = False

    def __call__(self, execute, sql, params, many, context):
        if found := WRITING.match(sql):
            self.tables.add(found[1])
        elif not READING.match(sql):
            self.everything = True
        return execute(sql, params, many, context)

    def changed(self, before):
        """The tables whose rows differ from `before`. One that no statement named is not read again."""
        named = before if self.everything else self.tables & set(before)
        return sorted(table for table in named if before[table] != digest(table))

    def wrote_to(self, table):
        return self.everything or table in self.tables


@contextmanager
def writes():
    watch = Writes()
    with connection.execute_wrapper(watch):
        yield watch


def snapshot():
    """Table -> digest of its rows."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    return {table: digest(table) for table in tables if table not in UNWATCHED}


def digest(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        rows = sorted(map(repr, cursor.fetchall()))
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
