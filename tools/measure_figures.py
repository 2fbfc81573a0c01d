"""How long 63 past months of 264 branches take to import, and their figures to compute, as the commands are typed.

    python -m tools.measure_figures

Loads the sheets of the demo into a data folder that is thrown away (SQLite), without its month under way: bodies,
members and offices first, then the months of the founding report, which are timed from typing the command to its end.
Then the figures of a day and of the whole period, each in a process of its own, by the `elapsed_ms` that they print.
Exits with 1 when one takes longer than promised. On a busy machine the processor seconds say more than the clock.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
IMPORT_SECONDS, FIGURES_MS = 60.0, 1000.0
TIMES = 5
# In January the demo has no months of the year before it: the sheet holds the 63 months of the report and no more.
TODAY = date(2026, 1, 15)
ASKED = {
    "figures of a day": ["--as-of", "2015-09-29"],
    "figures of 63 months": ["--from", "2010-07-01", "--to", "2015-09-30"],
}
WRITE_SHEETS = """
import sys
from datetime import date
from pathlib import Path
sys.path.insert(0, "src")
import django
django.setup()
from nenep.demo.sheets import sheets
for kind, workbook in sheets(date.fromisoformat(sys.argv[1])):
    (Path(sys.argv[2]) / f"{kind}.xlsx").write_bytes(workbook)
    print(kind)
"""


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="nenep-figures-") as folder:
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment = kept | {
            "NENEP_DATA": f"{folder}/data",
            "NENEP_PROFILE": "demo",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }

        def run(*arguments: str) -> str:
            return subprocess.run(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=environment,
                capture_output=True,
                text=True,
                check=True,
            ).stdout

        kinds = run("-c", WRITE_SHEETS, TODAY.isoformat(), folder).split()
        run("manage.py", "migrate", "-v0")
        for kind in kinds[:-1]:
            run("manage.py", "import", kind, f"{folder}/{kind}.xlsx")
        began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        said = run("manage.py", "import", kinds[-1], f"{folder}/{kinds[-1]}.xlsx").strip()
        seconds, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"import: {said} {seconds:.1f} s, at most {IMPORT_SECONDS:.0f} s; processor {processor:.1f} s")
        is_slow = seconds > IMPORT_SECONDS
        for name, days in ASKED.items():
            answers = [json.loads(run("manage.py", "figures", *days, "--json")) for _time in range(TIMES)]
            taken = [answer["elapsed_ms"] for answer in answers]
            print(
                f"{name}: {statistics.median(taken):.0f} ms, slowest {max(taken):.0f}, at most {FIGURES_MS:.0f} ms"
            )
            is_slow |= max(taken) > FIGURES_MS
    return int(is_slow)


if __name__ == "__main__":
    sys.exit(main())
