"""The database as a whole: a consistent copy while others write, and back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from nenep.installation.sentences import Missing, uses_sqlite

if TYPE_CHECKING:
    from collections.abc import Iterator

NO_CLIENT = (
    "Máy này không có {name} của PostgreSQL nên không {what} được; hãy cài gói postgresql-client "
    "cùng phiên bản với máy chủ{otherwise}."
)


def copy_to(path: Path, *, snapshot: str = "") -> None:
    """One point in time of the whole database, as a file only its owner may read. Writers are not held up."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    if uses_sqlite():
        copy_sqlite(Path(connection.settings_dict["NAME"]), path)
    else:
        named = [f"--snapshot={snapshot}"] if snapshot else []
        told = ["--format=custom", "--no-owner", "--no-privileges", f"--file={path}", *named]
        _run("pg_dump", told, "sao lưu")


@contextmanager
def snapshot() -> Iterator[str]:
    """A moment of the PostgreSQL database that this connection and pg_dump both see."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        yield str(cursor.fetchone()[0])


def load_from(path: Path) -> None:
    """Fill an empty PostgreSQL database from a copy. (On SQLite the copy is the database.)"""
    arguments = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    _run("pg_restore", [*arguments, f"--dbname={connection.settings_dict['NAME']}", str(path)], "khôi phục")


def copy_sqlite(source: Path, target: Path) -> None:
    origin = sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=20)
    copy = sqlite3.connect(target)
    try:
        origin.backup(copy)  # in one step: one snapshot, however much is written meanwhile
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, no log beside it
    finally:
        copy.close()
        origin.close()


def integrity(path: Path) -> str:
    """What SQLite says about the file: "ok", or the first thing that is wrong."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return str(database.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        return str(error)
    finally:
        database.close()


def _run(name: str, arguments: list[str], what: str) -> None:
    binary = shutil.which(name)
    if binary is None:
        raise Missing(
            NO_CLIENT.format(
                name=name, what=what, otherwise=", hoặc thêm --no-copy" if what == "sao lưu" else ""
            )
        )
    settings: dict[str, Any] = connection.settings_dict
    names = {
        "NAME": "PGDATABASE",
        "USER": "PGUSER",
        "PASSWORD": "PGPASSWORD",
        "HOST": "PGHOST",
        "PORT": "PGPORT",
    }
    told = {variable: str(settings[key]) for key, variable in names.items() if settings[key]}
    done = subprocess.run(  # noqa: S603  # a found binary, no shell, no outside words
        [binary, *arguments], env=os.environ | told, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise Missing(f"{name} không {what} được ({said}).")
