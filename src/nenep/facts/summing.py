"""Re-summing upward. Always sums, never deltas: doing it twice, or after a crash, gives the same rows.

A body's row is the sum of the rows of those directly under it, so sums climb level by level and the country's
row costs as many rows as it has provinces. The database does the sums and writes only rows that differ. Marks are
taken in parts: on SQLite nobody can save while a part is summed.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Max, Min, Q

from nenep.facts.climbing import ROWS_AT_ONCE, climb, stamp
from nenep.facts.models import BranchMonth, Dirty, NodeMonthNow, NodeMonthWas, TreeFollowed
from nenep.facts.tree import Tree
from nenep.organizations.bulk import in_batches
from nenep.organizations.models import Change, Closure, Edge
from nenep.shared.dates import month_start, months_between, today

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from nenep.facts.tree import Ways

MARKS_AT_ONCE = 500
# More changed bodies than this is a reorganization: whole months are summed again.
BODIES_AT_ONCE = 500
# Any number of our own; PostgreSQL keeps these locks apart from those on rows.
SUMMING_LOCK = 5_211_402


def bring_up_to_date(*, pause: float = 0.0) -> None:
    """Follow changes of the tree, then take every mark. Costs two short reads when there is nothing to do.

    `pause` seconds between two parts let others write: SQLite makes them try again every few milliseconds.
    """
    follow_tree()
    while resum():
        time.sleep(pause)


def is_up_to_date() -> bool:
    """Whether the sums hold every change there is; two short reads."""
    return not (_is_behind() or Dirty.objects.exists())


def resum(limit: int = MARKS_AT_ONCE) -> int:
    """Take marks and bring every body above them up to date, as-was and as-now; returns how many marks it took.

    One worker sums at a time, others get 0: two would overwrite each other's sums. A worker that dies leaves its
    marks to the next.
    """
    if not Dirty.objects.exists():
        return 0
    with transaction.atomic():
        return (_take_marks(limit) or _take_month()) if _is_alone() else 0


def follow_tree() -> bool:
    """Mark what changes of the tree have moved since the last time; False when there were none.

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
            _mark_everything()
        else:
            _mark(Change.objects.filter(Q(pk__gt=seen.last_change) | Q(day__gt=seen.day, day__lte=today())))
        TreeFollowed.objects.update_or_create(pk=1, defaults={"last_change": latest, "day": today()})
    return True


@transaction.atomic
def resum_everything() -> None:
    """Stamps and both sums of every month from the branch rows alone."""
    wait_to_be_alone()
    TreeFollowed.objects.update_or_create(pk=1, defaults={"last_change": _latest_change(), "day": today()})
    _mark_everything()
    while resum():
        pass


def wait_to_be_alone() -> None:
    """Until the transaction ends no other worker sums."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SUMMING_LOCK])


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


def _mark_everything() -> None:
    """A month's mark stands for those of its branches that can be seen now."""
    Dirty.objects.all().delete()
    Dirty.objects.bulk_create(Dirty(month=month) for month in _months())


def _mark(changes: QuerySet[Change]) -> None:
    """Changed bodies and their parents of any time are to be summed again, and stamps below may be others."""
    found = list(changes.exclude(what=Change.What.RENAMED).values_list("body_id", "day"))
    bodies = {body for body, _day in found}
    if len(bodies) > BODIES_AT_ONCE:
        _mark_everything()
    elif bodies:
        touched = bodies | set(Edge.objects.filter(child__in=bodies).values_list("parent_id", flat=True))
        marks = [Dirty(body_id=body, month=month) for month in _months() for body in touched]
        Dirty.objects.bulk_create(marks, batch_size=1000)
        since = month_start(min(day for _body, day in found))
        below = Closure.objects.filter(ancestor__in=bodies, valid_to__gt=since).values("descendant_id")
        rows = BranchMonth.objects.filter(body__in=below, month__gte=since).values("body_id", "month")
        statement, values = rows.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {Dirty._meta.db_table} (body_id, month) {statement}", values)


def _months() -> list[date]:
    """Every month from the first with a record to the last."""
    ends = BranchMonth.objects.aggregate(first=Min("month"), last=Max("month"))
    return list(months_between(ends["first"], ends["last"])) if ends["first"] else []


def _take_marks(limit: int) -> int:
    """Marks of one month, the latest: many months in one part would be a long one."""
    marks = Dirty.objects.exclude(body=None)
    month = marks.aggregate(latest=Max("month"))["latest"]
    if month is None:
        return 0
    taken = dict(marks.filter(month=month).order_by("pk").values_list("pk", "body_id")[:limit])
    bodies = {body for body in taken.values() if body}
    ways = [tree.ways_up(bodies) for tree in (Tree.of(month), Tree.now())]
    _sum(month, ways, branches=bodies, nodes=_ever_above(parent__in=bodies))
    return _remove(taken)


def _take_month() -> int:
    """Sum one whole month again."""
    marks = Dirty.objects.filter(body=None)
    month = marks.aggregate(latest=Max("month"))["latest"]
    if month is None:
        return 0
    taken = list(marks.filter(month=month).values_list("pk", flat=True))
    nodes = _ever_above()
    _sum(month, [tree.ways_among(nodes) for tree in (Tree.of(month), Tree.now())], nodes=nodes)
    return _remove(taken)


def _remove(marks: Collection[int]) -> int:
    for some in in_batches(marks, ROWS_AT_ONCE):
        Dirty.objects.filter(pk__in=some).delete()
    return len(marks)


def _ever_above(**of: Any) -> set[int]:
    """Those who have had others directly under them."""
    return set(Edge.objects.filter(**of).order_by().values_list("parent_id", flat=True).distinct())


def _sum(
    month: date, ways: Sequence[Ways], *, branches: Collection[int] | None = None, nodes: Collection[int]
) -> None:
    """Stamp these branches (None: all) and set the rows above them, of `nodes` and above those."""
    as_was, as_now = ways
    stamp(branches, month, as_was)
    climb(NodeMonthWas, month, as_was, nodes)
    climb(NodeMonthNow, month, as_now, nodes)
