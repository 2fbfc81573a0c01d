"""The data folder belongs to one writing process at a time: the server, or a command while none serves.

SQLite itself would let several processes write; versions before 3.51.3 may then, rarely, damage the file
(docs/running.md). On PostgreSQL nobody takes this lock.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# https://sqlite.org/wal.html#walresetbug
SOUND_FROM = (3, 51, 3)

_held: dict[Path, int] = {}


class DataFolderInUse(Exception):
    """Another process is writing to this data folder; its number is in `pid` (0 if unknown)."""

    def __init__(self, pid: int) -> None:
        super().__init__(f"process {pid}")
        self.pid = pid


def hold(data: Path) -> None:
    """Take the lock and keep it until this process ends, however it ends. A second call changes nothing.

    Raises DataFolderInUse, or OSError when the folder cannot be written to.
    """
    if data in _held:
        return
    data.mkdir(parents=True, exist_ok=True)
    handle = os.open(data / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        pid = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
        os.close(handle)
        raise DataFolderInUse(int(pid) if pid.isdigit() else 0) from None
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
    _held[data] = handle


def hold_for_a_command(data: Path) -> None:
    """As `hold`; but beside a server a sound SQLite lets a command write in its short transactions."""
    try:
        hold(data)
    except DataFolderInUse:
        if sqlite3.sqlite_version_info < SOUND_FROM:
            raise


def let_go(data: Path) -> None:
    handle = _held.pop(data, None)
    if handle is not None:
        os.close(handle)
