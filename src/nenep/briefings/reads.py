"""Questions about briefings: whom they concern, what is unfinished, which entries of the plan wait to be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nenep.briefings.models import Briefing, BriefingStatus, Decision
from nenep.organizations.reads import names_on
from nenep.people.models import Office, Post
from nenep.plans.models import Entry, EntryKind, PlanStatus
from nenep.plans.providers import Record
from nenep.shared.dates import month_start, next_month, previous_month, today, valid_on

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from nenep.organizations.models import Cluster
    from nenep.shared.viewer import Viewer

MONTHS_BACK = 12


def carried(briefing: Briefing) -> list[Decision]:
    """What earlier briefings of the cluster decided and is not done, the longest due first.

    What was decided for a body that has ended is nobody's to do.
    """
    rows = Decision.objects.open().filter(
        briefing__cluster=briefing.cluster_id,
        briefing__status=BriefingStatus.CLOSED,
        briefing__starts_at__lt=briefing.starts_at,
        body__dissolved_on__gt=briefing.day,
    )
    return named(rows.order_by("due_on", "pk"), briefing.day)


def named(decisions: Iterable[Decision], day: date) -> list[Decision]:
    """The same with the name of each body on that day; one statement beside their own."""
    rows = list(decisions)
    names = names_on({row.body_id for row in rows}, day)
    for row in rows:
        row.body_name = names[row.body_id]
    return rows


def secretaries_of(body_ids: Collection[int]) -> list[tuple[int, int]]:
    """(body, member id) of the secretaries of these bodies today."""
    held = Office.objects.filter(valid_on(today()), post=Post.SECRETARY, body__in=body_ids)
    return list(held.order_by("body").values_list("body_id", "member_id"))


def months_up_to(day: date) -> list[date]:
    """The months that a briefing on `day` may be about, the oldest first."""
    months = [month_start(day)]
    while len(months) < MONTHS_BACK:
        months.append(previous_month(months[-1]))
    return months[::-1]


def period_for(cluster: Cluster, day: date) -> tuple[date, date]:
    """The months since those of the last briefing, up to the month before `day`; without one that month alone."""
    last = previous_month(day)
    before = Briefing.objects.filter(cluster=cluster).exclude(status=BriefingStatus.WITHDRAWN)
    told = before.order_by("-last_month").values_list("last_month", flat=True).first()
    waiting = [month for month in months_up_to(day) if told and told < month <= last]
    return (waiting or [last])[0], last


def records_of_plan(body_id: int, year: int) -> list[Record]:
    """The briefings that were opened from entries of the plan, those still open included (`plans.providers`)."""
    opened = Briefing.objects.filter(entry__plan__body=body_id, entry__plan__year=year)
    rows = opened.exclude(status=BriefingStatus.WITHDRAWN)
    return [Record(row.entry_id, row.day if row.is_closed else None) for row in rows if row.entry_id]


def entries_waiting(viewer: Viewer, clusters: Collection[Cluster]) -> list[tuple[Cluster, Entry]]:
    """Entries of published plans, of last month to the next one, with each cluster that has no briefing of them yet."""
    entries = (
        Entry.objects.visible_to(viewer)
        .standing()
        .filter(
            kind=EntryKind.CLUSTER_BRIEFING,
            plan__status=PlanStatus.PUBLISHED,
            plan__body__in={cluster.owner_id for cluster in clusters},
            month__range=(previous_month(today()), next_month(today())),
        )
    )
    found = list(entries.select_related("plan").order_by("starts_at"))
    made = Briefing.objects.filter(entry__in=found).exclude(status=BriefingStatus.WITHDRAWN)
    opened = set(made.values_list("cluster_id", "entry_id"))
    return [
        (cluster, entry)
        for entry in found
        for cluster in clusters
        if cluster.owner_id == entry.plan.body_id and (cluster.pk, entry.pk) not in opened
    ]
