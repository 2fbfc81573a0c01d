"""The agenda: born filled from the rule pack of the day, then dropped, added to and ordered by the branch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.meetings import providers
from nenep.meetings.circle import require_summoned
from nenep.meetings.models import BEING_PREPARED, AgendaItem, DroppedSuggestion, Meeting
from nenep.meetings.progress import meeting_day
from nenep.meetings.rules import rules_of
from nenep.organizations.reads import unit_type_on
from nenep.shared.states import Refused, hold

if TYPE_CHECKING:
    from nenep.meetings.providers import Suggestion
    from nenep.people.models import Member
    from nenep.rulebook.values import AgendaStep
    from nenep.shared.viewer import Viewer


def steps_for(meeting: Meeting) -> tuple[AgendaStep, ...]:
    """The ordered steps of the pack in force on the day of the meeting, for the branch's type of unit."""
    day = meeting_day(meeting)
    return rules_of(meeting).agenda(meeting.kind, unit_type_on(meeting.body_id, day))


def fill_agenda(meeting: Meeting, *, presenter: Member | None = None) -> None:
    """Give a new meeting the parts that its rule pack asks for; called once, when it is planned.

    `presenter` gets the parts that the pack leaves to whoever is assigned.
    """
    steps = [step for step in steps_for(meeting) if step.is_item]
    AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting,
            position=place,
            step=step.id,
            category=step.category or "",
            title=step.title,
            minutes=step.minutes or 5,
            is_required=step.required,
            why=step.citation,
            presenter=presenter if step.actor == "assigned" else None,
        )
        for place, step in enumerate(steps, start=1)
    )


@transaction.atomic
def add_item(meeting: Meeting, *, why: str = "", by: Viewer | None, **fields: Any) -> AgendaItem:
    """Put an item of the branch's own before the closing part. Fields as in `AgendaItemForm`; `why` it is there."""
    _hold_while_prepared(meeting)
    require_summoned(meeting, [fields.get("presenter")], field="presenter")
    items = list(meeting.items.order_by("position"))
    place = next((item.position for item in items if item.category == "closing"), len(items) + 1)
    for item in reversed([item for item in items if item.position >= place]):
        item.position += 1
        item.save(update_fields=["position"])
    item = AgendaItem(meeting=meeting, position=place, why=why or _("chi ủy đề nghị"), **fields)
    item.full_clean(exclude=["meeting"])
    item.save()
    record("agenda.changed", by=by, body=meeting.body_id, obj=meeting)
    return item


@transaction.atomic
def change_item(item: AgendaItem, *, by: Viewer | None, **fields: Any) -> None:
    """Change title, minutes, presenter or focus of an item; a meeting has one focus at most (R106)."""
    _hold_while_prepared(item.meeting)
    require_summoned(item.meeting, [fields.get("presenter")], field="presenter")
    if fields.get("is_focus"):
        item.meeting.items.filter(is_focus=True).exclude(pk=item.pk).update(is_focus=False)
    for name, value in fields.items():
        setattr(item, name, value)
    item.full_clean()
    item.save(update_fields=list(fields))
    record("agenda.changed", by=by, body=item.meeting.body_id, obj=item.meeting)


@transaction.atomic
def move_item(item: AgendaItem, *, step: int, by: Viewer | None) -> None:
    """Move an item one place up (-1) or down (+1); at either end nothing happens."""
    _hold_while_prepared(item.meeting)
    items = list(item.meeting.items.order_by("position"))
    here = [other.pk for other in items].index(item.pk)
    there = here + step
    if not 0 <= there < len(items):
        return
    _swap(items[here], items[there])
    record("agenda.changed", by=by, body=item.meeting.body_id, obj=item.meeting)


@transaction.atomic
def remove_item(item: AgendaItem, *, by: Viewer | None) -> None:
    """Take an item off. A part that the rule pack requires may not be taken off."""
    meeting = item.meeting
    _hold_while_prepared(meeting)
    if item.is_required:
        raise Refused(
            _("“%(title)s” là phần bắt buộc, %(why)s, nên không bỏ được. Đồng chí có thể rút ngắn thời gian.")
            % {"title": item.title, "why": item.why}
        )
    place = item.position
    item.delete()
    for later in meeting.items.filter(position__gt=place).order_by("position"):
        later.position -= 1
        later.save(update_fields=["position"])
    record("agenda.changed", by=by, body=meeting.body_id, obj=meeting)


def suggestions_for(meeting: Meeting) -> tuple[list[Suggestion], list[Suggestion]]:
    """Points that other records put on this agenda: (kept, dropped by the secretary)."""
    dropped = set(meeting.dropped.values_list("key", flat=True))
    points = providers.suggestions.ask(meeting)
    return [p for p in points if p.key not in dropped], [p for p in points if p.key in dropped]


@transaction.atomic
def drop_suggestion(meeting: Meeting, *, key: str, by: Viewer | None) -> None:
    _hold_while_prepared(meeting)
    DroppedSuggestion.objects.get_or_create(meeting=meeting, key=key)
    record("agenda.changed", by=by, body=meeting.body_id, obj=meeting)


@transaction.atomic
def restore_suggestion(meeting: Meeting, *, key: str, by: Viewer | None) -> None:
    _hold_while_prepared(meeting)
    meeting.dropped.filter(key=key).delete()
    record("agenda.changed", by=by, body=meeting.body_id, obj=meeting)


def last_position(meeting: Meeting) -> int:
    return meeting.items.aggregate(last=Max("position"))["last"] or 0


def _swap(item: AgendaItem, other: AgendaItem) -> None:
    """Two items change places by way of place 0, which is always free: no place is ever taken twice."""
    here, there = item.position, other.position
    for moved, place in ((item, 0), (other, here), (item, there)):
        moved.position = place
        moved.save(update_fields=["position"])


def _hold_while_prepared(meeting: Meeting) -> None:
    hold(meeting, *BEING_PREPARED, says=_("Kỳ sinh hoạt đã khai mạc nên không sửa chương trình được nữa."))
