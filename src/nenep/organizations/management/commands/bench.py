"""./nenep bench: how long reads take on the data that is here, or on generated countries of several sizes."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection

from nenep.organizations.country import SIZES
from nenep.organizations.models import Body
from nenep.shared.commands import ConsoleCommand, stop
from nenep.shared.dates import today
from nenep.shared.measuring import milliseconds, offered

if TYPE_CHECKING:
    from argparse import ArgumentParser

Row = dict[str, Any]
YARDSTICK = "select 1"


class Command(ConsoleCommand):
    help = "Đo thời gian đọc, so với câu lệnh đơn giản nhất của cơ sở dữ liệu trong cùng lượt đo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--size", choices=SIZES, nargs="+", help="sinh dữ liệu tạm cỡ này rồi đo; không có thì đo tại chỗ"
        )
        parser.add_argument(
            "--with", type=Path, nargs="+", default=[], dest="earlier", help="kết quả --json của cỡ khác"
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="in kết quả dạng JSON")

    def handle(self, *, size: list[str] | None, earlier: list[Path], as_json: bool, **_options: Any) -> None:
        rows = [row for path in earlier for row in _kept(path)]
        if size:
            if connection.vendor != "sqlite":
                stop(
                    "Với PostgreSQL hãy sinh từng cỡ vào một cơ sở dữ liệu riêng bằng lệnh generate, đo từng cỡ "
                    "bằng bench --json, rồi gộp bằng bench --with."
                )
            rows += [row for one in size for row in _measured_apart(one)]
        else:
            rows += _measured_here()
        answer = {"rows": rows, "exponents": exponents(rows)}
        self.stdout.write(json.dumps(answer) if as_json else _table(answer))


def _kept(path: Path) -> list[Row]:
    try:
        rows: list[Row] = json.loads(path.read_text())["rows"]
    except (OSError, ValueError, LookupError, TypeError):
        stop(f"Tệp {path} không đọc được hoặc không phải kết quả của bench --json; hãy chọn tệp khác.")
    return rows


def exponents(rows: list[Row]) -> dict[str, float]:
    """How time grows with the number of branches: 0 is flat, 1 is proportional. Smallest against largest size."""
    found: dict[str, float] = {}
    for name in dict.fromkeys(row["name"] for row in rows):
        times = {row["size"]: row["ratio"] for row in rows if row["name"] == name}
        small, large = min(times), max(times)
        if small < large:
            found[name] = round(math.log(times[large] / times[small]) / math.log(large / small), 2)
    return found


def _measured_here() -> list[Row]:
    """One row per measurement; `size` is the number of branches, `yardstick` the time of the plainest statement."""
    size = Body.objects.on(today()).branches().count()
    rows = []
    for measure in offered():
        before = milliseconds(_select_one)
        taken = milliseconds(measure.run)
        yardstick = (before + milliseconds(_select_one)) / 2
        rows.append(
            {
                "name": measure.name,
                "size": size,
                "ms_median": round(taken, 3),
                "yardstick": round(yardstick, 4),
                "ratio": round(taken / yardstick, 1),
            }
        )
    return rows


def _measured_apart(size: str) -> list[Row]:
    """Generate a country into a folder that is thrown away, and measure it in processes of its own."""
    manage = str(settings.ROOT / "manage.py")
    with tempfile.TemporaryDirectory(prefix="nenep-bench-") as folder:
        environment = os.environ | {"NENEP_DATA": folder, "NENEP_PROFILE": "demo"}

        def run(*arguments: str) -> str:
            done = subprocess.run(  # noqa: S603  # our own command
                [sys.executable, manage, *arguments],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                stop(done.stderr.strip(), done.returncode)
            return done.stdout

        run("generate", "--size", size)
        rows: list[Row] = json.loads(run("bench", "--json"))["rows"]
        return rows


def _select_one() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def _table(answer: Row) -> str:
    lines = [f"{'':32}{'chi bộ':>9}{'ms':>12}{'lần select 1':>14}"]
    lines += [
        f"{row['name']:32}{row['size']:>9}{row['ms_median']:>12}{row['ratio']:>14}" for row in answer["rows"]
    ]
    lines += [f"{name:32}{'số mũ':>9}{exponent:>12}" for name, exponent in answer["exponents"].items()]
    return "\n".join(lines)
