"""`./nenep search --rebuild [--check]`: make the index of words anew from the records and print what differs.

With --check nothing is kept, and differences are a finding: exit 1.
"""

import sys
from typing import Any

from django.core.management.base import CommandParser

from nenep.search.rebuilding import differences, rebuild
from nenep.shared.commands import ConsoleCommand


class Command(ConsoleCommand):
    help = "Lập lại bảng từ để tìm kiếm từ bản ghi gốc; --check chỉ in chỗ khác, không ghi."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="lập lại từ đầu")
        parser.add_argument("--check", action="store_true", help="chỉ so sánh, không ghi")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not options["rebuild"]:
            self.stderr.write("Hãy ghi ./nenep search --rebuild, thêm --check nếu chỉ muốn so sánh.")
            sys.exit(2)
        found = list(differences()) if options["check"] else rebuild()
        for row in found:
            self.stdout.write(f"{row.type} {row.object_id}: {row.kind}".strip())
        self.stdout.write(f"{len(found)} chỗ khác.")
        if found and options["check"]:
            sys.exit(1)
