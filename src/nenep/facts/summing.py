"""Re-summing upward. Always sums, never deltas: doing it twice, or after a crash, gives the same rows."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Count, Sum

from nenep.facts.measures import MEASURES
from nenep.facts.models import BranchMonth, Dirty, NodeMonth, NodeMonthNow, NodeMonthWas, TreeSummed
from nenep.facts.tree import CHUNK, ancestors_by_depth, fingerprint
from nenep.organizations.bulk import in_batches
from nenep.organizations.models import Closure
from nenep.shared.dates import month_end, now, today, valid_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

MARKS_AT_ONCE = 10_000


@transaction.atomic
def resum(limit: int = MARKS_AT_ONCE) -> int:
    """Take marks and bring every body above them up to date, as-was and as-now; returns how many marks it took.

    Two workers never take the same marks; a worker that dies leaves them to the next.
    """
    marks = Dirty.objects.order_by("pk").select_for_update(
        skip_locked=connection.features.has_select_for_update
    )
    taken = list(marks[:limit])
    months: dict[date, set[int]] = defaultdict(set)
    for mark in taken:
        months[mark.month].add(mark.body_id)
    for month, bodies in sorted(months.items()):
        _resum_month(NodeMonthWas, month, _above(bodies, month_end(month)), month_end(month))
        _resum_month(NodeMonthNow, month, _above(bodies, today()), today())
    for some in in_batches({mark.pk for mark in taken}, CHUNK):
        Dirty.objects.filter(pk__in=some).delete()
    return len(taken)


@transaction.atomic
def restate_now() -> bool:
    """Restate all as-now sums when today's tree has another shape than the one they hold for."""
    shape = fingerprint(today())
    if TreeSummed.objects.filter(fingerprint=shape).exists():
        return False
    NodeMonthNow.objects.all().delete()
    for month in _months():
        _resum_month(NodeMonthNow, month, _all_above(month, today()), today())
    TreeSummed.objects.all().delete()
    TreeSummed.objects.create(fingerprint=shape, at=now())
    return True


@transaction.atomic
def resum_everything() -> None:
    """Both sums of every month from the branch rows alone."""
    Dirty.objects.all().delete()
    NodeMonthWas.objects.all().delete()
    for month in _months():
        _resum_month(NodeMonthWas, month, _all_above(month, month_end(month)), month_end(month))
    TreeSummed.objects.all().delete()
    restate_now()


def _months() -> list[date]:
    return sorted(BranchMonth.objects.values_list("month", flat=True).distinct())


def _above(bodies: Iterable[int], day: date) -> set[int]:
    return {ancestor for ancestors in ancestors_by_depth(bodies, day).values() for ancestor in ancestors}


def _all_above(month: date, day: date) -> set[int]:
    branches = BranchMonth.objects.filter(month=month).values("body_id")
    rows = Closure.objects.filter(valid_on(day), descendant__in=branches, depth__gt=0)
    return set(rows.values_list("ancestor_id", flat=True).distinct())


def _resum_month(table: type[NodeMonth], month: date, nodes: Iterable[int], day: date) -> None:
    """Set the rows of `nodes` for `month` to the sums of the branches below them on `day`; equal rows stay."""
    for some in in_batches(set(nodes), CHUNK):
        sums = _sums(some, month, day)
        kept = {row.node_id: row for row in table.objects.filter(month=month, node__in=some)}  # type: ignore[attr-defined]
        changed = [
            table(node_id=node, month=month, **sums[node])
            for node in some
            if node in sums and _differs(kept.get(node), sums[node])
        ]
        table.objects.bulk_create(  # type: ignore[attr-defined]
            changed,
            update_conflicts=True,
            unique_fields=["node", "month"],
            update_fields=["branches", *MEASURES],
            batch_size=500,
        )
        table.objects.filter(month=month, node__in=[node for node in some if node not in sums]).delete()  # type: ignore[attr-defined]


def _sums(nodes: Iterable[int], month: date, day: date) -> dict[int, dict[str, int]]:
    below = (
        Closure.objects.filter(
            valid_on(day), ancestor__in=nodes, depth__gt=0, descendant__months__month=month
        )
        .values("ancestor_id")
        .annotate(
            branches=Count("descendant__months"),
            **{name: Sum(f"descendant__months__{name}") for name in MEASURES},
        )
    )
    return {row.pop("ancestor_id"): dict(row) for row in _plain(below)}


def _plain(rows: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in rows]


def _differs(kept: NodeMonth | None, sums: dict[str, int]) -> bool:
    return kept is None or any(getattr(kept, name) != value for name, value in sums.items())
