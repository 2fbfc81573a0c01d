"""Saying that something changed. Nothing about it leaves the database: followers are shown it anew."""

from __future__ import annotations

from functools import partial

from django.db import connection, transaction

from nenep.live.hub import hub

PG_CHANNEL = "nenep_live"


def publish(topic: str, pk: int) -> None:
    """Wake all who follow (topic, pk), in every serving process, once the transaction under way is committed."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # delivered at the commit, in its order
            cursor.execute("SELECT pg_notify(%s, %s)", [PG_CHANNEL, f"{topic}:{pk}"])
        return
    transaction.on_commit(partial(hub.ring, (topic, pk)))
