"""`./nenep sign FILE [--output FILE]`: signs a PDF digitally with the key of this installation; exit 1 when refused."""

import sys
from dataclasses import replace
from getpass import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from nenep.documents.signing import KeyFile, configured, sign
from nenep.files.checking import refuse_size
from nenep.shared.commands import ConsoleCommand, stop
from nenep.shared.states import Refused


class Command(ConsoleCommand):
    help = "Ký số một tệp PDF bằng khóa đã cài đặt; tệp gốc giữ nguyên."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="TỆP", help="tệp PDF cần ký")
        parser.add_argument("--reason", default="Ban hành văn bản", metavar="LÝ_DO", help="lý do ký")
        parser.add_argument("--place", default="", metavar="NƠI", help="nơi ký")
        parser.add_argument(
            "--output", type=Path, metavar="TỆP", help="tệp đã ký; mặc định thêm “-da-ky” vào tên"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        file: Path = options["file"]
        if not file.is_file():
            stop(f"Không có tệp {file}; hãy kiểm tra lại tên tệp.")
        output: Path = options["output"] or file.with_name(f"{file.stem}-da-ky.pdf")
        if output.exists():
            stop(f"Đã có tệp {output}; hãy chọn tên khác bằng --output.")
        try:
            refuse_size(file.stat().st_size)
            key = configured()
            made = sign(file.read_bytes(), _unlocked(key), reason=options["reason"], place=options["place"])
        except Refused as refused:
            stop(str(refused), 1)
        output.write_bytes(made)
        self.stdout.write(f"Đã ký: {output}")


def _unlocked(key: Any) -> Any:
    """Whoever keeps the passphrase in no file types it."""
    name = "passphrase" if isinstance(key, KeyFile) else "pin"
    if getattr(key, name) or not sys.stdin.isatty():
        return key
    return replace(key, **{name: getpass("Mật khẩu của khóa (mã PIN): ")})
