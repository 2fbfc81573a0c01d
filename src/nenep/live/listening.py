"""On PostgreSQL each serving process listens to what the others publish."""

from __future__ import annotations

import asyncio
import logging

from django.db import connection
from psycopg import AsyncConnection, Error
from psycopg.conninfo import make_conninfo

from nenep.live.hub import hub
from nenep.live.operations import PG_CHANNEL

logger = logging.getLogger(__name__)

PAUSE = 1.0  # seconds before the next try when the database was away


async def listen() -> None:
    """Ring for every notification, until cancelled. After each new connection everybody is shown the present state."""
    conninfo = _conninfo()
    while True:
        try:
            async with await AsyncConnection.connect(conninfo, autocommit=True) as listener:
                await listener.execute(f"LISTEN {PG_CHANNEL}")
                hub.ring_all()
                async for notification in listener.notifies():
                    topic, _colon, pk = notification.payload.partition(":")
                    if pk.isdigit():
                        hub.ring((topic, int(pk)))
        except (Error, OSError) as error:
            logger.warning("not listening to other processes for a moment: %s", error)
        await asyncio.sleep(PAUSE)


def _conninfo() -> str:
    parameters = connection.get_connection_params()
    kept = ("dbname", "user", "password", "host", "port", "service", "sslmode", "sslrootcert")
    return make_conninfo("", **{name: parameters[name] for name in kept if parameters.get(name)})
