"""The followers of this process. A change renders each stream that is followed once, however many follow it."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from django.db import close_old_connections

if TYPE_CHECKING:
    from collections.abc import Callable

    from nenep.live.streams import Stream, Topic

logger = logging.getLogger(__name__)

# Rendering and asking for rights; few, since each thread keeps a connection to the database.
THREADS = 2
_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="live")


async def in_thread(function: Callable[..., Any], *arguments: Any) -> Any:
    """Run what asks the database outside the event loop."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _with_connection, function, *arguments)


class Feed:
    """One stream of one thing: the latest state as bytes ready to be sent, and a number that grows with it."""

    def __init__(self, stream: Stream, pk: int) -> None:
        self.stream, self.pk = stream, pk
        self.version = 0
        self.state = b""
        self.followers = 0
        self.is_stale = asyncio.Event()
        self.is_stale.set()
        self._changed = asyncio.Condition()
        self._keeper = asyncio.create_task(self._keep_fresh())

    @property
    def topic(self) -> Topic:
        return self.stream.topic, self.pk

    async def after(self, version: int) -> None:
        """Return when there is a state newer than `version`. Whoever is slow is shown the latest, not each."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.version > version)

    def end(self) -> None:
        self._keeper.cancel()

    async def _keep_fresh(self) -> None:
        """Render whenever something rang; many rings during one rendering cost one more."""
        while True:
            await self.is_stale.wait()
            self.is_stale.clear()
            try:
                regions = await in_thread(self.stream.render, self.pk)
            except Exception:  # one stream that breaks must not end the others; the next ring tries again
                logger.exception("a followed stream could not be rendered")
                continue
            state = events(regions)
            if state == self.state:
                continue
            async with self._changed:
                self.state, self.version = state, self.version + 1
                self._changed.notify_all()


class Hub:
    """All feeds of this process; used in the server's event loop, but for `ring`."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._feeds: dict[tuple[str, int], Feed] = {}
        self.is_closing = asyncio.Event()

    def open(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.is_closing = asyncio.Event()

    def close(self) -> None:
        """Let every stream end: the server is about to stop."""
        self.is_closing.set()
        self._loop = None

    def join(self, stream: Stream, pk: int) -> Feed:
        feed = self._feeds.get((stream.name, pk))
        if feed is None:
            feed = self._feeds[stream.name, pk] = Feed(stream, pk)
        feed.followers += 1
        return feed

    def leave(self, feed: Feed) -> None:
        feed.followers -= 1
        if not feed.followers:
            feed.end()
            self._feeds.pop((feed.stream.name, feed.pk), None)

    def ring(self, topic: Topic) -> None:
        """From any thread. A process that serves nobody, such as a command, has nobody to tell."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._ring, topic)

    def ring_all(self) -> None:
        """Some rings may have been missed: show everybody the present state."""
        for feed in self._feeds.values():
            feed.is_stale.set()

    def _ring(self, topic: Topic) -> None:
        for feed in self._feeds.values():
            if feed.topic == topic:
                feed.is_stale.set()


def events(regions: Any) -> bytes:
    """Regions as server-sent events, one for each, named like the region."""
    blocks = []
    for name, html in regions.items():
        data = "\n".join(f"data: {line}" for line in html.splitlines() or [""])
        blocks.append(f"event: {name}\n{data}\n\n")
    return "".join(blocks).encode()


def _with_connection(function: Callable[..., Any], *arguments: Any) -> Any:
    close_old_connections()
    try:
        return function(*arguments)
    finally:
        close_old_connections()


hub = Hub()
