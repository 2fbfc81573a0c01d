"""`./nenep verify [--head CHAIN:NUMBER:HASH]... [--heads FILE] [--json]`: exit 1 with the first broken row."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import CommandParser

from nenep.journal.heads import Head, head_in
from nenep.journal.verification import Verification, verify
from nenep.shared.commands import ConsoleCommand

REASONS = {
    "changed": "dòng đã bị sửa",
    "missing": "thiếu dòng",
    "cut": "phần cuối chuỗi đã bị cắt hoặc thêm",
    "witness": "không khớp với đầu chuỗi mà cấp trên đang giữ",
    "head": "không khớp với mã đối chiếu giữ ở ngoài; chuỗi đã bị viết lại hoặc bị cắt phần cuối",
}


class Command(ConsoleCommand):
    help = "Kiểm tra nhật ký: phát hiện dòng bị sửa, bị xóa hoặc bị cắt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            action="append",
            default=[],
            metavar="CHAIN:NUMBER:HASH",
            help="mã đối chiếu đã giữ ở ngoài: trong bản sao lưu, ở cuối biên bản; có thể lặp lại",
        )
        parser.add_argument("--heads", type=Path, metavar="FILE", help="tệp có mỗi dòng một mã đối chiếu")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        kept = [_parsed(written) for written in [*options["head"], *_lines(options["heads"])]]
        found = verify(kept)
        if options["json"]:
            self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False))
        else:
            self._tell(found, len(kept))
        if not found.ok:
            sys.exit(1)

    def _tell(self, found: Verification, kept: int) -> None:
        if broken := found.broken:
            self.stdout.write(
                f"Nhật ký hỏng tại dòng {broken.seq} (chuỗi {broken.chain}, số {broken.number}): "
                f"{REASONS[broken.reason]}."
            )
            return
        fitting = f" Khớp với {kept} mã đối chiếu giữ ở ngoài." if kept else ""
        self.stdout.write(f"Nhật ký nguyên vẹn: {found.events} dòng trong {found.chains} chuỗi.{fitting}")
        if found.head:
            self.stdout.write(f"Mã đối chiếu lúc này, nên giữ thêm ở nơi khác: {found.head}")


def _lines(file: Path | None) -> Iterator[str]:
    if file is None:
        return
    if not file.is_file():
        _give_up(f"Không có tệp {file}; hãy kiểm tra lại tên tệp.")
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        _give_up(f"{file} không phải tệp chữ có mỗi dòng một mã đối chiếu; hãy kiểm tra lại tên tệp.")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


def _parsed(written: str) -> Head:
    try:
        return head_in(written)
    except ValueError:
        _give_up(f"“{written}” không phải mã đối chiếu; hãy viết đủ CHUỖI:SỐ:MÃ như đã in ra.")


def _give_up(sentence: str) -> NoReturn:
    sys.stderr.write(f"{sentence}\n")
    sys.exit(2)
