"""Questions about arrivals: who may handle one, what waits and what is late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from nenep.arrivals.models import Arrival
from nenep.arrivals.querysets import READ
from nenep.organizations.kinds import Kind
from nenep.organizations.models import Body
from nenep.organizations.reach import within
from nenep.organizations.reads import kind_on
from nenep.people.models import Office, Status, StatusPeriod
from nenep.people.reads import roster
from nenep.shared.dates import today, valid_on

if TYPE_CHECKING:
    from datetime import date

    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many papers wait for a number, how many are handled too late, and how many the viewer has to handle."""

    to_register: int
    overdue: int
    mine: int

    def __bool__(self) -> bool:
        return bool(self.to_register or self.overdue or self.mine)


def waiting_for(viewer: Viewer) -> Waiting:
    """In the registers that the viewer reads, and what the viewer handles; one statement."""
    read = within(viewer, READ)
    counted = Arrival.objects.visible_to(viewer).aggregate(
        to_register=Count("pk", filter=read & Q(status="waiting")),
        overdue=Count("pk", filter=read & Q(status="registered", due_on__lt=today())),
        mine=Count("pk", filter=Q(status="registered", handler=viewer.member_id or 0)),
    )
    return Waiting(**counted)


def handlers_of(body_id: int, day: date) -> list[int]:
    """Member ids of those who may handle a paper of the body; nobody who is suspended.

    In a branch its roster; else who holds an office in the body or in an advisory unit directly below it.
    """
    if kind_on(body_id, day).is_branch:
        return [entry.member_id for entry in roster(body_id, day) if not entry.is_suspended]
    units = Body.objects.on(day).children_of(body_id, day).of_kind(Kind.ADVISORY_UNIT)
    held = Office.objects.filter(valid_on(day), Q(body=body_id) | Q(body__in=units.values("pk")))
    people = list(dict.fromkeys(held.order_by("member__sort_key").values_list("member_id", flat=True)))
    stated = StatusPeriod.objects.filter(valid_on(day), status=Status.SUSPENDED, member__in=people)
    suspended = set(stated.values_list("member_id", flat=True))
    return [member_id for member_id in people if member_id not in suspended]
