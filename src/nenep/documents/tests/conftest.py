import sqlite3

import pytest
from django.db import connection


@pytest.fixture
def shared_database(transactional_db, tmp_path):
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
