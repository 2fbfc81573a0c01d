"""`./nenep backup FILE`: a consistent copy while the program runs."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from nenep.installation.archives import back_up
from nenep.installation.sentences import sentences
from nenep.shared.commands import ConsoleCommand


class Command(ConsoleCommand):
    help = "Sao lưu toàn bộ dữ liệu vào một tệp, trong khi phần mềm vẫn chạy."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="tệp sao lưu sẽ được tạo")

    def handle(self, *_args: Any, **options: Any) -> None:
        path = options["file"].resolve()
        with sentences():
            manifest = back_up(path)
        self.stdout.write(
            f"Đã sao lưu vào {path}: {path.stat().st_size / 1e6:.1f} MB, {len(manifest.members)} tệp, "
            f"{manifest.journal['events']} dòng nhật ký. Tệp này chứa cả khóa bí mật; hãy cất nơi an toàn."
        )
        if head := manifest.journal["head"]:
            self.stdout.write(f"Mã đối chiếu nhật ký, nên ghi lại ở nơi khác: {head}")
