"""Timed jobs: who has something to do every minute, hour, day or month registers it here in `ready()`.

A job must be idempotent: it may run twice when its process is killed, and once for several missed times.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, get_args

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, TaskResultStatus

from nenep.notices.models import Schedule
from nenep.notices.tasks import run_job
from nenep.shared.dates import next_month, now

if TYPE_CHECKING:
    from collections.abc import Callable

Every = Literal["minute", "hour", "day", "month"]

# Daily and monthly work is done while nobody meets; a machine that was off does it when it is on again.
NIGHT = time(2, 0)


@dataclass(frozen=True, slots=True)
class Job:
    name: str
    every: Every
    run: Callable[[], object]

    def next_run(self, after: datetime) -> datetime:
        """The first moment of its rhythm after `after`."""
        local = timezone.localtime(after)
        if self.every == "minute":
            return local.replace(second=0, microsecond=0) + timedelta(minutes=1)
        if self.every == "hour":
            return local.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        tonight = local.replace(hour=NIGHT.hour, minute=NIGHT.minute, second=0, microsecond=0)
        if self.every == "day":
            return tonight if tonight > local else tonight + timedelta(days=1)
        first = tonight.replace(day=1)
        if first > local:
            return first
        following = next_month(local.date())
        return first.replace(year=following.year, month=following.month)


_jobs: dict[str, Job] = {}
JOBS = MappingProxyType(_jobs)
_rounds: dict[str, Callable[[], object]] = {}
ROUNDS = MappingProxyType(_rounds)


def register_job(name: str, *, every: Every, run: Callable[[], object]) -> None:
    """Have `run()` called in the given rhythm by exactly one worker. `name` ("module.what") is unique."""
    if every not in get_args(Every):
        raise ValueError(f"job {name!r} runs every {every!r}; allowed are {', '.join(get_args(Every))}")
    if name in _jobs and _jobs[name].run is not run:
        raise ValueError(f"job {name!r} is registered twice")
    _jobs[name] = Job(name, every, run)


def register_round(name: str, run: Callable[[], object]) -> None:
    """Have `run()` called in every round of every worker, about each second, without a row in the queue.

    For what must follow within seconds. It must be quick when there is nothing to do, and bear being run by
    several workers at once.
    """
    if name in _rounds and _rounds[name] is not run:
        raise ValueError(f"round {name!r} is registered twice")
    _rounds[name] = run


def enqueue_due(at: datetime | None = None) -> int:
    """Queue each job whose time has come, once however many workers ask; returns how many were queued."""
    at = at or now()
    _note_new(at)
    due = Schedule.objects.filter(name__in=JOBS, next_run__lte=at).order_by("next_run", "name")
    return sum(_take(schedule, at) for schedule in due)


def _note_new(at: datetime) -> None:
    known = set(Schedule.objects.values_list("name", flat=True))
    new = [
        Schedule(name=job.name, next_run=job.next_run(at)) for job in JOBS.values() if job.name not in known
    ]
    if new:
        Schedule.objects.bulk_create(new, ignore_conflicts=True)


@transaction.atomic
def _take(schedule: Schedule, at: datetime) -> bool:
    """Compare-and-set on the row: of several workers only one moves it on, and that one queues the run."""
    mine = Schedule.objects.filter(pk=schedule.pk, next_run=schedule.next_run)
    if not mine.update(next_run=JOBS[schedule.name].next_run(at)):
        return False
    if _is_under_way(schedule.name):  # a slow run is not overtaken by the next one
        return False
    run_job.enqueue(schedule.name)
    return True


def _is_under_way(name: str) -> bool:
    unfinished = DBTaskResult.objects.filter(
        task_path=run_job.module_path, status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]
    )
    return any(row.args_kwargs["args"] == [name] for row in unfinished.only("args_kwargs"))
