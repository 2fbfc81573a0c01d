"""SQLite before 3.51.3 may damage the file when a checkpoint meets a writer that starts the log anew.

There one thread of the only serving process makes the checkpoints, while it keeps writers out; connections
that serve requests make none. Newer libraries look after themselves.
"""

from __future__ import annotations

import logging
import sqlite3
import threading

from django.conf import settings
from django.db import connections

from config.data_folder import SOUND_FROM
from nenep.installation.sentences import uses_sqlite

logger = logging.getLogger(__name__)

EVERY = 5.0  # seconds
WAIT_FOR_WRITERS = 20.0
# The log is left alone until it is worth it: about the 1,000 pages of SQLite's own default.
WORTH_IT = 4 * 1024 * 1024
KEEP = "PRAGMA wal_autocheckpoint=0;"


def are_ours() -> bool:
    return uses_sqlite() and sqlite3.sqlite_version_info < SOUND_FROM


def keep_from_requests() -> None:
    """Every connection that this process opens from now on leaves checkpoints to the one thread."""
    options = connections.settings["default"]["OPTIONS"]
    if KEEP not in options["init_command"]:
        options["init_command"] += KEEP
    connections.close_all()


class Checkpointer:
    def __init__(self, *, every: float = EVERY, worth_it: int = WORTH_IT) -> None:
        self.every, self.worth_it = every, worth_it
        self.path = settings.DATABASES["default"]["NAME"]
        self._stopping = threading.Event()

    def run(self) -> None:
        while not self._stopping.wait(self.every):
            self.check()

    def stop(self) -> None:
        self._stopping.set()

    def check(self) -> bool:
        """Move the log into the database if it has grown; True when it was done."""
        log = self.path.with_name(f"{self.path.name}-wal")
        if not log.exists() or log.stat().st_size < self.worth_it:
            return False
        try:
            return self._checkpoint()
        except sqlite3.Error as error:
            logger.warning("checkpoint put off: %s", error)
            return False

    def _checkpoint(self) -> bool:
        gate = sqlite3.connect(self.path, timeout=WAIT_FOR_WRITERS, isolation_level=None)
        worker = sqlite3.connect(self.path, timeout=WAIT_FOR_WRITERS, isolation_level=None)
        try:
            worker.execute("PRAGMA synchronous=FULL")
            gate.execute(KEEP)
            gate.execute("BEGIN IMMEDIATE")  # no writer can start the log anew until we are through
            busy, _pages, _moved = worker.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            gate.execute("ROLLBACK")
            return not busy
        finally:
            worker.close()
            gate.close()
