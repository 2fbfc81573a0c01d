"""A meeting on 100 devices: how long joining takes, and how long a change takes to reach them all.

    python -m tools.measure_room [--devices 100] [--changes 30]

Makes a throw-away installation with one branch, serves it as `serve` does (DATABASE_URL for PostgreSQL), lets every
device open its seat in the room and follow it, has 60 members check in within 60 seconds while the chair moves on,
and prints medians, p99, the greatest, and what joining costs the server in processor time.
Exit 1 when a promise is not kept: joining 2 s, a change 1 s (p99), no error, and everybody who was
answered stands in the roll.
The devices run in this process, on the same processors as the server.
"""

from __future__ import annotations

import argparse
import asyncio
import html
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.ports import free_port, wait_for

ROOT = Path(__file__).resolve().parents[1]
CHECK_INS, WITHIN = 60, 60.0
MOST_JOINING, MOST_CHANGE = 2.0, 1.0
PATIENCE = 30.0
REST = 3.0  # what a server loads when it starts, it has loaded before a branch meets
# Runs inside the installation: one branch, everybody with an open session, the meeting open and nobody called.
WORLD = """
import json
from datetime import timedelta
from django.conf import settings
from django.test import Client
from nenep.access.tests.make import sign_in
from nenep.meetings.models import Attendance, MeetingStatus
from nenep.meetings.tests.make import make_meeting
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_members
from nenep.rooms import codes
from nenep.shared.dates import now
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
branch = make_body()
secretary = make_member(branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)
members = [secretary, *make_members(branch, {devices} - 1)]
meeting = make_meeting(branch, status=MeetingStatus.OPENED, chair=secretary, at=now() - timedelta(hours=1))
Attendance.objects.filter(meeting=meeting).delete()
cookies = []
for member in members:
    client = Client()
    sign_in(client, member)
    cookies.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
items = list(meeting.items.values_list("pk", flat=True))
print(json.dumps(dict(body=branch.pk, meeting=meeting.pk, items=items, cookies=cookies)))
"""
# An answer that leads on may lead anywhere: what counts is who stands in the roll afterwards.
ROLL = """
from nenep.meetings.models import Attendance, Presence
print(Attendance.objects.filter(meeting={meeting}, presence__in=[Presence.PRESENT, Presence.LATE]).count())
"""


@dataclass
class Device:
    """One phone: a session, and every moment at which the room was shown to it anew, with what was shown."""

    port: int
    session: str
    token: str = ""
    csrf: str = ""
    live: str = ""
    shown: list[tuple[float, str]] = field(default_factory=list)

    async def get(self, path: str) -> str:
        return await self._ask(f"GET {path} HTTP/1.1", "")

    async def post(self, path: str, **fields: str) -> str:
        return await self._ask(
            f"POST {path} HTTP/1.1", urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": self.token})
        )

    async def open_seat(self, path: str) -> None:
        page = await self.get(path)
        self.token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
        self.csrf = re.findall(r"csrftoken=([^;]+)", page)[0]
        self.live = html.unescape(re.findall(r'data-live="([^"]+)"', page)[0])

    async def follow(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(self._head(f"GET {self.live} HTTP/1.1", 0).encode())
        event = ""
        while line := await reader.readline():
            if line.startswith(b"data:"):
                event += line.decode()
            elif event and not line.strip():
                self.shown.append((time.monotonic(), event))
                event = ""

    async def _ask(self, first: str, body: str) -> str:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write((self._head(first, len(body)) + body).encode())
        answer = (await asyncio.wait_for(reader.read(), PATIENCE)).decode()
        writer.close()
        status = int(answer.split(" ", 2)[1])
        if status not in {200, 302}:
            raise RuntimeError(f"{first}: {status}")
        return answer

    def _head(self, first: str, length: int) -> str:
        cookies = f"sessionid={self.session}" + (f"; csrftoken={self.csrf}" if self.csrf else "")
        host = f"127.0.0.1:{self.port}"
        lines = [first, f"Host: {host}", f"Cookie: {cookies}", f"Origin: http://{host}", "Connection: close"]
        if length:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {length}"]
        return "\r\n".join(lines) + "\r\n\r\n"


def main() -> int:
    wanted = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    wanted.add_argument("--devices", type=int, default=100)
    wanted.add_argument("--changes", type=int, default=30)
    options = wanted.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "NENEP_DATA": folder,
            "NENEP_PROFILE": "demo",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }
        _manage(environment, "migrate", "-v0")
        _manage(environment, "createcachetable")
        script = WORLD.replace("{devices}", str(options.devices))
        world = json.loads(_manage(environment, "shell", "--no-imports", "-v", "0", "-c", script))
        port = free_port()
        command: list[str | Path] = [sys.executable, ROOT / "manage.py", "serve", "--port", str(port)]
        server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_for(port)
            kept = asyncio.run(_measure(port, server.pid, world, options.changes))
            script = ROLL.replace("{meeting}", str(world["meeting"]))
            counted = int(_manage(environment, "shell", "--no-imports", "-v", "0", "-c", script))
            asked = min(CHECK_INS, options.devices)
            print(f"{counted} of {asked} stand in the roll")
            return 0 if kept and counted == asked else 1
        finally:
            server.terminate()
            server.wait()


