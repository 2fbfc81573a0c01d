"""./nenep generate --size 100th|10th|full: the structure of a part of the country, to measure on."""

from __future__ import annotations

import json
import resource
import sys
import time
from typing import TYPE_CHECKING, Any

from django.core.management import call_command
from django.db import connection

from nenep.journal.models import Event
from nenep.organizations.country import SIZES, country
from nenep.organizations.loading import load_tree
from nenep.organizations.models import Body, Closure, Edge
from nenep.shared.commands import ConsoleCommand, stop

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(ConsoleCommand):
    help = "Sinh cơ cấu tổ chức của một phần cả nước để đo tốc độ; chỉ ghi vào cơ sở dữ liệu còn trống."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--size", choices=SIZES, required=True, help="phần của cả nước")
        parser.add_argument("--json", action="store_true", dest="as_json", help="in kết quả dạng JSON")

    def handle(self, *, size: str, as_json: bool, **_options: Any) -> None:
        call_command("migrate", verbosity=0)
        if Body.objects.exists() or Event.objects.exists():
            stop(
                "Cơ sở dữ liệu này đã có dữ liệu nên không sinh thêm. Hãy đặt NENEP_DATA là một thư mục trống, "
                "hoặc DATABASE_URL là một cơ sở dữ liệu trống, rồi chạy lại."
            )
        start = time.perf_counter()
        load_tree(country(size), by=None)
        _tell_the_planner()
        answer = {
            "size": size,
            "branches": SIZES[size].branches,
            "bodies": Body.objects.count(),
            "edges": Edge.objects.count(),
            "closure_rows": Closure.objects.count(),
            "seconds": round(time.perf_counter() - start, 1),
            "peak_memory_mb": _peak_memory_mb(),
        }
        if as_json:
            self.stdout.write(json.dumps(answer))
        else:
            self.stdout.write("\n".join(f"{name}: {value}" for name, value in answer.items()))


def _tell_the_planner() -> None:
    """PostgreSQL plans by what it knows of the tables: by itself it would learn of so many new rows minutes later."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _peak_memory_mb() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1 << 20 if sys.platform == "darwin" else 1 << 10))
