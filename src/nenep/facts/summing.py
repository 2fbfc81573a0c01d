"""Re-summing upward. Always sums, never deltas: doing it twice, or after a crash, gives the same rows.

A body's row is the sum of the rows of those directly under it, so sums climb level by level and the country's
row costs as many rows as it has provinces.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Count, Max, Q, Sum

from nenep.facts.measures import MEASURES
from nenep.facts.models import BranchMonth, Dirty, NodeMonth, NodeMonthNow, NodeMonthWas, TreeFollowed
from nenep.facts.tree import CHUNK, STAMPS, Tree, stamps_of
from nenep.organizations.bulk import in_batches
from nenep.organizations.models import Change, Closure, Edge
from nenep.shared.dates import month_start, today

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date

    from django.db.models import QuerySet

MARKS_AT_ONCE = 10_000
# More changed bodies than this is a reorganization: everything is summed again.
BODIES_AT_ONCE = 2_000
SUMMED = ("branches", *MEASURES)
# Any number of our own; PostgreSQL keeps these locks apart from those on rows.
SUMMING_LOCK = 5_211_402

Sums = dict[tuple[int, "date"], list[int]]


def bring_up_to_date() -> None:
    """Follow changes of the tree, then take every mark. Costs two short reads when there is nothing to do."""
    follow_tree()
    while resum():
        pass


def resum(limit: int = MARKS_AT_ONCE) -> int:
    """Take marks and bring every body above them up to date, as-was and as-now; returns how many marks it took.

    One worker sums at a time, others get 0: two would overwrite each other's sums. A worker that dies leaves its
    marks to the next.
    """
    if not Dirty.objects.exists():
        return 0
    with transaction.atomic():
        return _take_marks(limit) if _is_alone() else 0


def follow_tree() -> bool:
    """Bring the sums up to date with changes of the tree since the last time; False when there were none.

    A decision that takes effect in a month with figures moves that month; as-now sums also move on the day on
    which a decision made earlier takes effect.
    """
    if not _is_behind():
        return False
    with transaction.atomic():
        if not _is_alone() or not _is_behind():
            return False
        seen = TreeFollowed.objects.first()
        latest = _latest_change()
        if seen is None or today() < seen.day:
            _sum_everything()
        else:
            _follow(Change.objects.filter(Q(pk__gt=seen.last_change) | Q(day__gt=seen.day, day__lte=today())))
        TreeFollowed.objects.update_or_create(pk=1, defaults={"last_change": latest, "day": today()})
    return True


@transaction.atomic
def resum_everything() -> None:
    """Stamps and both sums of every month from the branch rows alone."""
    TreeFollowed.objects.update_or_create(pk=1, defaults={"last_change": _latest_change(), "day": today()})
    _sum_everything()


def _is_alone() -> bool:
    """Whether no other worker is summing; SQLite has one writer anyway."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SUMMING_LOCK])
        return bool(cursor.fetchone()[0])


def _is_behind() -> bool:
    return not TreeFollowed.objects.filter(last_change=_latest_change(), day=today()).exists()


def _latest_change() -> int:
    """Changes of the tree are made one at a time, so their keys are in the order of their commits."""
    return Change.objects.aggregate(latest=Max("pk"))["latest"] or 0


def _take_marks(limit: int) -> int:
    taken = list(Dirty.objects.order_by("pk").values_list("pk", "body_id", "month")[:limit])
    _stamp({(body, month) for _pk, body, month in taken})
    by_month: dict[date, set[int]] = defaultdict(set)
    for _pk, body, month in taken:
        by_month[month].add(body)
    for month, bodies in sorted(by_month.items()):
        _climb(NodeMonthWas, Tree(month), [month], bodies)
    _climb(NodeMonthNow, Tree(), sorted(by_month), {body for _pk, body, _month in taken})
    for some in in_batches((pk for pk, _body, _month in taken), CHUNK):
        Dirty.objects.filter(pk__in=some).delete()
    return len(taken)


def _follow(changes: QuerySet[Change]) -> None:
    """Sum again what changed bodies and their parents of any time hold, and mark the branches below them."""
    found = list(changes.values_list("body_id", "day"))
    bodies = {body for body, _day in found}
    if len(bodies) > BODIES_AT_ONCE:
        _sum_everything()
    elif bodies and BranchMonth.objects.exists():
        since = month_start(min(day for _body, day in found))
        touched = bodies | _parents_ever(bodies)
        _mark_below(touched, since)
        months = _months()
        for month in months:
            if month >= since:
                _climb(NodeMonthWas, Tree(month), [month], also=touched)
        _climb(NodeMonthNow, Tree(), months, also=touched)


def _parents_ever(bodies: AbstractSet[int]) -> set[int]:
    return {
        parent
        for some in in_batches(sorted(bodies), CHUNK)
        for parent in Edge.objects.filter(child__in=some).values_list("parent_id", flat=True)
    }


