"""Server time of every page at the demo's size: `python -m tools.measure_pages [--json]` beside a loaded demo.

Signs in as each demo account, follows the links of its pages (one address for each pattern) and asks for each page
again and again in this process, on a copy of the data. Prints the 95th percentile of processor time in milliseconds
and the number of statements. Fails when a page is above 100 ms, as far as the machine is as fast as the one where the
yardstick, the sign-in page, took YARDSTICK_MS; a slower or busier machine gets as much more as it needs for that page.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 20
MOST_PAGES = 60
TARGET_MS = 100
YARDSTICK = "/accounts/login/"
YARDSTICK_MS = 5.0

if TYPE_CHECKING:
    from django.test import Client


def main() -> int:
    data = Path(os.environ.get("NENEP_DATA", ROOT / "var"))
    if not (data / "profile").exists():
        print("There is no loaded demo here; run ./nenep demo --no-serve first.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="nenep-pages-") as folder:
        copy = shutil.copytree(data, Path(folder) / "data")
        os.environ |= {"NENEP_DATA": str(copy), "NENEP_PROFILE": "demo"}
        return _measure_all()


def _measure_all() -> int:
    sys.path.insert(0, str(ROOT / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # noqa: PLC0415

    django.setup()
    from django.test import Client  # noqa: PLC0415

    from nenep.demo.accounts import ACCOUNTS  # noqa: PLC0415

    stranger = Client(SERVER_NAME="127.0.0.1")
    before = _times(stranger, YARDSTICK)[0]
    rows = [row for account in ACCOUNTS for row in _measure(account.username)]
    yardstick = (before + _times(stranger, YARDSTICK)[0]) / 2
    limit = TARGET_MS * max(1.0, yardstick / YARDSTICK_MS)
    slow = [row for row in rows if row[2] > limit]
    if "--json" in sys.argv:
        names = ("account", "address", "ms_p95", "statements")
        pages = [dict(zip(names, row, strict=True)) for row in rows]
        print(json.dumps({"yardstick_ms": yardstick, "limit_ms": limit, "pages": pages}))
        return 1 if slow else 0
    for username, address, p95, statements in sorted(rows, key=lambda row: -row[2]):
        print(f"{p95:7.1f} ms  {statements:3d} statements  {username:<11} {address}")
    print(
        f"{len(rows)} pages, {len(slow)} above {limit:.0f} ms (p95 of {ROUNDS}); sign-in page {yardstick:.1f} ms"
    )
    return 1 if slow else 0


def _measure(username: str) -> list[tuple[str, str, float, int]]:
    client = _client(username)
    return [(username, address, *_times(client, address)) for address in _pages(client)]


def _client(username: str) -> Client:
    from django.test import Client  # noqa: PLC0415

    from nenep.access.models import Account  # noqa: PLC0415

    client = Client(SERVER_NAME="127.0.0.1")
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(Account.objects.get(username=username), backend=backend)
    return client


def _pages(client: Client) -> list[str]:
    """Addresses that links lead to, one for each pattern (numbers left out), breadth first from the first page."""
    waiting, seen, found = ["/"], set[str](), dict[str, str]()
    while waiting and len(found) < MOST_PAGES:
        address = waiting.pop(0)
        pattern = re.sub(r"\d+", "N", address.split("?")[0])
        if pattern in seen:
            continue
        seen.add(pattern)
        answer = client.get(address)
        if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
            continue
        found[pattern] = address
        links = re.findall(r'href="(/[^"#]*)', html.unescape(answer.content.decode()))
        waiting += [link for link in links if not link.startswith(("/static/", "/files/"))]
    return list(found.values())


def _times(client: Client, address: str) -> tuple[float, int]:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client.get(address)  # the first look of a day at somebody's data writes its event
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
        statements = len(captured)
    times = []
    for _round in range(ROUNDS):
        began = time.process_time()
        client.get(address)
        times.append((time.process_time() - began) * 1000)
    return sorted(times)[int(ROUNDS * 0.95) - 1], statements


if __name__ == "__main__":
    sys.exit(main())
