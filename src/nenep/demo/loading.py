"""Loads the demo: sheets through the importers, then the month under way through the operations."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from nenep.demo.accounts import open_accounts
from nenep.demo.bodies import SUCCEEDED_ON, SUCCESSOR
from nenep.demo.models import DemoLoaded
from nenep.demo.present import play
from nenep.demo.sheets import sheets
from nenep.facts.summing import bring_up_to_date
from nenep.importers.operations import load
from nenep.organizations.kinds import Kind
from nenep.organizations.models import Body
from nenep.people.offices import open_term
from nenep.shared.dates import clock_at, now
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

# The demo's present lies after the succession of 2025 and near enough for its people to live through.
FIRST_DAY, LAST_DAY = date(2026, 1, 1), date(2035, 12, 31)
EVENING = time(21, 0)


def refuse_unusable_day(day: date) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Refused(
            f"Dữ liệu mẫu không coi {day:%d/%m/%Y} là hôm nay được; "
            f"hãy chọn --today từ {FIRST_DAY:%d/%m/%Y} đến {LAST_DAY:%d/%m/%Y}."
        )


def load_demo(today: date, *, say: Callable[[str], object]) -> None:
    """Load everything or nothing, in a database that is marked before; refused where there is anything else."""
    if Body.objects.exists():
        raise Refused("Cơ sở dữ liệu này đã có dữ liệu thật nên không nạp dữ liệu mẫu vào được.")
    mark, _was_there = DemoLoaded.objects.update_or_create(pk=1, defaults={"today": today})
    with transaction.atomic(), clock_at(_present(today)):
        _load(today, say=say)
        mark.finished_at = now()
        mark.save(update_fields=["finished_at"])


def _load(today: date, *, say: Callable[[str], object]) -> None:
    folder = settings.DATA / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    for kind, workbook in sheets(today):
        (folder / f"{kind}.xlsx").write_bytes(workbook)
        report = load(kind, f"{kind}.xlsx", workbook, by=None)
        if not report.is_good:
            fault = report.faults[0]
            raise RuntimeError(f"{kind}.xlsx row {fault.row}, {fault.header}: {fault.message}")
        say(f"Đã nạp {kind}.xlsx: {report.written} dòng.")
    _open_terms()
    open_accounts(today)
    say(f"Đã diễn tháng {today:%m/%Y} của {play(today)} chi bộ.")
    bring_up_to_date()


def _present(today: date) -> datetime:
    """The present moment, or the evening of another day: that is when the demo is loaded."""
    if today == timezone.localdate(now()):
        return now()
    return timezone.make_aware(datetime.combine(today, EVENING))


def _open_terms() -> None:
    """The term of 2025 of every body that numbers papers."""
    numbering = set(Kind) - {Kind.ADVISORY_UNIT}
    for body in Body.objects.on(SUCCEEDED_ON).of_kind(*sorted(numbering)):
        open_term(
            body, name="2025-2030" if body.code == SUCCESSOR else "2025-2027", day=SUCCEEDED_ON, by=None
        )
