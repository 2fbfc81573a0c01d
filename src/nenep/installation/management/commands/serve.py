"""`./nenep serve [--host H] [--port N] [--workers N] [--no-copy]`: the server."""

from typing import Any

from django.core.management.base import CommandParser

from nenep.installation.sentences import sentences
from nenep.installation.serving import serve
from nenep.shared.commands import ConsoleCommand


class Command(ConsoleCommand):
    help = "Chạy máy chủ; tự nâng cấp dữ liệu cũ sau khi đã sao một bản."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="địa chỉ để lắng nghe")
        parser.add_argument("--port", type=int, default=8000, help="cổng để lắng nghe")
        parser.add_argument("--workers", type=int, default=1, help="số tiến trình (chỉ với PostgreSQL)")
        parser.add_argument(
            "--no-copy", action="store_true", help="nâng cấp mà không sao cơ sở dữ liệu trước"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        with sentences():
            serve(
                options["host"],
                options["port"],
                workers=options["workers"],
                copy=not options["no_copy"],
                say=self._say,
            )

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
