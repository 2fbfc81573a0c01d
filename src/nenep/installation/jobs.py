"""Nightly upkeep of the installation."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.models import Session
from django_tasks_db.models import DBTaskResult

from nenep.journal.operations import witness_chains
from nenep.notices.jobs import register_job
from nenep.notices.models import Heartbeat
from nenep.privacy.retention import forget_what_is_over
from nenep.shared.dates import now

DONE_TASKS_KEPT = timedelta(days=7)
FAILED_TASKS_KEPT = timedelta(days=60)
SILENT_WORKERS_KEPT = timedelta(days=1)


def register() -> None:
    register_job("journal.witness", every="day", run=witness_chains)
    register_job("installation.sweep", every="day", run=sweep)
    register_job("privacy.forget", every="month", run=forget_what_is_over)


def sweep() -> int:
    """Delete ended sessions, finished tasks and workers long gone; returns how many rows."""
    at = now()
    finished = DBTaskResult.objects.successful().filter(finished_at__lt=at - DONE_TASKS_KEPT)
    failed = DBTaskResult.objects.failed().filter(finished_at__lt=at - FAILED_TASKS_KEPT)
    stale = Session.objects.filter(expire_date__lt=at)
    gone = Heartbeat.objects.filter(seen_at__lt=at - SILENT_WORKERS_KEPT)
    return sum(rows.delete()[0] for rows in (finished, failed, stale, gone))
