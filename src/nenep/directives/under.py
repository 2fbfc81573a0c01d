"""Everything done under a programme: counts of a period, and the rows behind each (R12)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nenep.assignments.models import Assignment
from nenep.directives.lineage import ORIGIN, with_those_below
from nenep.directives.models import Directive, Made
from nenep.meetings.models import OVER, AgendaItem
from nenep.shared.dates import FOREVER

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.utils.functional import Promise

    from nenep.directives.models import Programme, ProgrammePeriod

WHAT: Mapping[str, str | Promise] = {
    "directives": _("Chỉ đạo của chương trình"),
    "handed_down": _("Chỉ đạo cấp dưới ban hành tiếp"),
    "plans": _("Kế hoạch, văn bản thực hiện"),
    "discussed": _("Lần chi bộ đã bàn"),
    "resolutions": _("Nghị quyết"),
    "assignments": _("Việc đã giao"),
}


@dataclass(frozen=True, slots=True)
class Done:
    """One thing done: by which body, when; `symbol` is that of a paper, never the text of a branch."""

    body_id: int
    day: date
    symbol: str = ""
    directive: int | None = None


def done_under(programme: Programme, period: ProgrammePeriod | None) -> dict[str, list[Done]]:
    """Kind (of `WHAT`) -> what was done, the latest first; `period` None: since the beginning. Eight statements."""
    own = list(programme.directives.filter(issued_at__isnull=False))
    given = {row.pk for row in own}
    chain = set().union(*with_those_below(given).values()) if given else set()
    lower = Directive.objects.filter(pk__in=chain - given)
    made = list(
        Made.objects.told().filter(receipt__directive__in=chain).select_related("receipt", "document")
    )
    found = {
        "directives": [_issued(row) for row in own],
        "handed_down": [_issued(row) for row in lower],
        "plans": [_of(row) for row in made if row.kind in {"document", "entry", "guidance", "words"}],
        "discussed": _discussed(chain),
        "resolutions": [_of(row) for row in made if row.kind == "resolution"],
        "assignments": _work(made, chain),
    }
    first, last = (period.first_day, period.last_day) if period else (programme.source_date, FOREVER)
    return {
        what: sorted((row for row in rows if first <= row.day <= last), key=lambda row: row.day, reverse=True)
        for what, rows in found.items()
    }


def _issued(row: Directive) -> Done:
    assert row.issued_at is not None
    return Done(row.body_id, timezone.localdate(row.issued_at), row.source_symbol, row.pk)


def _of(row: Made) -> Done:
    symbol = row.document.symbol if row.document else row.words
    return Done(row.receipt.body_id, timezone.localdate(row.at), symbol)


def _discussed(chain: set[int]) -> list[Done]:
    items = AgendaItem.objects.filter(
        ~Q(notes="", conclusion="", decision=""),
        origin_type=ORIGIN,
        origin_id__in=chain,
        meeting__status__in=OVER,
    )
    rows = items.values_list("meeting__body_id", "meeting__starts_at")
    return [Done(body, timezone.localdate(at)) for body, at in rows]


def _work(made: list[Made], chain: set[int]) -> list[Done]:
    """What was given from a directive, and what was given under an item that was taken from one; each once."""
    linked = {row.assignment_id for row in made if row.assignment_id}
    by_item = Q(item__origin_type=ORIGIN, item__origin_id__in=chain)
    rows = Assignment.objects.standing().filter(Q(pk__in=linked) | by_item).values_list("body_id", "given_at")
    return [Done(body, timezone.localdate(at)) for body, at in rows]
