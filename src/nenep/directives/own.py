"""What a body of the viewer did with a directive: the part of its page where it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse

from nenep.directives.access import ReceiptAccess
from nenep.directives.lineage import ORIGIN, key_of
from nenep.directives.links import Shown, shown
from nenep.meetings.models import OVER, Meeting, MeetingStatus
from nenep.shared.dates import FOREVER

if TYPE_CHECKING:
    from nenep.directives.models import Directive, Fulfilment, Receipt, Requirement
    from nenep.directives.reads import BodyState
    from nenep.shared.viewer import Viewer


@dataclass(slots=True)
class OwnPart:
    """`address`: where work is given from it ("" when there is no meeting to give it at), `key`: from what."""

    state: BodyState
    can: ReceiptAccess
    made: list[Shown]
    key: str
    address: str = ""
    is_on_agenda: bool = False
    coming: Meeting | None = None
    done: list[Fulfilment] = field(default_factory=list)
    due: list[Requirement] = field(default_factory=list)

    @property
    def receipt(self) -> Receipt:
        return self.state.receipt


def own_parts(viewer: Viewer, directive: Directive, states: list[BodyState]) -> list[OwnPart]:
    """One for each body of the viewer that got it, of which these are the states."""
    made = shown(viewer, [state.receipt for state in states]) if states else {}
    parts = []
    for state in states:
        can = ReceiptAccess(viewer, state.receipt)
        part = OwnPart(state, can, made.get(state.receipt.pk, []), key_of(directive))
        part.done = list(state.receipt.fulfilments.select_related("requirement"))
        part.due = _still_due(directive, part)
        if state.receipt.is_branch:
            part.coming = coming_meeting(state.receipt.body_id) if can.answer else None
            part.is_on_agenda = bool(part.coming and _stands_on(part.coming, directive))
        if can.give_work and (meeting := meeting_to_give_at(state)):
            part.address = reverse("assignments:handing_out", args=[meeting])
        parts.append(part)
    return parts


def _still_due(directive: Directive, part: OwnPart) -> list[Requirement]:
    """What has a day and is not done, the nearest first."""
    if part.receipt.implemented_on:
        return []
    done = {one.requirement_id for one in part.done}
    asked = [one for one in directive.requirements.all() if one.due_on and one.pk not in done]
    mine = [one for one in asked if one.is_for(branch=part.receipt.is_branch)]
    return sorted(mine, key=lambda one: (one.due_on or FOREVER, one.pk))


def coming_meeting(body_id: int) -> Meeting | None:
    """The regular meeting whose agenda is still open."""
    rows = Meeting.objects.filter(body=body_id, status__in=(MeetingStatus.PLANNED, MeetingStatus.CALLED))
    return rows.regular().order_by("starts_at").first()


def meeting_to_give_at(state: BodyState) -> int | None:
    """Where it was discussed, else the meeting that runs, else the last one that is over."""
    if state.meeting:
        return state.meeting
    rows = Meeting.objects.filter(
        body=state.receipt.body_id, status__in=(MeetingStatus.OPENED, *OVER), is_imported=False
    )
    return rows.order_by("-starts_at").values_list("pk", flat=True).first()


def _stands_on(meeting: Meeting, directive: Directive) -> bool:
    return meeting.items.filter(origin_type=ORIGIN, origin_id=directive.pk).exists()
