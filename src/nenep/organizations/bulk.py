"""Fast insertion of many plain rows: COPY where the server has it, else one prepared statement."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connections, router

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import Model

BATCH = 10_000
T = TypeVar("T")


def insert(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write rows of `columns` (database names) into the model's table; returns how many.

    Checks nothing itself. `rows` must not ask the database while they are produced. Needs a transaction around
    it: a failure half-way must leave nothing behind.
    """
    connection = connections[router.db_for_write(model)]
    if not connection.in_atomic_block:
        raise RuntimeError("bulk insertion happens inside a transaction")
    write = _copy if connection.vendor == "postgresql" else _execute_many
    return write(connection, model._meta.db_table, columns, rows)


def in_batches(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """The items in tuples of `size`, the last one shorter."""
    source = iter(items)
    while batch := tuple(islice(source, size)):
        yield batch


def _copy(
    connection: BaseDatabaseWrapper, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    names = ", ".join(map(connection.ops.quote_name, columns))
    count = 0
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {connection.ops.quote_name(table)} ({names}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def _execute_many(
    connection: BaseDatabaseWrapper, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    names = ", ".join(map(connection.ops.quote_name, columns))
    places = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {connection.ops.quote_name(table)} ({names}) VALUES ({places})"  # noqa: S608  # own names
    count = 0
    with connection.cursor() as cursor:
        for batch in in_batches(rows, BATCH):
            cursor.executemany(statement, [tuple(map(_plain, row)) for row in batch])
            count += len(batch)
    return count


def _plain(value: Any) -> Any:
    """Dates as SQLite keeps them; the adapter of the standard library is deprecated."""
    return value.isoformat() if isinstance(value, date) else value
