"""The serving process: pages in a fixed pool of threads, live streams, and the worker as one thread beside them."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from typing import TYPE_CHECKING, Any

from django.conf import settings

from nenep.installation import checkpoints
from nenep.installation.warming import Warming
from nenep.live.endpoint import Live
from nenep.notices.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

logger = logging.getLogger(__name__)

# A task under way gets this long when the server stops; a longer one is taken over at the next start.
WORKER_STOPS_WITHIN = 5.0
# An answer under way gets this long.
ANSWERS_STOP_WITHIN = 3.0


class Serving:
    """An ASGI application around `pages` that starts and stops what lives beside them.

    Only a server that serves sends "lifespan"; other commands import this module and start nothing.
    """

    def __init__(self, pages: Callable[..., Awaitable[None]]) -> None:
        self.pages = self.live = Live(pages)
        self.companions: list[tuple[Any, threading.Thread]] = []
        self.under_way = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan":
            await self._answer(scope, receive, send)
            return
        await receive()
        self.live.start()
        self._start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.live.stop()
        await self._let_answers_end()
        await asyncio.to_thread(self._stop)
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Any, receive: Any, send: Any) -> None:
        self.under_way += 1
        try:
            # granian hands out an awaitable; a2wsgi reads request bodies with calls that take coroutines only.
            await self.pages(scope, _as_coroutine(receive), send)
        finally:
            self.under_way -= 1

    async def _let_answers_end(self) -> None:
        latest = time.monotonic() + ANSWERS_STOP_WITHIN
        while self.under_way and time.monotonic() < latest:  # noqa: ASYNC110  # once, at the end
            await asyncio.sleep(0.05)

    def _start(self) -> None:
        companions: list[Any] = [Warming()]
        if checkpoints.are_ours():
            checkpoints.keep_from_requests()
            companions.append(checkpoints.Checkpointer())
        if settings.EMBEDDED_WORKER:
            companions.append(Worker())
        for companion in companions:
            thread = threading.Thread(target=companion.run, name=type(companion).__name__, daemon=True)
            thread.start()
            self.companions.append((companion, thread))

    def _stop(self) -> None:
        for companion, _thread in self.companions:
            companion.stop()
        for _companion, thread in self.companions:
            thread.join(WORKER_STOPS_WITHIN)
            if thread.is_alive():
                logger.warning("%s was still at work when the server stopped", thread.name)
        self.companions.clear()


def _as_coroutine(receive: Callable[[], Awaitable[Any]]) -> Callable[[], Coroutine[Any, Any, Any]]:
    async def received() -> Any:
        return await receive()

    return received
