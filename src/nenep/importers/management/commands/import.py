# ruff: noqa: N999  # the command is called so
"""`./nenep import KIND FILE [--dry-run]`: exit 0 when loaded, 1 when the file has errors, 2 for bad use."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from nenep.importers import exports
from nenep.importers.operations import Report, check, export, load
from nenep.importers.schemas import SCHEMAS
from nenep.shared.commands import ConsoleCommand
from nenep.shared.states import Refused

SHOWN_AT_MOST = 50


class Command(ConsoleCommand):
    help = "Nạp tổ chức, đảng viên, chức vụ hoặc các tháng đã qua từ bảng tính .xlsx hay .csv."

    def add_arguments(self, parser: CommandParser) -> None:
        kinds = "; ".join(f"{kind}: {str(schema.label).lower()}" for kind, schema in SCHEMAS.items())
        parser.add_argument("kind", metavar="KIND", choices=list(SCHEMAS), help=kinds)
        parser.add_argument("file", metavar="FILE", type=Path, help="tệp .xlsx hoặc .csv")
        parser.add_argument("--dry-run", action="store_true", help="chỉ xem sẽ ra sao, không ghi gì")
        parser.add_argument("--marked", metavar="FILE", type=Path, help="ghi tệp .xlsx đã đánh dấu lỗi")
        parser.add_argument("--template", action="store_true", help="ghi tệp mẫu vào FILE")
        parser.add_argument("--export", action="store_true", help="ghi dữ liệu đang có vào FILE theo tệp mẫu")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        schema, file = SCHEMAS[options["kind"]], options["file"]
        if options["template"] or options["export"]:
            content = exports.template(schema) if options["template"] else export(schema.kind, by=None)
            file.write_bytes(content)
            self.stderr.write(f"Đã ghi {file}.")
            return
        if not file.is_file():
            self._give_up(f"Không có tệp {file}.", 2)
        content = file.read_bytes()
        try:
            report = (check if options["dry_run"] else load)(schema.kind, file.name, content, by=None)
        except Refused as refused:
            if options["json"]:
                document = _unread(schema.kind, str(refused), dry=options["dry_run"])
                self.stdout.write(json.dumps(document, ensure_ascii=False))
            self._give_up(str(refused), 1)
        if options["marked"] and report.faults:
            options["marked"].write_bytes(exports.marked(file.name, content, report.faults))
        self._tell(report, dry=options["dry_run"], as_json=options["json"])
        if not report.is_good:
            sys.exit(1)

    def _tell(self, report: Report, *, dry: bool, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(_document(report, dry=dry), ensure_ascii=False))
            return
        for fault in report.faults[:SHOWN_AT_MOST]:
            self.stdout.write(f"Dòng {fault.row}, cột {fault.header}: {fault.message}")
        if len(report.faults) > SHOWN_AT_MOST:
            self.stdout.write(
                f"Còn {len(report.faults) - SHOWN_AT_MOST} lỗi nữa; dùng --marked để có tệp đánh dấu."
            )
        self.stdout.write(_sentence(report, dry=dry))

    def _give_up(self, sentence: str, code: int) -> None:
        self.stderr.write(sentence)
        sys.exit(code)


def _sentence(report: Report, *, dry: bool) -> str:
    if report.faults:
        return f"{report.rows} dòng, {len(report.faults)} lỗi; chưa ghi gì."
    if not report.written:
        return f"{report.rows} dòng; mọi thứ đã có sẵn, không có gì thay đổi."
    done = "sẽ ghi" if dry else "đã ghi"
    return f"{report.rows} dòng: {done} {report.written}, giữ nguyên {report.unchanged}."


def _document(report: Report, *, dry: bool) -> dict[str, Any]:
    return {
        "kind": report.kind,
        "dry_run": dry,
        "rows": report.rows,
        "written": report.written,
        "unchanged": report.unchanged,
        "errors": [{"row": f.row, "column": f.header, "message": f.message} for f in report.faults],
    }


def _unread(kind: str, sentence: str, *, dry: bool) -> dict[str, Any]:
    """The document of a file that could not be read at all: its one error belongs to no row."""
    error = {"row": None, "column": None, "message": sentence}
    return _document(Report(kind, rows=0), dry=dry) | {"errors": [error]}
