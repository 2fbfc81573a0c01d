"""Shared by all tests: lets a test database be emptied although the journal is append-only."""

import pytest
from django.db import connection


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


def pytest_collection_modifyitems(config, items):
    """What only PostgreSQL can show is left out on SQLite, and counted as left out, not as passed."""
    if connection.vendor == "postgresql":
        return
    left_out = [item for item in items if item.get_closest_marker("postgresql_only")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