async def _measure(port: int, server: int, world: dict[str, Any], changes: int) -> bool:
    """Whether what was measured keeps the promises."""
    devices = [Device(port, session) for session in world["cookies"]]
    seat = f"/rooms/{world['meeting']}/seat/"
    await devices[0].open_seat(seat)  # whoever opened the meeting has looked at it before the others come
    await asyncio.sleep(REST)
    began, spent = time.monotonic(), _processor_time(server)
    followers: list[asyncio.Task[None]] = []
    joined = await asyncio.gather(*(_join(device, seat, followers) for device in devices))
    everybody, spent = time.monotonic() - began, _processor_time(server) - spent
    chair = devices[0]
    errors: list[Exception] = []
    checking = asyncio.create_task(_check_in_all(devices, seat, world["meeting"], errors))
    delays: list[float] = []
    for number in range(changes):
        item = world["items"][(number + 1) % len(world["items"])]
        since = time.monotonic()
        await chair.post(f"/rooms/items/{item}/")
        title = f"Nội dung {(number + 1) % len(world['items']) + 1}/"
        delays += await asyncio.gather(*(_seen(device, title, since) for device in devices))
    seconds = await checking
    _say("joining: page and first state", joined)
    print(f"{'all devices joined after':36} {everybody:6.2f} s")
    print(f"{'processor time of the server':36} {1000 * spent / len(devices):6.1f} ms for each that joins")
    _say("a change on every device", delays)
    print(f"{CHECK_INS} check-ins in {seconds:.1f} s, {len(errors)} errors")
    for error in errors[:3]:
        print(error)
    for follower in followers:
        follower.cancel()
    return _p99(joined) <= MOST_JOINING and _p99(delays) <= MOST_CHANGE and not errors and seconds <= WITHIN


async def _join(device: Device, seat: str, followers: list[asyncio.Task[None]]) -> float:
    began = time.monotonic()
    await device.open_seat(seat)
    followers.append(asyncio.create_task(device.follow()))
    while not device.shown:  # noqa: ASYNC110  # a device is read by nobody else
        await asyncio.sleep(0.005)
    return time.monotonic() - began


async def _seen(device: Device, words: str, since: float) -> float:
    """Seconds from `since`, when the change was sent, until the device was shown it."""
    while time.monotonic() - since < PATIENCE:
        for at, event in reversed(device.shown):
            if at < since:
                break
            if words in event:
                return at - since
        await asyncio.sleep(0.005)
    raise TimeoutError(f"{words} was not shown within {PATIENCE} s")


async def _check_in_all(devices: list[Device], seat: str, meeting: int, errors: list[Exception]) -> float:
    """Each of 60 members types the code of the screen, evenly over a fifth of the time that is allowed."""
    chair, began = devices[0], time.monotonic()

    async def check_in(device: Device, after: float) -> None:
        await asyncio.sleep(after)
        screen = await chair.get(f"/rooms/{meeting}/code/")
        try:
            await device.post(f"{seat}check-in/", code=re.findall(r'room-digits">(\d{4})', screen)[0])
        except (RuntimeError, TimeoutError) as error:
            errors.append(error)

    pause = WITHIN / 5 / CHECK_INS
    await asyncio.gather(
        *(check_in(device, place * pause) for place, device in enumerate(devices[-CHECK_INS:]))
    )
    return time.monotonic() - began


def _say(what: str, seconds: list[float]) -> None:
    print(
        f"{what:36} median {statistics.median(seconds):.2f} s, p99 {_p99(seconds):.2f} s, most {max(seconds):.2f} s"
    )


def _processor_time(process: int) -> float:
    """Seconds of processor that a process has used, by Linux' own count; 0.0 on other systems."""
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _p99(seconds: list[float]) -> float:
    return sorted(seconds)[max(0, round(0.99 * len(seconds)) - 1)]


def _manage(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", *arguments],
        env=environment,
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
