"""A missing thing ends a command in one sentence and exit code 2, never in a traceback."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings

from config.data_folder import hold
from nenep.shared.commands import stop

if TYPE_CHECKING:
    from collections.abc import Iterator


class Missing(Exception):
    """Something outside the program is not as it must be; the message is the whole Vietnamese sentence."""


@contextmanager
def sentences() -> Iterator[None]:
    """Around the body of a command. What every command may meet (disk, lock, database) manage.py says."""
    try:
        yield
    except Missing as missing:
        stop(str(missing))


def hold_data_folder() -> None:
    """On SQLite one process writes; on PostgreSQL the server sees to it."""
    if uses_sqlite():
        hold(settings.DATA)


def uses_sqlite() -> bool:
    return str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3")
