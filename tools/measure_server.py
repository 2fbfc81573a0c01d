"""Requests per second: our server entry (pages in eight threads) beside Django's own ASGI handler.

    python -m tools.measure_server

Makes a throw-away installation, serves it both ways in turn, and prints the median of the rounds for each page,
with the number of connections to the database that each way holds open. Figures of one run compare; figures of
two machines, or of a busy one, do not.
"""

from __future__ import annotations

import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from tools.ports import free_port, wait_for

ROOT = Path(__file__).resolve().parents[1]
ENTRIES = {"a2wsgi, 8 threads": "config.asgi:application", "Django's ASGI handler": "own_handler:application"}
OWN_HANDLER = """
from django.core.asgi import get_asgi_application
application = get_asgi_application()
"""
PAGES = {"/health": "no database", "/ready": "five queries"}
ROUNDS, SECONDS, CLIENTS = 3, 4.0, 16


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = _environment(Path(folder))
        results: dict[tuple[str, str], list[float]] = {}
        handles: dict[str, int] = {}
        for _round in range(ROUNDS):
            for name, entry in ENTRIES.items():
                for page, rate in _measure(name, entry, environment, handles).items():
                    results.setdefault((page, name), []).append(rate)
    for (page, name), rates in sorted(results.items()):
        print(f"{page:8} ({PAGES[page]}) {name:24} {statistics.median(rates):7.0f} requests/s")
    for name, count in handles.items():
        print(f"{name:24} {count} connections to the database after the run")


def _environment(folder: Path) -> dict[str, str]:
    (folder / "own_handler.py").write_text(OWN_HANDLER)
    environment = os.environ | {
        "NENEP_DATA": str(folder / "data"),
        "NENEP_PROFILE": "demo",
        "NENEP_EMBEDDED_WORKER": "0",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{folder}",
    }
    environment.pop("DATABASE_URL", None)
    for arguments in (["migrate", "-v0"], ["createcachetable"]):
        subprocess.run([sys.executable, ROOT / "manage.py", *arguments], env=environment, check=True)
    (folder / "data" / "static").mkdir()
    return environment


def _measure(name: str, entry: str, environment: dict[str, str], handles: dict[str, int]) -> dict[str, float]:
    port = free_port()
    command: list[str | Path] = [
        Path(sys.executable).parent / "granian",
        "--interface",
        "asgi",
        "--port",
        str(port),
        entry,
    ]
    server = subprocess.Popen(
        [*command, "--log-level", "error", "--workers-kill-timeout", "3"],
        env=environment,
        stderr=subprocess.DEVNULL,  # /ready says 503: there is no worker here
    )
    try:
        wait_for(port)
        rates = {page: _rate(port, page) for page in PAGES}
        handles[name] = max(handles.get(name, 0), _database_handles(server.pid))
    finally:
        server.terminate()
        server.wait()
    return rates


def _rate(port: int, page: str) -> float:
    counts: list[int] = []
    until = time.monotonic() + SECONDS

    def ask() -> None:
        connection, count = http.client.HTTPConnection("127.0.0.1", port), 0
        while time.monotonic() < until:
            connection.request("GET", page)
            connection.getresponse().read()
            count += 1
        connection.close()
        counts.append(count)

    threads = [threading.Thread(target=ask) for _client in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS


def _database_handles(pid: int) -> int:
    """Of the server and its children: how often the database file is open (Linux)."""
    parents = {int(line.split()[0]): int(line.split()[1]) for line in _processes()}
    family = [pid, *(child for child, parent in parents.items() if parent == pid)]
    links = [link for member in family for link in Path(f"/proc/{member}/fd").iterdir()]
    return sum(str(link.readlink()).endswith("nenep.sqlite3") for link in links if link.is_symlink())


def _processes() -> list[str]:
    done = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


if __name__ == "__main__":
    main()
