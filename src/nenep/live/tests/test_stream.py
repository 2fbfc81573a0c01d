"""The open connection, played with the messages that a server sends to an ASGI application."""

import asyncio
import time
from contextlib import asynccontextmanager

import pytest
from django.conf import settings

from nenep.live import endpoint, streams
from nenep.live.endpoint import Live, cookies_of
from nenep.live.hub import hub
from nenep.live.passes import follow_address, is_good
from nenep.live.streams import Stream
from nenep.shared.viewer import Viewer


class Shown:
    """A thing with one region; `allowed` says who may follow it."""

    def __init__(self):
        self.words = "Có mặt 8/9"
        self.rendered = 0
        self.allowed = True

    def render(self, _pk):
        self.rendered += 1
        return {"counts": f"<p>{self.words}</p>"}


@pytest.fixture
def shown():
    shown = Shown()
    streams.register(
        Stream("test-hall", "test", lambda _viewer, pk: shown.allowed and pk == 12, shown.render)
    )
    yield shown
    streams._streams.pop("test-hall")


class Connection:
    """A browser that has asked for an address and listens."""

    def __init__(self, live, path, method="GET", session=""):
        self.sent, self._leaves = [], asyncio.Event()
        path, _mark, query = path.partition("?")
        headers = [(b"cookie", f"{settings.SESSION_COOKIE_NAME}={session}".encode())] if session else []
        scope = {"type": "http", "method": method, "path": path, "headers": headers}
        scope["query_string"] = query.encode()
        self.task = asyncio.create_task(live(scope, self._receive, self._send))

    async def _receive(self):
        await self._leaves.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message):
        self.sent.append(message)

    @property
    def status(self):
        return self.sent[0]["status"]

    @property
    def text(self):
        return b"".join(message.get("body", b"") for message in self.sent).decode()

    async def until(self, condition):
        async with asyncio.timeout(5):
            while not condition():  # noqa: ASYNC110
                await asyncio.sleep(0.005)

    def leave(self):
        self._leaves.set()


async def nobody_else(_scope, _receive, send):
    await send({"type": "http.response.start", "status": 299, "headers": []})


@asynccontextmanager
async def serving():
    # Who is behind a cookie is asked in access/tests/test_cookies.py; here everybody is somebody.
    live = Live(nobody_else, viewer_of=lambda _cookies: Viewer(actor="member:1"))
    hub.open()
    yield live
    hub.close()


def play(scene):
    async def whole():
        async with serving() as live:
            await scene(live)

    asyncio.run(whole())


def test_a_connection_begins_with_the_present_state(shown):
    async def scene(live):
        page = Connection(live, "/live/test-hall/12/")
        await page.until(lambda: "Có mặt" in page.text)
        assert page.status == 200
        assert page.text == "event: counts\ndata: <p>Có mặt 8/9</p>\n\n"
        page.leave()
        await page.task

    play(scene)


def test_a_ring_shows_every_follower_the_new_state_and_renders_it_once(shown):
    async def scene(live):
        pages = [Connection(live, "/live/test-hall/12/") for _number in range(20)]
        for page in pages:
            await page.until(lambda page=page: "8/9" in page.text)
        before, shown.words = shown.rendered, "Có mặt 9/9"
        await asyncio.to_thread(hub.ring, ("test", 12))
        for page in pages:
            await page.until(lambda page=page: "9/9" in page.text)
            page.leave()
        await asyncio.gather(*(page.task for page in pages))
        assert shown.rendered == before + 1

    play(scene)


def test_a_ring_for_another_thing_or_without_a_change_sends_nothing(shown):
    async def scene(live):
        page = Connection(live, "/live/test-hall/12/")
        await page.until(lambda: "8/9" in page.text)
        before = page.text
        hub.ring(("test", 13))
        hub.ring(("test", 12))
        await page.until(lambda: shown.rendered == 2)
        await asyncio.sleep(0.05)
        assert page.text == before
        page.leave()
        await page.task

    play(scene)


