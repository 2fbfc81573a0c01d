"""When a body ends, what it had not implemented goes on with its successors, which begin anew with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nenep.directives.found import receipts
from nenep.directives.models import Receipt
from nenep.journal.operations import record
from nenep.organizations.reads import kind_on
from nenep.search.operations import put_all
from nenep.shared.dates import day_begins, now

if TYPE_CHECKING:
    from nenep.organizations.endings import Ending


def hand_over_directives(ending: Ending) -> None:
    """Each open receipt ends; every successor that has none gets one of its own.

    What the body discussed, confirmed and made stays with it, as its meetings do: the successor has other members.
    """
    at = now()
    since = min(at, day_begins(ending.day))
    left = Receipt.objects.filter(body=ending.body, ended_at=None)
    open_ones = list(left.filter(implemented_on=None).values_list("directive_id", flat=True))
    ended = list(left.values_list("pk", flat=True))
    if not left.update(ended_at=at):
        return
    put_all(receipts().filter(pk__in=ended))
    record("directives.ended", by=ending.by, body=ending.body.pk, obj=ending.body, count=len(open_ones))
    for successor in ending.successors:
        is_branch = kind_on(successor.pk, ending.day).is_branch
        had = set(Receipt.objects.filter(body=successor).values_list("directive_id", flat=True))
        rows = [
            Receipt(directive_id=key, body=successor, is_branch=is_branch, arrived_at=since)
            for key in open_ones
            if key not in had
        ]
        made = Receipt.objects.bulk_create(rows)
        if rows:
            put_all(receipts().filter(pk__in=[row.pk for row in made]))
            record("directives.taken_over", by=ending.by, body=successor.pk, obj=ending.body, count=len(rows))
