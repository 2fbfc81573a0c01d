"""A new database gets its tables at once; migrations bring an older one to the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from nenep.documents import triggers as archive_triggers
from nenep.journal import triggers
from nenep.search import tables

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


def is_new(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database has no table at all; one that some other program filled is not new."""
    return not connection.introspection.table_names()


def create(connection: BaseDatabaseWrapper) -> None:
    """Create the tables, triggers and index of words that all migrations lead to, in one transaction.

    They are recorded as applied.

    Step by step it takes several times as long, since Django draws up its models anew for each table. What a
    migration does to rows is nothing where there are none; `tests/test_new_tables.py` holds both ways to one schema.
    """
    loader = MigrationLoader(connection)
    recorder = MigrationRecorder(connection)
    with connection.schema_editor() as editor:
        for model in loader.project_state().apps.get_models():
            editor.create_model(model)
        recorder.ensure_schema()
        for app_label, name in loader.disk_migrations:
            recorder.record_applied(app_label, name)
        triggers.install(connection)
        archive_triggers.install(connection)
        tables.install(connection)
