"""A throw-away PostgreSQL server for tests: found or installed, started, and always stopped and removed.

It listens on a Unix socket in a folder that only its owner may enter: no free port, no password.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from tools import machine
from tools.machine import Missing

if TYPE_CHECKING:
    from collections.abc import Iterator

OLDEST = 15
USER = "nenep"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 20
# Where packages put the programs that are not on the PATH: Debian, Red Hat, Homebrew, Postgres.app.
PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
# Nothing here outlives the run, so nothing is worth a wait for the disk or for a compiler.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "jit": "off",
    "max_connections": "100",
}


@contextmanager
def throw_away() -> Iterator[str]:
    """Yield the address (DATABASE_URL) of a new server; raises Missing where none can be had."""
    programs = find() or _installed()
    owner = _owner()
    home = Path(tempfile.mkdtemp(prefix="nenep-pg-"))
    try:
        if owner:
            os.chown(home, owner["user"], owner["group"])
        _make_cluster(programs, home, owner)
        with _running(programs, home, owner):
            yield f"postgresql://{USER}@/{USER}?host={home}"
    finally:
        shutil.rmtree(home, ignore_errors=True)


def find() -> Path | None:
    """The folder with the programs of the newest server that is new enough."""
    on_path = shutil.which("postgres")
    folders = [folder for place in PLACES for folder in Path("/").glob(place.removeprefix("/"))]
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    versions = {folder: _version(folder) for folder in folders}
    good = [folder for folder, version in versions.items() if version >= OLDEST]
    return max(good, key=lambda folder: versions[folder], default=None)


def _version(folder: Path) -> int:
    try:
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    number = re.search(r"\) (\d+)", said.stdout)
    return int(number[1]) if number and (folder / "initdb").exists() else 0


def _installed() -> Path:
    if machine.may_install():
        machine.install("postgresql")
    programs = find()
    if not programs:
        raise Missing(
            f"no PostgreSQL {OLDEST} or newer here; install it (Debian: apt-get install postgresql)."
        )
    return programs


def _owner() -> dict[str, Any]:
    """Whom the server runs as: it refuses root, so root lends it to `postgres` or `nobody`."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            account = pwd.getpwnam(name)
            return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise Missing(
        "root may not run PostgreSQL, and there is neither a user `postgres` nor `nobody` to run it."
    )


def _make_cluster(programs: Path, home: Path, owner: dict[str, Any]) -> None:
    """C.UTF-8 folds and sorts letters alike everywhere; a system without that locale gets the next best."""
    said = ""
    for locale in ("C.UTF-8", "en_US.UTF-8"):
        command = [
            str(programs / "initdb"),
            "-D",
            str(home / "data"),
            "-U",
            USER,
            "--auth=trust",
            "--no-sync",
        ]
        done = subprocess.run(
            [*command, "--encoding=UTF8", f"--locale={locale}"],
            cwd=home,
            capture_output=True,
            text=True,
            check=False,
            **owner,
        )
        if done.returncode == 0:
            return
        said = done.stderr.strip()
    raise Missing(f"PostgreSQL's initdb failed: {said}")


@contextmanager
def _running(programs: Path, home: Path, owner: dict[str, Any]) -> Iterator[None]:
    settings = SETTINGS | {"unix_socket_directories": str(home)}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            [str(programs / "postgres"), "-D", str(home / "data"), *options],
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # a Ctrl-C must reach the tests first, while the server still answers
            **owner,
        )
    try:
        _wait_and_make_database(server, home)
        yield
    finally:
        _stop(server)


def _wait_and_make_database(server: subprocess.Popen[bytes], home: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            with psycopg.connect(f"postgresql://{USER}@/postgres?host={home}", autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {USER}")
                return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                said = (home / "log").read_text(errors="replace").strip().splitlines()
                raise Missing(f"PostgreSQL did not start: {' '.join(said[-3:])}") from None
            time.sleep(0.1)


def _stop(server: subprocess.Popen[bytes]) -> None:
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):  # fast, immediate, and the end of patience
        server.send_signal(how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(SECONDS_TO_STOP)
            return
