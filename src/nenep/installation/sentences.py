"""A missing thing ends a command in one sentence and exit code 2, never in a traceback."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from django.conf import settings

from config.data_folder import DataFolderInUse, hold

if TYPE_CHECKING:
    from collections.abc import Iterator


class Missing(Exception):
    """Something outside the program is not as it must be; the message is the whole Vietnamese sentence."""


def stop(sentence: str, code: int = 2) -> NoReturn:
    sys.stderr.write(f"{sentence}\n")
    sys.exit(code)


@contextmanager
def sentences() -> Iterator[None]:
    """Around the body of a command."""
    try:
        yield
    except Missing as missing:
        stop(str(missing))
    except DataFolderInUse as used:
        stop(
            f"Thư mục dữ liệu {settings.DATA} đang được tiến trình {used.pid or 'khác'} sử dụng; "
            "hãy dừng tiến trình ấy rồi chạy lại."
        )


def hold_data_folder() -> None:
    """On SQLite one process writes; on PostgreSQL the server sees to it."""
    if uses_sqlite():
        hold(settings.DATA)


def uses_sqlite() -> bool:
    return str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3")
