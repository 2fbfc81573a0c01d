"""How long finding takes among 100,000 documents, on both databases: `.venv/bin/python -m tools.measure_search`.

95 of 100 answers within LIMIT milliseconds, for each question and each reader of `search.measures`; exit 1 beyond it.
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

from tools import postgres

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 100
TIMES = 40
DOCUMENTS, BRANCHES, ORGANIZATIONS = 100_000, 264, 60


def main(wanted: list[str]) -> int:
    slow = 0
    for database in wanted or ["sqlite", "postgres"]:
        if database == "postgres":
            with postgres.throw_away() as url:
                rows = _measured_apart(DATABASE_URL=url)
        else:
            rows = _measured_apart()
        print(f"{database}, {DOCUMENTS:,} documents{'':16}{'median':>8}{'p95':>8} ms")
        for name, (median, p95, found) in rows.items():
            slow += p95 > LIMIT
            print(f"  {name:40}{median:8.1f}{p95:8.1f}   {found} found{' TOO SLOW' if p95 > LIMIT else ''}")
    return 1 if slow else 0


def _measured_apart(**environment: str) -> dict[str, tuple[float, float, int]]:
    """In a process with a data folder of its own: name -> median, 95th percentile, how many were found."""
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
    found: dict[str, tuple[float, float, int]] = json.loads(done.stdout)
    return found


def measure() -> dict[str, tuple[float, float, int]]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django  # noqa: PLC0415  # settings stand before

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

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
    measured = {}
    for name, run in asked().items():
        taken = []
        for _number in range(TIMES):
            start = time.perf_counter()
            answer = run()
            taken.append((time.perf_counter() - start) * 1000)
        p95 = statistics.quantiles(taken, n=20)[-1]
        measured[name] = (statistics.median(taken), p95, len(answer.found))
    return measured


if __name__ == "__main__":
    if sys.argv[1:] == ["--here"]:
        print(json.dumps(measure()))
    else:
        sys.exit(main(sys.argv[1:]))