def test_a_state_that_cannot_be_rendered_once_is_rendered_at_the_next_ring(shown, caplog):
    async def scene(live):
        page = Connection(live, "/live/test-hall/12/")
        await page.until(lambda: "8/9" in page.text)
        words, shown.words = shown.words, None
        shown.render_was, failing = shown.render, lambda _pk: 1 / 0
        feed = next(iter(hub._feeds.values()))
        object.__setattr__(feed.stream, "render", failing)
        hub.ring(("test", 12))
        await page.until(lambda: "could not be rendered" in caplog.text)
        object.__setattr__(feed.stream, "render", shown.render_was)
        shown.words = words.replace("8", "7")
        hub.ring(("test", 12))
        await page.until(lambda: "7/9" in page.text)
        page.leave()
        await page.task

    play(scene)


@pytest.mark.parametrize("path", ["/live/test-hall/13/", "/live/no-such/12/"])
def test_what_one_may_not_follow_is_not_there(shown, path):
    async def scene(live):
        page = Connection(live, path)
        await page.task
        assert (page.status, page.text) == (404, "")

    play(scene)


def test_a_stream_is_only_read(shown):
    async def scene(live):
        page = Connection(live, "/live/test-hall/12/", method="POST")
        await page.task
        assert page.status == 405

    play(scene)


@pytest.mark.parametrize(("still_allowed", "ends"), [(False, True), (True, False)])
def test_a_right_that_ends_ends_the_stream(shown, monkeypatch, still_allowed, ends):
    monkeypatch.setattr(endpoint, "BEAT_EVERY", 0.02)
    monkeypatch.setattr(endpoint, "ASK_AGAIN", 0.04)

    async def scene(live):
        page = Connection(live, "/live/test-hall/12/")
        await page.until(lambda: "8/9" in page.text)
        shown.allowed = still_allowed
        _done, under_way = await asyncio.wait([page.task], timeout=0.5)
        assert bool(under_way) is not ends
        page.leave()
        await page.task

    play(scene)


def passes(session, pk=12):
    return follow_address(session, "test-hall", pk)


@pytest.mark.parametrize(
    ("session", "address", "status"),
    [
        ("mine", lambda: passes("mine"), 200),
        ("other", lambda: passes("mine"), 404),
        ("", lambda: passes(None), 404),
        ("mine", lambda: passes("mine", 13).replace("/13/", "/12/"), 404),
        ("mine", lambda: passes("mine")[:-1], 404),
        ("mine", lambda: "/live/test-hall/12/?pass=²-", 404),
    ],
)
def test_a_pass_opens_one_stream_for_one_session_without_asking(shown, session, address, status):
    shown.allowed = False  # whoever is asked for the right is refused

    async def scene(live):
        page = Connection(live, address(), session=session)
        await page.until(lambda: page.sent)
        assert page.status == status
        page.leave()
        await page.task

    play(scene)


def test_a_pass_holds_for_half_a_minute_and_its_stream_asks_again(shown, monkeypatch):
    old = passes("mine")
    began = time.time()
    monkeypatch.setattr(time, "time", lambda: began + 32)
    assert not is_good(old.partition("=")[2], "mine", "test-hall", 12)
    monkeypatch.setattr(endpoint, "BEAT_EVERY", 0.02)
    monkeypatch.setattr(endpoint, "ASK_AGAIN", 0.04)
    shown.allowed = False

    async def scene(live):
        page = Connection(live, passes("mine"), session="mine")
        async with asyncio.timeout(2):
            await page.task
        assert page.status == 200

    play(scene)


def test_streams_end_when_the_server_stops(shown):
    async def scene(live):
        page = Connection(live, "/live/test-hall/12/")
        await page.until(lambda: "8/9" in page.text)
        hub.close()
        async with asyncio.timeout(2):
            await page.task
        assert hub._feeds == {}

    play(scene)


def test_other_addresses_are_handed_on(shown):
    async def scene(live):
        page = Connection(live, "/live/test-hall/twelve/")
        await page.task
        assert page.status == 299

    play(scene)


def test_cookies_are_read_as_the_pages_read_them():
    scope = {"headers": [(b"cookie", b"__Host-session=abc; nenep_text=20"), (b"host", b"x")]}
    assert cookies_of(scope) == {"__Host-session": "abc", "nenep_text": "20"}


def test_a_process_that_serves_nobody_rings_nobody():
    hub.close()
    hub.ring(("test", 12))
