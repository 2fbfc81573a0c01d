"""Database triggers, on both databases: what is kept of a paper in the archive is never changed or taken away (R10).

A migration that alters the table of the archive makes it anew on SQLite, without them: it must `install` at its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nenep.shared import triggers

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

_INSTALL = {
    "sqlite": (
        "CREATE TRIGGER IF NOT EXISTS documents_archive_stays BEFORE UPDATE ON documents_archive "
        "BEGIN SELECT RAISE(ABORT, 'documents_archive is append-only'); END",
        "CREATE TRIGGER IF NOT EXISTS documents_archive_remains BEFORE DELETE ON documents_archive "
        "BEGIN SELECT RAISE(ABORT, 'documents_archive is append-only'); END",
        # INSERT OR REPLACE takes the old row away without firing the triggers above.
        "CREATE TRIGGER IF NOT EXISTS documents_archive_is_new BEFORE INSERT ON documents_archive "
        "WHEN EXISTS (SELECT 1 FROM documents_archive WHERE id = NEW.id OR document_id = NEW.document_id) "
        "BEGIN SELECT RAISE(ABORT, 'documents_archive is append-only'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION documents_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
        "CREATE OR REPLACE TRIGGER documents_archive_stays BEFORE UPDATE OR DELETE ON documents_archive "
        "FOR EACH ROW EXECUTE FUNCTION documents_refuse()",
        "CREATE OR REPLACE TRIGGER documents_archive_remains BEFORE TRUNCATE ON documents_archive "
        "FOR EACH STATEMENT EXECUTE FUNCTION documents_refuse()",
    ),
}


def install(connection: BaseDatabaseWrapper) -> None:
    triggers.install(connection, _INSTALL)


def remove(connection: BaseDatabaseWrapper) -> None:
    """For migrations backwards and for emptying a test database; nothing in the product calls it."""
    triggers.remove(connection, _INSTALL)
