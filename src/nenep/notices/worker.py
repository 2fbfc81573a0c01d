"""The worker: takes queued tasks one at a time, tries again what failed, takes over from workers that died.

The queue is the table of django-tasks-db, whose own worker neither tries again nor notices a killed process.
Any number of workers may run, as processes or as a thread of the server.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from datetime import timedelta
from secrets import token_hex
from typing import TYPE_CHECKING

from django.db import DatabaseError, OperationalError, close_old_connections, connections, transaction
from django_tasks_db.models import DBTaskResult, TaskResultStatus

from nenep.notices import jobs
from nenep.notices.models import Heartbeat
from nenep.shared.dates import now

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

logger = logging.getLogger(__name__)

TRIES = 3
# After the first and the second failure; a mail server that restarts is back by then.
PAUSES = (timedelta(seconds=30), timedelta(minutes=10))
BEAT_EVERY = 10.0
# Must outlast the longest wait for a write lock (20 s), or a busy worker would be taken for dead.
LOST_AFTER = timedelta(seconds=90)
POLL_EVERY = 1.0


class Lost(Exception):
    """The process that ran the task was killed, and not for the first time."""


class Worker:
    def __init__(
        self,
        *,
        poll_every: float = POLL_EVERY,
        beat_every: float = BEAT_EVERY,
        lost_after: timedelta = LOST_AFTER,
        pauses: tuple[timedelta, ...] = PAUSES,
    ) -> None:
        self.name = f"{socket.gethostname()[:30]}:{os.getpid()}:{token_hex(4)}"
        self.poll_every, self.beat_every = poll_every, beat_every
        self.lost_after, self.pauses = lost_after, pauses
        self._stopping = threading.Event()

    def run(self) -> None:
        """Work until `stop` is called and the task under way is done. An absent database is waited for."""
        beats = threading.Thread(target=self._beat_until_stopped, name="heartbeat", daemon=True)
        self._beat()
        beats.start()
        while not self._stopping.is_set():
            if not self._survive(self.work_once):
                self._stopping.wait(self.poll_every)
        beats.join()
        self._survive(self._leave)
        connections.close_all()

    def stop(self) -> None:
        self._stopping.set()

    def work_once(self) -> bool:
        """Do what every round does, queue what is due, take over what was lost, run one task; False for none."""
        self._go_round()
        jobs.enqueue_due()
        self.take_over()
        result = self._claim()
        if result is None:
            return False
        self._carry_out(result)
        return True

    def work_off(self) -> int:
        """Run everything that may run now (tests and the generator of the demo); returns how many tasks."""
        self._beat()
        count = 0
        while self.work_once():
            count += 1
        return count

    def take_over(self) -> int:
        """Give back the tasks of workers that have not been heard of; returns how many there were."""
        alive = set(
            Heartbeat.objects.filter(seen_at__gt=now() - self.lost_after).values_list("worker", flat=True)
        )
        running = DBTaskResult.objects.running().exclude(started_at__gt=now() - self.lost_after)
        lost = [result for result in running if result.worker_ids[-1] not in alive]
        for result in lost:
            logger.warning("task %s of %s was lost", result.id, result.worker_ids[-1])
            self._try_again(result, Lost(f"worker {result.worker_ids[-1]} was killed"))
        return len(lost)

    @staticmethod
    def _go_round() -> None:
        for name, run in jobs.ROUNDS.items():
            try:
                run()
            except OperationalError:  # the database is away or locked: the whole round waits
                raise
            except Exception:  # whatever a module raises, the others go on
                logger.exception("round %s failed", name)

    def _claim(self) -> DBTaskResult | None:
        waiting = DBTaskResult.objects.ready()
        if not waiting.exists():  # spares SQLite a write lock every second
            return None
        with transaction.atomic():
            result: DBTaskResult | None = waiting.get_locked()
            if result is not None:
                result.claim(self.name)
        return result

    def _carry_out(self, result: DBTaskResult) -> None:
        try:
            result.task.call(*result.args_kwargs["args"], **result.args_kwargs["kwargs"])
        except Exception as error:  # whatever a task raises, the worker goes on
            logger.warning("task %s failed: %s", result.task_path, type(error).__name__, exc_info=error)
            self._try_again(result, error)
        else:
            if self._is_still_mine(result):
                result.set_successful(None)  # nobody asks for a value

    def _try_again(self, result: DBTaskResult, error: Exception) -> None:
        tries = len(result.worker_ids)
        if tries >= TRIES:
            if self._is_still_mine(result):
                result.set_failed(error)
            return
        self._mine(result).update(
            status=TaskResultStatus.READY, run_after=now() + self.pauses[min(tries, len(self.pauses)) - 1]
        )

    @staticmethod
    def _mine(result: DBTaskResult) -> QuerySet[DBTaskResult]:
        """The row as this worker claimed it: whoever comes late changes nothing."""
        running: QuerySet[DBTaskResult] = DBTaskResult.objects.running()
        return running.filter(pk=result.pk, started_at=result.started_at)

    def _is_still_mine(self, result: DBTaskResult) -> bool:
        return bool(self._mine(result).exists())

    def _survive(self, step: Callable[[], object]) -> bool:
        """Carry out a step; a database that is locked or away is no reason to die."""
        try:
            close_old_connections()
            return bool(step())
        except (OperationalError, DatabaseError) as error:
            logger.warning("worker waits for the database: %s", error)
            connections.close_all()
            return False

    def _beat(self) -> None:
        Heartbeat.objects.update_or_create(worker=self.name, defaults={"seen_at": now()})

    def _beat_until_stopped(self) -> None:
        while not self._stopping.wait(self.beat_every):
            self._survive(self._beat)
        connections.close_all()

    def _leave(self) -> None:
        Heartbeat.objects.filter(worker=self.name).delete()
