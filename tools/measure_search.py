"""How long finding takes among 100,000 documents, on both databases: `.venv/bin/python -m tools.measure_search`.

95 of 100 answers within LIMIT milliseconds, for each question and each reader of `search.measures`; exit 1 beyond it.
On a busy machine the processor's time (of this process and, on Linux, of the server's) says more than the clock.
`sqlite` or `postgres` as an argument measures the one only. The database of the installation is not touched.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tools import postgres

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.backends.base.base import BaseDatabaseWrapper

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 100
TIMES = 40
# Milliseconds: median, 95th percentile, that of the processor's time; how many were found.
Row = tuple[float, float, float, int]
DOCUMENTS, BRANCHES, ORGANIZATIONS = 100_000, 264, 60


def main(wanted: list[str]) -> int:
    slow = 0
    for database in wanted or ["sqlite", "postgres"]:
        if database == "postgres":
            with postgres.throw_away() as url:
                rows = _measured_apart(DATABASE_URL=url)
        else:
            rows = _measured_apart()
        print(f"{database}, {DOCUMENTS:,} documents, ms: median, 95 of 100, processor of 95 of 100, found")
        for name, (median, p95, processor, found) in rows.items():
            slow += p95 > LIMIT
            print(
                f"  {name:32}{median:8.1f}{p95:8.1f}{processor:8.1f}{found:6}{' TOO SLOW' if p95 > LIMIT else ''}"
            )
    return 1 if slow else 0


def _measured_apart(**environment: str) -> dict[str, Row]:
    """In a process with a data folder of its own."""
    with tempfile.TemporaryDirectory(prefix="nenep-search-") as folder:
        done = subprocess.run(
            [sys.executable, "-m", "tools.measure_search", "--here"],
            cwd=ROOT,
            env={
                **os.environ,
                "NENEP_DATA": folder,
                "NENEP_PROFILE": "demo",
                "PYTHONPATH": "src",
                **environment,
            },
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    found: dict[str, Row] = json.loads(done.stdout)
    return found


def measure() -> dict[str, Row]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django  # noqa: PLC0415  # settings stand before

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection, transaction  # noqa: PLC0415

    from nenep.organizations.kinds import Kind  # noqa: PLC0415
    from nenep.organizations.loading import TreeRow, load_tree  # noqa: PLC0415
    from nenep.organizations.models import Body  # noqa: PLC0415
    from nenep.search.measures import asked, make_up  # noqa: PLC0415
    from nenep.shared.dates import today  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    since = date(2010, 1, 1)
    rows = [TreeRow("K", "Đảng bộ Khối", Kind.COMMITTEE, "", valid_from=since)]
    for number in range(ORGANIZATIONS):
        kind = Kind.GRASSROOTS_ORGANIZATION
        rows.append(TreeRow(f"S{number:02d}", f"Đảng bộ Sở {number}", kind, "K", valid_from=since))
    for number in range(BRANCHES):
        above = f"S{number * number // 7 % ORGANIZATIONS:02d}"  # some have many, most have few
        kind = Kind.SUBORDINATE_BRANCH
        rows.append(TreeRow(f"C{number:03d}", f"Chi bộ số {number}", kind, above, valid_from=since))
    load_tree(rows, by=None)
    branches = list(Body.objects.on(today()).branches().values_list("pk", flat=True))
    with transaction.atomic():
        make_up(branches, DOCUMENTS)
    processor = _processor_of(connection)
    measured = {}
    for name, run in asked().items():
        taken, used = [], []
        for _number in range(TIMES):
            start, before = time.perf_counter(), processor()
            answer = run()
            taken.append((time.perf_counter() - start) * 1000)
            used.append(processor() - before)
        p95, used_by_95 = (statistics.quantiles(times, n=20)[-1] for times in (taken, used))
        measured[name] = (statistics.median(taken), p95, used_by_95, len(answer.found))
    return measured


def _processor_of(connection: BaseDatabaseWrapper) -> Callable[[], float]:
    """Milliseconds of the processor so far, of this process and of the server's that answers it."""
    server = Path("/proc/none")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            server = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def used() -> float:
        of_server = int(server.read_text().split()[0]) / 1e6 if server.exists() else 0.0
        return time.process_time() * 1000 + of_server

    return used


if __name__ == "__main__":
    if sys.argv[1:] == ["--here"]:
        print(json.dumps(measure()))
    else:
        sys.exit(main(sys.argv[1:]))
