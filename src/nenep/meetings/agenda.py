"""The agenda: born filled from the rule pack of the day, then dropped, added to and ordered by the branch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.meetings.circle import require_summoned
from nenep.meetings.models import BEING_PREPARED, AgendaItem, Meeting
from nenep.meetings.presenting import telling_presenters
from nenep.meetings.progress import meeting_day
from nenep.meetings.rules import rules_of
from nenep.organizations.reads import unit_type_on
from nenep.shared.states import Refused, hold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nenep.meetings.providers import Suggestion
    from nenep.people.models import Member
    from nenep.rulebook.values import AgendaStep, Focus
    from nenep.shared.viewer import Viewer


MANY = 1000  # more parts than any agenda has


def steps_for(meeting: Meeting) -> tuple[AgendaStep, ...]:
    """The ordered steps of the pack in force on the day of the meeting, for the branch's type of unit."""
    day = meeting_day(meeting)
    return rules_of(meeting).agenda(meeting.kind, unit_type_on(meeting.body_id, day))


def stressed_in(meeting: Meeting) -> Focus | None:
    """What branches of this type of unit lay stress on, by the pack of the day; None where nothing is known."""
    return rules_of(meeting).focus(unit_type_on(meeting.body_id, meeting_day(meeting)))


def presented_steps(meeting: Meeting) -> set[str]:
    """The parts that the pack of the day leaves to whoever is assigned: of a thematic meeting, its theme."""
    return {step.id for step in steps_for(meeting) if step.is_item and step.actor == "assigned"}


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
    hold_while_prepared(meeting)
    require_summoned(meeting, [fields.get("presenter")], field="presenter")
    with telling_presenters(meeting, by=by):
        item = _placed(AgendaItem(meeting=meeting, why=why or _("chi ủy đề nghị"), **fields))
    _record(meeting, by=by)
    return item


@transaction.atomic
def put_on(meeting: Meeting, offer: Suggestion, *, by: Viewer | None) -> AgendaItem:
    """Make a suggestion an item before the closing part, once; taken from an older version, its texts are renewed.

    Minutes, presenter and place of an item that is there already stay as the branch set them.
    """
    hold_while_prepared(meeting)
    origin_type, origin_id = offer.origin
    known = meeting.items.filter(origin_type=origin_type, origin_id__in=[origin_id, *offer.older]).first()
    if known and known.origin_id == origin_id:
        return known
    texts = {
        "title": offer.title,
        "why": offer.why,
        "questions": offer.questions,
        "why_it_matters": offer.why_it_matters,
        "origin_id": origin_id,
    }
    if known:
        _write(known, texts)
        item = known
    else:
        new = {"category": offer.category, "minutes": offer.minutes, "origin_type": origin_type}
        item = _placed(AgendaItem(meeting=meeting, **new, **texts))
    _record(meeting, by=by)
    return item


@transaction.atomic
def arrange(
    meeting: Meeting,
    *,
    changes: Mapping[int, Mapping[str, Any]],
    deed: tuple[str, int] | None = None,
    by: Viewer | None,
) -> None:
    """What one sending of the whole list asks for: fields by item id, then one item moved or removed.

    `deed`: ("up" | "down" | "remove", item id). An item that somebody else has taken off meanwhile is passed over.
    """
    hold_while_prepared(meeting)
    items = {item.pk: item for item in meeting.items.all()}
    presenters = [fields.get("presenter") for fields in changes.values()]
    require_summoned(meeting, presenters, field="presenter")
    with telling_presenters(meeting, by=by):
        for pk, fields in changes.items():
            if pk in items and fields:
                items[pk].meeting = meeting
                _write(items[pk], fields)
        if deed and deed[1] in items:
            _do(items[deed[1]], deed[0])
    _record(meeting, by=by)


@transaction.atomic
def change_item(item: AgendaItem, *, by: Viewer | None, **fields: Any) -> None:
    """Change title, texts, minutes, presenter or focus of an item; a meeting has one focus at most (R106)."""
    hold_while_prepared(item.meeting)
    require_summoned(item.meeting, [fields.get("presenter")], field="presenter")
    if fields.get("is_focus"):
        item.meeting.items.filter(is_focus=True).exclude(pk=item.pk).update(is_focus=False)
    with telling_presenters(item.meeting, by=by):
        _write(item, fields)
    _record(item.meeting, by=by)


