"""Programmes: opened over a governing paper, with periods of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from nenep.directives.models import Programme, ProgrammePeriod
from nenep.journal.operations import record
from nenep.organizations.turns import take_turns
from nenep.shared.dates import now
from nenep.shared.once import made_before
from nenep.shared.states import hold

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from nenep.shared.viewer import Viewer


@transaction.atomic
def open_programme(
    body_id: int, *, words: Mapping[str, Any], once: UUID | None = None, by: Viewer | None
) -> Programme:
    """`words`: title, objectives, the document or the words of its source."""
    take_turns(body_id)
    found: Programme | None = made_before(Programme.objects.filter(body=body_id), once)
    if found:
        return found
    programme = Programme(body_id=body_id, keeper_id=body_id, once=once, opened_at=now(), **words)
    programme.full_clean()
    programme.save()
    record("programme.opened", by=by, body=body_id, obj=programme)
    return programme


@transaction.atomic
def change_programme(programme: Programme, *, words: Mapping[str, Any], by: Viewer | None) -> None:
    hold(programme)
    for name, value in words.items():
        setattr(programme, name, value)
    programme.full_clean()
    programme.save()
    record("programme.changed", by=by, body=programme.keeper_id, obj=programme)


@transaction.atomic
def set_period(programme: Programme, *, by: Viewer | None, **days: Any) -> ProgrammePeriod:
    """`days`: first_day, last_day, midterm_due, final_due. One that begins on a known day replaces that one's days."""
    hold(programme)
    row = programme.periods.filter(first_day=days["first_day"]).first() or ProgrammePeriod(
        programme=programme
    )
    for name, value in days.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    record("programme.period", by=by, body=programme.keeper_id, obj=programme)
    return row
