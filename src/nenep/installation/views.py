"""Two addresses for the machine that watches over this one. They need no sign-in and tell no secret."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from nenep.installation.upgrading import pending_migrations
from nenep.notices.models import Heartbeat
from nenep.notices.worker import LOST_AFTER
from nenep.shared.dates import now

if TYPE_CHECKING:
    from collections.abc import Callable

LAG_ALLOWED = timedelta(minutes=15)


@login_not_required
@never_cache
@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """The whole can work: database, migrations, worker. 503 with the failing part otherwise."""
    parts = {name: _holds(question) for name, question in PARTS.items()}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def _holds(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except DatabaseError:
        return False


def _migrated() -> bool:
    return not pending_migrations()


def _worker_lives() -> bool:
    return Heartbeat.objects.filter(seen_at__gt=now() - LOST_AFTER).exists()


def _queue_flows() -> bool:
    """Nothing has waited for a worker longer than is allowed; a task put off for later is not waiting."""
    return (
        not DBTaskResult.objects.ready().filter(enqueued_at__lt=now() - LAG_ALLOWED, worker_ids=[]).exists()
    )


PARTS: dict[str, Callable[[], bool]] = {
    "database": lambda: Heartbeat.objects.exists() or True,
    "migrations": _migrated,
    "worker": _worker_lives,
    "queue": _queue_flows,
}
