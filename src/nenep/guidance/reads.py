"""For which branches a guidance is meant, and how many of them took it up: numbers and names, never what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from nenep.guidance.models import Audience, Guidance, GuidanceVersion
from nenep.meetings.models import CALLED_OFF, OVER, AgendaItem
from nenep.organizations.models import Body
from nenep.people.models import Office, Post
from nenep.shared.dates import month_end, today, today_within, valid_on

if TYPE_CHECKING:
    from datetime import date

    from nenep.organizations.querysets import BodyQuerySet

ORIGIN = "guidance.guidanceversion"  # of agenda items (`shared.references`)


def day_of(guidance: Guidance) -> date:
    """The day whose tree says who stands below: today, as far as it lies within the months."""
    return today_within(guidance.first_month, month_end(guidance.last_month))


def branches_of(guidance: Guidance) -> BodyQuerySet:
    """The branches it is meant for."""
    day = day_of(guidance)
    branches = Body.objects.on(day).branches().under(guidance.body_id, day)
    if guidance.audience == Audience.UNIT_TYPE:
        return branches.filter(unit_type=guidance.unit_type)  # type: ignore[misc]  # of `on`
    if guidance.audience == Audience.CLUSTER:
        return branches.in_cluster(guidance.cluster_id or 0, day)
    return branches


def with_uptake(guidance: Guidance) -> BodyQuerySet:
    """Its branches with `taken` (stands on an agenda) and `discussed` (at a meeting that was held it has text)."""
    versions = GuidanceVersion.objects.filter(guidance=guidance).values("pk")
    items = AgendaItem.objects.filter(
        origin_type=ORIGIN, origin_id__in=versions, meeting__body=OuterRef("pk")
    ).exclude(meeting__status__in=CALLED_OFF)
    written = items.filter(meeting__status__in=OVER).filter(~Q(notes="", conclusion="", decision=""))
    return branches_of(guidance).annotate(taken=Exists(items), discussed=Exists(written))


def uptake(guidance: Guidance) -> dict[str, int]:
    """`all`, `taken`, `discussed`, `open` (not taken): numbers of branches."""
    rows = list(with_uptake(guidance).values_list("taken", "discussed"))  # type: ignore[misc]  # annotated
    taken = sum(is_taken for is_taken, _said in rows)
    discussed = sum(is_said for _taken, is_said in rows)
    return {"all": len(rows), "taken": taken, "discussed": discussed, "open": len(rows) - taken}


def secretaries_of(guidance: Guidance) -> list[int]:
    """Member ids of the secretaries of its branches today."""
    held = Office.objects.filter(
        valid_on(today()), post=Post.SECRETARY, body__in=branches_of(guidance).values("pk")
    )
    return list(held.order_by("body").values_list("member_id", flat=True))
