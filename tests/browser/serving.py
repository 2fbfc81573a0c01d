"""A real server over the demo data: prepared once for a run, copied for every test module.

On SQLite the copy is a folder; on PostgreSQL (DATABASE_URL names the server) a database made from a template.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tools.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_LOAD = 600
SECONDS_TO_START = 60
SECONDS_TO_STOP = 20
TEMPLATE = "nenep_browser_template"


@dataclass(frozen=True)
class Demo:
    """A loaded demo: its data folder and, on PostgreSQL, the name of its database."""

    data: Path
    database: str = ""

    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        ours = {"NENEP_DATA": str(self.data), "NENEP_PROFILE": "demo", "PYTHONUTF8": "1"}
        return inherited | ours | ({"DATABASE_URL": _address_of(self.database)} if self.database else {})


@dataclass(frozen=True)
class Server:
    """A running server; `address` has no slash at its end."""

    address: str
    demo: Demo
    pid: int = 0

    def manage(self, *arguments: str) -> str:
        """Run another command on the same data, as an administrator would; returns what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.demo.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def prepare(shared: Path) -> Demo:
    """Load the demo into a folder that all workers of this run share; the first to come does the work."""
    demo = Demo(shared / "demo", TEMPLATE if os.environ.get("DATABASE_URL") else "")
    log = shared / "demo.log"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not log.exists():
            _load(demo, log)
    last = log.read_text(encoding="utf-8")
    assert (demo.data / "loaded").exists(), f"`manage.py demo --no-serve` failed:\n{last[-3000:]}"
    return demo


@contextmanager
def copied(demo: Demo, folder: Path) -> Iterator[Demo]:
    """A copy that one test module may change as it likes."""
    shutil.copytree(demo.data, folder)
    if not demo.database:
        yield Demo(folder)
        return
    copy = f"nenep_browser_{uuid.uuid4().hex[:12]}"
    _administer("CREATE DATABASE {} TEMPLATE {}", copy, demo.database)
    try:
        yield Demo(folder, copy)
    finally:
        _administer("DROP DATABASE {} WITH (FORCE)", copy)


@contextmanager
def serving(demo: Demo, port: int = 0) -> Iterator[Server]:
    """Serve the demo on a free port of this machine, or on this one, the way `./nenep demo` does."""
    port = port or free_port()
    log = demo.data / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--port", str(port)],
            cwd=ROOT,
            env=demo.environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # so that its own children are stopped with it
        )
    server = Server(f"http://127.0.0.1:{port}", demo, process.pid)
    try:
        _wait_until_it_answers(server, process, log)
        yield server
    finally:
        _stop(process)


def _load(demo: Demo, log: Path) -> None:
    demo.data.mkdir()
    if demo.database:
        _administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", demo.database)
        _administer("CREATE DATABASE {}", demo.database)
    with log.open("wb") as output:
        done = subprocess.run(
            [sys.executable, "manage.py", "demo", "--no-serve"],
            cwd=ROOT,
            env=demo.environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            timeout=SECONDS_TO_LOAD,
            check=False,
        )
    if done.returncode == 0:
        (demo.data / "loaded").touch()


def _administer(statement: str, *names: str) -> None:
    """Run a statement about whole databases, which must stand outside any transaction and database it names."""
    with psycopg.connect(_address_of("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))


def _address_of(database: str) -> str:
    """DATABASE_URL with another database in it, as an address."""
    parts = conninfo_to_dict(make_conninfo(os.environ["DATABASE_URL"], dbname=database))
    query = "&".join(f"{name}={value}" for name, value in parts.items() if name != "dbname")
    return f"postgresql:///{database}?{query}"


def _wait_until_it_answers(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            urllib.request.urlopen(server.address, timeout=5).close()
        except urllib.error.HTTPError as answer:
            answer.close()
            return
        except OSError:
            said = log.read_text(errors="replace")[-3000:]
            assert process.poll() is None, f"The server ended by itself:\n{said}"
            assert time.monotonic() < deadline, f"The server did not answer in time:\n{said}"
            time.sleep(0.1)
        else:
            return


def _stop(process: subprocess.Popen[bytes]) -> None:
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, how)
            process.wait(SECONDS_TO_STOP)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
        else:
            return
