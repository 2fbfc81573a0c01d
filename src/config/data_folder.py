"""The data folder: for one user of the machine only, and for one writing process at a time.

It holds members, opinions, sessions and keys, so nobody else on the machine may read it.

Of writing processes there is the server, or a command while none serves. SQLite itself would let several write;
versions before 3.51.3 may then, rarely, damage the file (docs/running.md). On PostgreSQL nobody takes this lock.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# What the program makes in the data folder; all else there belongs to somebody else and is left alone.
OURS = (
    *("nenep.sqlite3", "nenep.sqlite3-wal", "nenep.sqlite3-shm", "secret_key", "settings.env", "profile"),
    "push_key",
    *("lock", "files", "copies", "static", "demo"),
)
FOR_OTHERS, WRITABLE_FOR_OTHERS = 0o077, 0o022

# https://sqlite.org/wal.html#walresetbug
SOUND_FROM = (3, 51, 3)

_held: dict[Path, int] = {}
# What this process has made, in its order, so that a command that is refused can leave a folder as it found it.
_made: list[Path] = []


class DataFolderInUse(Exception):
    """Another process is writing to this data folder; its number is in `pid` (0 if unknown)."""

    def __init__(self, pid: int) -> None:
        super().__init__(f"process {pid}")
        self.pid = pid


class DataFolderOpen(Exception):
    """Other users of this machine may read or change what is at `path`, and it is not ours to close."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


def make_private(data: Path) -> bool:
    """Take from others the rights that an older version, or whoever made the folder, left them; True if any.

    A folder that holds foreign things too keeps its own rights: it may be a home or /tmp.
    """
    closed = False
    for path, mask in _watched(data):
        mode = path.stat().st_mode & 0o7777
        if mode & mask and mask == FOR_OTHERS:
            with suppress(PermissionError):
                path.chmod(mode & ~FOR_OTHERS)
                closed = True
    return closed


def open_to_others(data: Path) -> Path | None:
    """The first place where others may read, or in a folder with foreign things write; None when all is well."""
    return next((path for path, mask in _watched(data) if path.stat().st_mode & mask), None)


def _watched(data: Path) -> Iterator[tuple[Path, int]]:
    """The folder and what of ours is directly in it, with the rights that others must not have there."""
    if not data.is_dir():
        return
    names = {path.name for path in data.iterdir()}
    yield data, WRITABLE_FOR_OTHERS if names.difference(OURS) else FOR_OTHERS
    for name in sorted(names.intersection(OURS)):
        if not (data / name).is_symlink():
            yield data / name, FOR_OTHERS


def hold(data: Path) -> None:
    """Take the lock and keep it until this process ends, however it ends. A second call changes nothing.

    Raises DataFolderInUse, or OSError when the folder cannot be written to.
    """
    if data in _held:
        return
    make(data)
    is_new = not (data / "lock").exists()
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
    if is_new:
        made(data / "lock")


def make(data: Path) -> None:
    """The data folder, for its own user only."""
    if not data.exists():
        data.mkdir(mode=0o700, parents=True)
        made(data)


def made(path: Path) -> None:
    """Note what this process has put into the data folder."""
    _made.append(path)


def leave_as_found(data: Path) -> None:
    """Take away what this process made in a data folder that was empty: key, lock, the folder itself.

    What stands there by now from somebody else stays. Only where nothing was kept: the key would be missed.
    """
    while _made:
        path = _made.pop()
        with suppress(OSError):
            path.rmdir() if path == data else path.unlink()
    let_go(data)


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
