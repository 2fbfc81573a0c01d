"""Database triggers that make `journal_event` append-only, on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.backends.base.base import BaseDatabaseWrapper

_INSTALL = {
    "sqlite": (
        "CREATE TRIGGER IF NOT EXISTS journal_event_stays BEFORE UPDATE ON journal_event "
        "BEGIN SELECT RAISE(ABORT, 'journal_event is append-only'); END",
        "CREATE TRIGGER IF NOT EXISTS journal_event_remains BEFORE DELETE ON journal_event "
        "BEGIN SELECT RAISE(ABORT, 'journal_event is append-only'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'journal_event is append-only'; END $$",
        "CREATE OR REPLACE TRIGGER journal_event_stays BEFORE UPDATE OR DELETE ON journal_event "
        "FOR EACH ROW EXECUTE FUNCTION journal_refuse()",
        "CREATE OR REPLACE TRIGGER journal_event_remains BEFORE TRUNCATE ON journal_event "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()",
    ),
}
_REMOVE = {
    "sqlite": ("DROP TRIGGER IF EXISTS journal_event_stays", "DROP TRIGGER IF EXISTS journal_event_remains"),
    "postgresql": (
        "DROP TRIGGER IF EXISTS journal_event_stays ON journal_event",
        "DROP TRIGGER IF EXISTS journal_event_remains ON journal_event",
    ),
}


def install(connection: BaseDatabaseWrapper) -> None:
    _run(connection, _INSTALL)


def remove(connection: BaseDatabaseWrapper) -> None:
    """For migrations backwards and for emptying a test database; nothing in the product calls it."""
    _run(connection, _REMOVE)


def _run(connection: BaseDatabaseWrapper, statements: Mapping[str, tuple[str, ...]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
