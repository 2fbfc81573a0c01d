"""The open connection: `GET /live/<stream>/<number>/` as server-sent events, in the server's own loop.

It passes no middleware and takes no thread, so that a thousand open pages cost neither. Who asks is read from the
session cookie, at the beginning and again every `ASK_AGAIN`: a right that has ended ends the stream.
"""

from __future__ import annotations

import asyncio
import re
import time
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connections

from nenep.access.cookies import viewer_of_cookies
from nenep.live.hub import hub, in_thread
from nenep.live.listening import listen
from nenep.live.passes import SECONDS, is_good
from nenep.live.streams import stream_named

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from nenep.live.hub import Feed
    from nenep.live.streams import Stream
    from nenep.shared.viewer import Viewer

    Receive = Callable[[], Awaitable[Any]]
    Send = Callable[[Any], Awaitable[None]]

ADDRESS = re.compile(r"^/live/(?P<name>[a-z-]+)/(?P<pk>[0-9]{1,18})/$")
# Below the patience of web servers in front of us.
BEAT_EVERY = 15.0
ASK_AGAIN = float(SECONDS)
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"private, no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class Live:
    """An ASGI application that answers the addresses of streams and hands on all others."""

    def __init__(
        self,
        others: Callable[[Any, Receive, Send], Awaitable[None]],
        *,
        viewer_of: Callable[[Mapping[str, str]], Viewer] = viewer_of_cookies,
    ) -> None:
        self.others, self.viewer_of = others, viewer_of
        self._listener: asyncio.Task[None] | None = None

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        found = ADDRESS.match(scope.get("path", "")) if scope["type"] == "http" else None
        if found is None:
            await self.others(scope, receive, send)
            return
        stream, pk, cookies = stream_named(found["name"]), int(found["pk"]), cookies_of(scope)
        if scope["method"] != "GET":
            await _refuse(send, 405)
        elif stream is None or not (
            _has_pass(scope, stream, pk, cookies) or await in_thread(self._may_follow, stream, pk, cookies)
        ):
            await _refuse(send, 404)  # what one may not see is not there
        else:
            await self._follow(stream, pk, cookies, receive, send)

    def start(self) -> None:
        """Called when the server starts, in its loop."""
        hub.open()
        if "postgresql" in connections.settings["default"]["ENGINE"]:  # opens no connection in this loop
            self._listener = asyncio.create_task(listen())

    def stop(self) -> None:
        hub.close()
        if self._listener is not None:
            self._listener.cancel()

    async def _follow(
        self, stream: Stream, pk: int, cookies: Mapping[str, str], receive: Receive, send: Send
    ) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        feed = hub.join(stream, pk)
        ends = [
            asyncio.create_task(self._send_states(feed, cookies, send)),
            asyncio.create_task(_gone(receive)),
            asyncio.create_task(hub.is_closing.wait()),
        ]
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            hub.leave(feed)
            for task in ends:
                task.cancel()
            await asyncio.gather(*ends, return_exceptions=True)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send_states(self, feed: Feed, cookies: Mapping[str, str], send: Send) -> None:
        """Send each new state until the right to see it ends."""
        shown, asked = 0, time.monotonic()
        while True:
            try:
                await asyncio.wait_for(feed.after(shown), BEAT_EVERY)
            except TimeoutError:
                await _send(send, b":\n\n")
            if time.monotonic() - asked > ASK_AGAIN:
                if not await in_thread(self._may_follow, feed.stream, feed.pk, cookies):
                    return
                asked = time.monotonic()
            if feed.version > shown:
                shown = feed.version
                await _send(send, feed.state)

    def _may_follow(self, stream: Stream, pk: int, cookies: Mapping[str, str]) -> bool:
        viewer = self.viewer_of(cookies)
        return viewer.is_signed_in and stream.may_follow(viewer, pk)


def _has_pass(scope: Any, stream: Stream, pk: int, cookies: Mapping[str, str]) -> bool:
    query = scope.get("query_string", b"").decode("ascii", "replace")
    given = query.removeprefix("pass=") if query.startswith("pass=") else ""
    return is_good(given, cookies.get(settings.SESSION_COOKIE_NAME), stream.name, pk)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": HEADERS[1:]})
    await send({"type": "http.response.body", "body": b""})


def cookies_of(scope: Any) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    for name, value in scope["headers"]:
        if name == b"cookie":
            try:
                jar.load(value.decode("latin-1"))
            except CookieError:
                return {}
    return {name: morsel.value for name, morsel in jar.items()}
