"""Shared by all tests: a database that can be emptied, one for threads, and limits that start anew."""

import sqlite3

import pytest
from django.core.cache import cache
from django.db import connection


@pytest.fixture(autouse=True)
def _fresh_limits():
    """How often somebody tried is counted by keys that come again in every test."""
    cache.clear()


@pytest.fixture(autouse=True)
def _journal_can_be_flushed(request):
    """Tests on real transactions end with a flush, which the journal's triggers refuse."""
    marker = request.node.get_closest_marker("django_db")
    if not (marker and marker.kwargs.get("transaction")):
        yield
        return
    from nenep.journal import triggers

    request.getfixturevalue("_django_db_helper")
    triggers.install(connection)
    yield
    triggers.remove(connection)


@pytest.fixture
def shared_database(transactional_db, tmp_path):  # noqa: ARG001
    """A database that several threads may write, as in production.

    The SQLite of the tests lies in memory, where threads meet table locks that no file has: its content moves into
    a file for the time of the test. PostgreSQL is used as it is.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    path = tmp_path / "shared.sqlite3"
    with sqlite3.connect(path) as file:
        in_memory.backup(file)
    file.close()
    connection.settings_dict["NAME"], connection.connection = path, None
    yield
    connection.close()
    connection.settings_dict["NAME"], connection.connection = name, in_memory


def pytest_collection_modifyitems(config, items):
    """What only PostgreSQL can show is left out on SQLite, and counted as left out, not as passed."""
    if connection.vendor == "postgresql":
        return
    left_out = [item for item in items if item.get_closest_marker("postgresql_only")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
