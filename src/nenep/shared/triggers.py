"""Database triggers of a module: its statements by vendor, run and taken back. They say what no row may suffer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper

_NAME_AND_TABLE = re.compile(r"TRIGGER (?:IF NOT EXISTS )?(\w+) .*? ON (\w+)")


def install(connection: BaseDatabaseWrapper, statements: Mapping[str, Sequence[str]]) -> None:
    """Run the statements of this vendor ("sqlite", "postgresql"); each may be run again."""
    _run(connection, statements[connection.vendor])


def remove(connection: BaseDatabaseWrapper, statements: Mapping[str, Sequence[str]]) -> None:
    """Drop the triggers that the statements make; functions stay."""
    found = filter(None, map(_NAME_AND_TABLE.search, statements[connection.vendor]))
    of_table = " ON {1}" if connection.vendor == "postgresql" else ""
    _run(connection, [f"DROP TRIGGER IF EXISTS {{0}}{of_table}".format(*each.groups()) for each in found])


def _run(connection: BaseDatabaseWrapper, statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
