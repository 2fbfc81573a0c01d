"""Both sides of a move: an event in the journal of each branch, a notice to whoever leads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.journal.operations import Draft, record_many
from nenep.people.models import LEADERS, Introduction, IntroductionState, Office
from nenep.people.telling import tell
from nenep.shared.dates import now, today
from nenep.shared.states import move
from nenep.shared.viewer import member_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model, QuerySet

    from nenep.shared.viewer import Viewer


def record_sides(
    verb: str, row: Model, *, member_id: int, sides: Iterable[int], by: Viewer | None, **details: Any
) -> None:
    """One event for each branch. The member stands on the first only: to that member it is one deed."""
    record_many(
        [
            Draft(verb, body, row._meta.label_lower, row.pk, None if place else member_id, details=details)
            for place, body in enumerate(sides)
        ],
        by=by,
    )


def tell_leaders(bodies: Iterable[int], *, kind: str, title: str, text: str = "", by: Viewer | None) -> None:
    """Secretary and deputy of these branches, but for whoever acts. The title goes into mails: no name in it."""
    held = Office.objects.on(today()).filter(post__in=LEADERS)
    for body in bodies:
        told = held.filter(body=body).exclude(member=member_of(by))
        members = told.order_by("pk").values_list("member_id", flat=True)
        tell(
            members, kind=kind, title=title, text=text, url=reverse("people:introductions"), body=body, by=by
        )


def tell_member(
    member_id: int, *, kind: str, title: str, text: str = "", body: int, by: Viewer | None
) -> None:
    url = reverse("people:member", args=[member_id])
    tell([member_id], kind=kind, title=title, text=text, url=url, body=body, by=by)


def let_lapse(waiting: QuerySet[Introduction], *, by: Viewer | None) -> None:
    """Introductions that something else has overtaken: the member moved or left, or one of the branches ended."""
    for row in waiting.filter(state=IntroductionState.WAITING):
        sides = (row.origin_id, row.destination_id)
        move(row, IntroductionState.LAPSED, field="state", answered_at=now())
        record_sides("introduction.lapsed", row, member_id=row.member_id, sides=sides, by=by)
        tell_leaders(
            sides,
            kind="introduction.lapsed",
            title=_("Một giới thiệu sinh hoạt đang chờ không còn hiệu lực"),
            by=by,
        )
