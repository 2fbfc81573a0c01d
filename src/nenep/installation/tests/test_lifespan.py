import asyncio

from a2wsgi import WSGIMiddleware

from nenep.installation import warming
from nenep.installation.lifespan import Serving


class Answer:
    """What granian's receive() gives back: it can be awaited, but it is no coroutine."""

    def __init__(self, message):
        self.message = message

    def __await__(self):
        yield from asyncio.sleep(0).__await__()
        return self.message


def echo(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["wsgi.input"].read()]


def test_a_posted_body_reaches_the_pages_from_a_server_that_hands_out_awaitables():
    parts = [
        {"type": "http.request", "body": b"size=", "more_body": True},
        {"type": "http.request", "body": b"24", "more_body": False},
    ]
    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/",
        "query_string": b"",
        "headers": [(b"content-length", b"7")],
        "server": ("testserver", 80),
        "client": ("testclient", 1),
    }
    asyncio.run(Serving(WSGIMiddleware(echo))(scope, lambda: Answer(parts.pop(0)), send))
    assert b"".join(message.get("body", b"") for message in sent) == b"size=24"


def test_a_server_that_has_started_has_compiled_every_page_once(monkeypatch):
    loaded = []
    monkeypatch.setattr(warming, "get_template", loaded.append)
    assert warming.load_everything() == len(loaded) == len(set(loaded))
    assert {"rooms/seat.html", "meetings/room.html"} <= set(loaded)
