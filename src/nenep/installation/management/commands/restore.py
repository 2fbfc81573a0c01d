"""`./nenep restore FILE`: back into an empty data folder, after checking it; exit 1 for a refused file."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from nenep.installation.archives import Unfit, restore
from nenep.installation.sentences import sentences
from nenep.rulebook.loader import library
from nenep.shared.commands import ConsoleCommand, stop


class Command(ConsoleCommand):
    help = "Khôi phục một bản sao lưu vào thư mục dữ liệu trống, sau khi đã kiểm tra bản ấy."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="tệp sao lưu")

    def handle(self, *_args: Any, **options: Any) -> None:
        library()
        try:
            with sentences():
                manifest = restore(options["file"].resolve())
        except Unfit as unfit:
            stop(str(unfit), code=1)
        self.stdout.write(
            f"Đã khôi phục bản sao lưu lúc {manifest.made_at} (Nền nếp {manifest.version}). "
            "Hãy chạy ./nenep verify để kiểm tra nhật ký, rồi ./nenep serve."
        )
