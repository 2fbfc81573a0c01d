"""`./nenep facts --rebuild [--check]`: recompute facts from the records and print what differs.

With --check nothing is kept, and differences are a finding: exit 1.
"""

import sys
from typing import Any

from django.core.management.base import CommandParser

from nenep.facts.rebuilding import check, rebuild
from nenep.shared.commands import ConsoleCommand


class Command(ConsoleCommand):
    help = "Tính lại số liệu từ bản ghi gốc; --check chỉ in chỗ khác, không ghi."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="tính lại từ đầu")
        parser.add_argument("--check", action="store_true", help="chỉ so sánh, không ghi")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not options["rebuild"]:
            self.stderr.write("Hãy ghi ./nenep facts --rebuild, thêm --check nếu chỉ muốn so sánh.")
            sys.exit(2)
        differences = check() if options["check"] else rebuild()
        for row in differences:
            self.stdout.write(
                f"{row.table} {row.body_id} {row.month:%Y-%m} {row.measure}: đang có {row.kept}, tính lại {row.counted}"
            )
        self.stdout.write(f"{len(differences)} chỗ khác.")
        if differences and options["check"]:
            sys.exit(1)
