"""Real installations in other processes: an own data folder, or on PostgreSQL an own database."""

import functools
import os
import shutil
import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path

from django.conf import settings
from django.db import connection

MANAGE = settings.ROOT / "manage.py"
_numbers = count()


class Installation:
    """Runs commands of the program on its own data; `env` points to them."""

    def __init__(self, data, url=""):
        self.data = data
        outside = {
            key: value for key, value in os.environ.items() if not key.startswith(("NENEP_", "DATABASE"))
        }
        self.env = outside | {"NENEP_DATA": str(data), "NENEP_PROFILE": "demo", "PYTHONUTF8": "1"}
        if url:
            self.env |= {"DATABASE_URL": url, "NENEP_EMBEDDED_WORKER": "1"}

    def command(self, *arguments):
        return [sys.executable, str(MANAGE), *arguments]

    def run(self, *arguments, **environment):
        return subprocess.run(
            self.command(*arguments), env=self.env | environment, capture_output=True, text=True, check=False,
            stdin=subprocess.DEVNULL, timeout=180,
        )  # fmt: skip

    def start(self, *arguments, **environment):
        return subprocess.Popen(
            self.command(*arguments),
            env=self.env | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def python(self, code, *arguments, **environment):
        """A script with Django set up, as the text that it prints."""
        head = "import sys; sys.path.insert(0, sys.argv[1]); import django; django.setup()\n"
        done = subprocess.run(
            [*self._python(head + code), *arguments],
            env=self.env | SETTINGS | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start_python(self, code):
        head = "import sys; sys.path.insert(0, sys.argv[1]); import django; django.setup()\n"
        return subprocess.Popen(self._python(head + code), env=self.env | SETTINGS)

    @staticmethod
    def _python(code):
        return [sys.executable, "-c", code, str(settings.ROOT / "src")]


SETTINGS = {"DJANGO_SETTINGS_MODULE": "config.settings"}


def empty_installation(folder):
    """Nothing in it yet: no database file, or a fresh database of the server that the tests use."""
    if connection.vendor == "sqlite":
        return Installation(folder / "data")
    return Installation(folder / "data", _new_database("template0"))


def migrated_installation(folder):
    """All tables, no rows; made once and copied."""
    template = _migrated_template()
    if connection.vendor == "sqlite":
        shutil.copytree(template.data, folder / "data")
        return Installation(folder / "data")
    return Installation(
        folder / "data", _new_database(template.env["DATABASE_URL"].partition("?")[0].rpartition("/")[2])
    )


@functools.cache
def _migrated_template():
    made = empty_installation(Path(tempfile.mkdtemp(prefix="nenep-template-")))
    for arguments in (["migrate", "-v0"], ["createcachetable"]):
        done = made.run(*arguments)
        assert done.returncode == 0, done.stderr
    return made


def _new_database(template):
    """Made beside the test database, on the same server; goes with the throw-away server."""
    name = f"{connection.settings_dict['NAME']}_{os.getpid()}_{next(_numbers)}"
    with _maintenance() as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    # The part after "?" may name a folder, with slashes of its own.
    address, mark, options = os.environ["DATABASE_URL"].partition("?")
    return f"{address.rpartition('/')[0]}/{name}{mark}{options}"


def _maintenance():
    import psycopg

    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
