"""Database triggers, on both databases: events are only added, and the head of a chain only moves on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.backends.base.base import BaseDatabaseWrapper

_INSTALL = {
    "sqlite": (
        "CREATE TRIGGER IF NOT EXISTS journal_event_stays BEFORE UPDATE ON journal_event "
        "BEGIN SELECT RAISE(ABORT, 'journal_event is append-only'); END",
        "CREATE TRIGGER IF NOT EXISTS journal_event_remains BEFORE DELETE ON journal_event "
        "BEGIN SELECT RAISE(ABORT, 'journal_event is append-only'); END",
        # INSERT OR REPLACE takes the old row away without firing the triggers above.
        "CREATE TRIGGER IF NOT EXISTS journal_event_is_new BEFORE INSERT ON journal_event "
        "WHEN EXISTS (SELECT 1 FROM journal_event WHERE seq = NEW.seq) OR EXISTS "
        "(SELECT 1 FROM journal_event WHERE chain = NEW.chain AND number = NEW.number) "
        "BEGIN SELECT RAISE(ABORT, 'journal_event is append-only'); END",
        "CREATE TRIGGER IF NOT EXISTS journal_chain_grows BEFORE UPDATE ON journal_chain "
        "WHEN NOT (NEW.key = OLD.key AND NEW.length > OLD.length) "
        "BEGIN SELECT RAISE(ABORT, 'journal_chain is append-only'); END",
        "CREATE TRIGGER IF NOT EXISTS journal_chain_remains BEFORE DELETE ON journal_chain "
        "BEGIN SELECT RAISE(ABORT, 'journal_chain is append-only'); END",
        "CREATE TRIGGER IF NOT EXISTS journal_chain_is_new BEFORE INSERT ON journal_chain "
        "WHEN EXISTS (SELECT 1 FROM journal_chain WHERE key = NEW.key) "
        "BEGIN SELECT RAISE(ABORT, 'journal_chain is append-only'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
        "CREATE OR REPLACE TRIGGER journal_event_stays BEFORE UPDATE OR DELETE ON journal_event "
        "FOR EACH ROW EXECUTE FUNCTION journal_refuse()",
        "CREATE OR REPLACE TRIGGER journal_event_remains BEFORE TRUNCATE ON journal_event "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()",
        "CREATE OR REPLACE TRIGGER journal_chain_grows BEFORE UPDATE ON journal_chain FOR EACH ROW "
        "WHEN (NOT (NEW.key = OLD.key AND NEW.length > OLD.length)) EXECUTE FUNCTION journal_refuse()",
        "CREATE OR REPLACE TRIGGER journal_chain_stays BEFORE DELETE ON journal_chain "
        "FOR EACH ROW EXECUTE FUNCTION journal_refuse()",
        "CREATE OR REPLACE TRIGGER journal_chain_remains BEFORE TRUNCATE ON journal_chain "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()",
    ),
}
_NAME_AND_TABLE = re.compile(r"TRIGGER (?:IF NOT EXISTS )?(\w+) .*? ON (\w+)")


def install(connection: BaseDatabaseWrapper) -> None:
    _run(connection, _INSTALL[connection.vendor])


def remove(connection: BaseDatabaseWrapper) -> None:
    """For migrations backwards and for emptying a test database; nothing in the product calls it."""
    found = filter(None, map(_NAME_AND_TABLE.search, _INSTALL[connection.vendor]))
    of_table = " ON {1}" if connection.vendor == "postgresql" else ""
    _run(connection, [f"DROP TRIGGER IF EXISTS {{0}}{of_table}".format(*each.groups()) for each in found])


def _run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
