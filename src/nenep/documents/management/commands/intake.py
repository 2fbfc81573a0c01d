"""`./nenep intake FILE [--json]`: reads a document; exit 1 for a file that is refused. Nothing is kept."""

import json
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import CommandParser

from nenep.documents.intake.reading import read
from nenep.files.checking import refuse_size
from nenep.rulebook import rules_on
from nenep.shared.commands import ConsoleCommand, stop
from nenep.shared.dates import today
from nenep.shared.states import Refused


class Command(ConsoleCommand):
    help = "Đọc một văn bản (.txt, .docx, .pdf, .xlsx, ảnh) và nêu những chỗ nghi ngờ; không lưu gì."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="TỆP", help="văn bản cần đọc")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        file: Path = options["file"]
        if not file.is_file():
            stop(f"Không có tệp {file}; hãy kiểm tra lại tên tệp.")
        try:
            refuse_size(file.stat().st_size)
            numbering = rules_on(today(), ()).numbering  # a paper of any body: no local rules
            began = perf_counter()
            found = read(file.name, file.read_bytes(), numbering)
        except Refused as refused:
            stop(str(refused), 1)
        found["elapsed_ms"] = round((perf_counter() - began) * 1000, 1)
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(_told(found)))


def _told(found: dict[str, Any]) -> list[str]:
    """What a clerk copies into a register, and how much there is to look at."""
    number, stamp = found["number"], found["stamp"]
    doubt = " (chưa chắc, đọc sao ghi vậy)" if number["uncertain"] else ""
    rows = (
        ("Loại", found["kind"]),
        ("Số", f"{number['as_read']}{doubt}" if number["as_read"] else None),
        ("Nơi ban hành", found["issuer"]),
        ("Nơi, ngày", ", ".join(filter(None, (found["place"], found["date"]))) or None),
        ("Trích yếu", found["subject"]),
        ("Dấu đến", ", ".join(filter(None, stamp.values())) or None),
        ("Người ký", found["signer"]),
        ("Nơi nhận", "; ".join(one["name"] for one in found["recipients"]) or None),
    )
    told = [f"{label}: {value or 'không đọc được'}" for label, value in rows]
    for suspect in found["suspects"]:
        meant = f", có lẽ là “{suspect['suggestion']}”" if suspect["suggestion"] else ""
        told.append(f"Dòng {suspect['line']}: nghi “{suspect['as_read']}” sai do quét{meant}.")
    told += [f"Dòng {', '.join(map(str, check['lines']))}: {check['sentence']}" for check in found["checks"]]
    return told
