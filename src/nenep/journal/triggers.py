"""Database triggers, on both databases: events are only added, and the head of a chain only moves on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nenep.shared import triggers

if TYPE_CHECKING:
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


def install(connection: BaseDatabaseWrapper) -> None:
    triggers.install(connection, _INSTALL)


def remove(connection: BaseDatabaseWrapper) -> None:
    """For migrations backwards and for emptying a test database; nothing in the product calls it."""
    triggers.remove(connection, _INSTALL)
