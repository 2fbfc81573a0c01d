"""`./nenep figures [--body REF] (--as-of DATE | --from DATE --to DATE) [--json]`: figures of a body."""

import json
import sys
from datetime import date
from time import perf_counter
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import CommandParser
from django.db import connection
from django.urls import reverse

from config.data_folder import DataFolderInUse, hold_for_a_command, let_go
from nenep.facts.summing import bring_up_to_date, is_up_to_date
from nenep.organizations.models import Body
from nenep.reports.attending import visits_between
from nenep.reports.figures import Figure, body_in, body_on
from nenep.reports.pending import without_records
from nenep.reports.periods import figures_between
from nenep.reports.standing import figures_on
from nenep.shared.commands import ConsoleCommand, day
from nenep.shared.states import Refused
from nenep.shared.templatetags.ui import vn_number
from nenep.shared.words import day_words


class Command(ConsoleCommand):
    help = "In số liệu của một tổ chức tại một ngày hoặc trong một thời kỳ."

    def add_arguments(self, parser: CommandParser) -> None:
        of_day: dict[str, Any] = {"type": day, "metavar": "NGÀY"}
        parser.add_argument("--body", metavar="MÃ", help="mã hoặc số của tổ chức; bỏ trống là cấp cao nhất")
        parser.add_argument("--as-of", **of_day, help="số liệu tại ngày này, ví dụ 2015-09-29")
        parser.add_argument("--from", **of_day, dest="start", help="ngày đầu của thời kỳ")
        parser.add_argument("--to", **of_day, dest="end", help="ngày cuối của thời kỳ")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            days = _days(options)
            if "from" in days:
                self._sum()
            reverse("reports:figures")  # reads the program's table of addresses, which is no computing
            began = perf_counter()
            body, figures = _computed(options["body"] or "", days)
            elapsed = (perf_counter() - began) * 1000
        except Refused as refused:
            self._give_up(str(refused))
        document = {
            "body": {"code": body.code, "name": body.name},
            **{name: one.isoformat() for name, one in days.items()},
            "figures": [figure.as_json() for figure in figures],
            "elapsed_ms": round(elapsed, 1),
        }
        text = (
            json.dumps(document, ensure_ascii=False, indent=2)
            if options["json"]
            else _table(body, days, figures)
        )
        self.stdout.write(text)

    def _sum(self) -> None:
        """Take what changed since the worker last ran, unless another process writes to the data folder."""
        if is_up_to_date():
            return
        try:
            if connection.vendor == "sqlite":
                hold_for_a_command(settings.DATA)
            bring_up_to_date()
        except DataFolderInUse:
            self.stderr.write(
                "Máy chủ đang dùng thư mục dữ liệu và chưa cộng xong những thay đổi vừa ghi, nên số liệu dưới đây "
                "là của lần cộng trước; lát nữa đồng chí chạy lại lệnh này."
            )
        finally:
            let_go(settings.DATA)

    def _give_up(self, sentence: str) -> NoReturn:
        self.stderr.write(sentence)
        sys.exit(2)


def _days(options: dict[str, Any]) -> dict[str, date]:
    """{"as_of": day} or {"from": day, "to": day}; Refused for anything else."""
    given = {"as_of": options["as_of"], "from": options["start"], "to": options["end"]}
    days = {name: chosen for name, chosen in given.items() if chosen is not None}
    if days.keys() not in ({"as_of"}, {"from", "to"}):
        raise Refused("Hãy ghi --as-of NGÀY, hoặc cả --from NGÀY và --to NGÀY.")
    if "from" in days and days["to"] < days["from"]:
        raise Refused("Ngày cuối của thời kỳ phải không trước ngày đầu.")
    return days


def _computed(ref: str, days: dict[str, date]) -> tuple[Body, list[Figure]]:
    if "as_of" in days:
        body = body_on(ref, days["as_of"])
        return body, figures_on(body, days["as_of"])
    body = body_in(ref, days["from"], days["to"])
    period = days["from"], days["to"]
    return body, [
        *figures_between(body, *period),
        visits_between(body, *period),
        *without_records(body, *period),
    ]


def _table(body: Body, days: dict[str, date], figures: list[Figure]) -> str:
    width = max(len(figure.label) for figure in figures)
    title = f"{body.name} ({body.code})"
    lines = [title, " đến ".join(day_words(one) for one in days.values()), ""]
    for figure in figures:
        value = "chưa có số liệu" if figure.value is None else f"{vn_number(figure.value)} {figure.unit}"
        lines.append(f"{figure.label:<{width}}  {value:<18}  {figure.base}")
    return "\n".join(lines)