@transaction.atomic
def set_focus(
    meeting: Meeting, *, question: str, item: AgendaItem | None, minutes: int | None, by: Viewer | None
) -> None:
    """Name the one question to settle this month, where it is discussed and the minutes kept for that (R106, R107)."""
    hold_while_prepared(meeting)
    if minutes and item is None:
        raise Refused(_("Đồng chí chọn vấn đề này bàn ở mục nào thì mới giữ được thời gian."), field="item")
    meeting.focus_question = question
    meeting.focus_minutes = minutes
    meeting.save(update_fields=["focus_question", "focus_minutes"])
    meeting.items.filter(is_focus=True).update(is_focus=False)
    if item:
        focus = meeting.items.get(pk=item.pk)
        focus.meeting = meeting
        _write(focus, {"is_focus": True, "minutes": max(focus.minutes, minutes or 0)})
    _record(meeting, by=by)


def hold_while_prepared(meeting: Meeting) -> None:
    """Lock the meeting; refused once it was opened."""
    hold(meeting, *BEING_PREPARED, says=_("Kỳ sinh hoạt đã khai mạc nên không sửa chương trình được nữa."))


def _do(item: AgendaItem, deed: str) -> None:
    if deed == "remove":
        _remove(item)
    else:
        _move(item, -1 if deed == "up" else 1)


def _placed(item: AgendaItem) -> AgendaItem:
    """A new item takes the place of the first closing part; that and what follows move down."""
    items = list(item.meeting.items.order_by("position"))
    place = next((other.position for other in items if other.category == "closing"), len(items) + 1)
    for other in reversed([other for other in items if other.position >= place]):
        other.position += 1
        other.save(update_fields=["position"])
    item.position = place
    item.full_clean(exclude=["meeting"])
    item.save()
    return item


def _write(item: AgendaItem, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        setattr(item, name, value)
    kept = item.meeting.focus_minutes
    if item.is_focus and kept and item.minutes < kept:
        raise Refused(
            _(
                "“%(title)s” bàn vấn đề trọng tâm nên được giữ %(kept)d phút. "
                "Đồng chí bớt thời gian mục khác, hoặc sửa số phút ở “Vấn đề trọng tâm”."
            )
            % {"title": item.title, "kept": kept},
            field="minutes",
        )
    item.full_clean()
    item.save(update_fields=list(fields))


def _move(item: AgendaItem, step: int) -> None:
    """One place up (-1) or down (+1); at either end nothing happens."""
    items = list(item.meeting.items.order_by("position"))
    here = [other.pk for other in items].index(item.pk)
    there = here + step
    if 0 <= there < len(items):
        _swap(items[here], items[there])


def _remove(item: AgendaItem) -> None:
    """A part that the rule pack requires, and the focus, may not be taken off."""
    if item.is_required:
        raise Refused(
            _("“%(title)s” là phần bắt buộc, %(why)s, nên không bỏ được. Đồng chí có thể rút ngắn thời gian.")
            % {"title": item.title, "why": item.why}
        )
    if item.is_focus:
        raise Refused(
            _(
                "“%(title)s” bàn vấn đề trọng tâm. Đồng chí chọn mục khác ở “Vấn đề trọng tâm” rồi mới bỏ mục này."
            )
            % {"title": item.title}
        )
    place, meeting = item.position, item.meeting
    item.delete()
    for later in meeting.items.filter(position__gt=place).order_by("position"):
        later.position -= 1
        later.save(update_fields=["position"])


def _swap(item: AgendaItem, other: AgendaItem) -> None:
    """Two items change places by way of place 0, which is always free: no place is ever taken twice."""
    here, there = item.position, other.position
    for moved, place in ((item, 0), (other, here), (item, there)):
        moved.position = place
        moved.save(update_fields=["position"])


def _record(meeting: Meeting, *, by: Viewer | None) -> None:
    record("agenda.changed", by=by, body=meeting.body_id, obj=meeting)