def _mark_below(bodies: AbstractSet[int], since: date) -> None:
    """The stamps of these branches may have changed; taking the marks writes them anew."""
    for some in in_batches(sorted(bodies), CHUNK):
        below = Closure.objects.filter(ancestor__in=some, valid_to__gt=since).values("descendant_id")
        rows = BranchMonth.objects.filter(body__in=below, month__gte=since)
        marks = [Dirty(body_id=body, month=month) for body, month in rows.values_list("body_id", "month")]
        Dirty.objects.bulk_create(marks, batch_size=1000)


def _sum_everything() -> None:
    for table in (Dirty, NodeMonthWas, NodeMonthNow):
        table.objects.all().delete()
    months = _months()
    branches: set[int] = set()
    for month in months:
        bodies = set(BranchMonth.objects.filter(month=month).values_list("body_id", flat=True))
        _stamp({(body, month) for body in bodies})
        _climb(NodeMonthWas, Tree(month), [month], bodies)
        branches |= bodies
    _climb(NodeMonthNow, Tree(), months, branches)


def _months() -> list[date]:
    return sorted(BranchMonth.objects.order_by().values_list("month", flat=True).distinct())


def _stamp(pairs: AbstractSet[tuple[int, date]]) -> None:
    """Set the stamps of these branches' months where they differ from the tree as it is known now."""
    by_month: dict[date, set[int]] = defaultdict(set)
    for body, month in pairs:
        by_month[month].add(body)
    stamps = stamps_of(pairs)
    for month, bodies in by_month.items():
        for some in in_batches(sorted(bodies), CHUNK):
            rows = BranchMonth.objects.filter(month=month, body__in=some).values_list("body_id", *STAMPS)
            wrong = [body for body, *kept in rows if kept != list(stamps[body, month].values())]
            # An update of many rows to different values: every one of them exists.
            BranchMonth.objects.bulk_create(
                [BranchMonth(body_id=body, month=month, **stamps[body, month]) for body in wrong],
                update_conflicts=True,
                unique_fields=["body", "month"],
                update_fields=STAMPS,
                batch_size=500,
            )


def _climb(
    table: type[NodeMonth],
    tree: Tree,
    months: Sequence[date],
    bodies: Iterable[int] = (),
    *,
    also: AbstractSet[int] = frozenset(),
) -> None:
    """Set the rows above `bodies`, of `also` and of all above those, for these months."""
    if months:
        for nodes in tree.levels_above(bodies, also=also):
            for some in in_batches(nodes, CHUNK):
                _set(table, _sums_of_children(table, tree, months, some), months, some)


def _sums_of_children(
    table: type[NodeMonth], tree: Tree, months: Sequence[date], nodes: Sequence[int]
) -> Sums:
    """(node, month) -> the sums of what is directly under it: bodies with rows of their own, and branches."""
    sums: Sums = {}
    for source, path, branches in ((table, "node", Sum("branches")), (BranchMonth, "body", Count("pk"))):
        rows = (
            source._base_manager.filter(
                tree.holds(prefix=f"{path}__edges_up__"),
                **{"month__in": months, f"{path}__edges_up__parent__in": nodes},
            )
            .values_list(f"{path}__edges_up__parent_id", "month")
            .annotate(branch_count=branches, **{f"sum_{name}": Sum(name) for name in MEASURES})
        )
        for node, month, *added in rows:
            was = sums.get((node, month))
            sums[node, month] = [a + b for a, b in zip(was, added, strict=True)] if was else added
    return sums


def _set(table: type[NodeMonth], sums: Sums, months: Sequence[date], nodes: Sequence[int]) -> None:
    """Write only rows that differ; a row whose body has nothing under it any more goes."""
    rows = table._base_manager.filter(node__in=nodes, month__in=months)
    kept = {(node, month): values for node, month, *values in rows.values_list("node_id", "month", *SUMMED)}
    _write(table, [(*key, *values) for key, values in sums.items() if kept.get(key) != values])
    for node, month in kept.keys() - sums.keys():
        rows.filter(node=node, month=month).delete()


def _write(table: type[NodeMonth], rows: Sequence[tuple[Any, ...]]) -> None:
    """One prepared statement for all rows: the ORM would spend ten times the database's time on them."""
    columns = ("node_id", "month", *SUMMED)
    updates = ", ".join(f"{name} = excluded.{name}" for name in SUMMED)
    statement = (
        f"INSERT INTO {table._meta.db_table} ({', '.join(columns)}) "  # noqa: S608  # our own names
        f"VALUES ({', '.join(['%s'] * len(columns))}) ON CONFLICT (node_id, month) DO UPDATE SET {updates}"
    )
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(node, month.isoformat(), *values) for node, month, *values in rows])
