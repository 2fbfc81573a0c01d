"""`./nenep verify [--json]`: exit 0 when every chain holds, 1 with the first broken row."""

import json
import sys
from typing import Any

from django.core.management.base import CommandParser

from nenep.journal.verification import verify
from nenep.shared.commands import ConsoleCommand

REASONS = {
    "changed": "dòng đã bị sửa",
    "missing": "thiếu dòng",
    "cut": "phần cuối chuỗi đã bị cắt hoặc thêm",
    "witness": "không khớp với đầu chuỗi mà cấp trên đang giữ",
}


class Command(ConsoleCommand):
    help = "Kiểm tra nhật ký: phát hiện dòng bị sửa, bị xóa hoặc bị cắt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        found = verify()
        if options["json"]:
            self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False))
        elif found.broken:
            broken = found.broken
            self.stdout.write(
                f"Nhật ký hỏng tại dòng {broken.seq} (chuỗi {broken.chain}, số {broken.number}): "
                f"{REASONS[broken.reason]}."
            )
        else:
            self.stdout.write(f"Nhật ký nguyên vẹn: {found.events} dòng trong {found.chains} chuỗi.")
        if not found.ok:
            sys.exit(1)
