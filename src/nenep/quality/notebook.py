"""The notebook of the secretary: writing, changing and removing what a month taught (R164)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.organizations.models import Body
from nenep.people.naming import named_in
from nenep.quality.models import Note
from nenep.shared.dates import month_start, now, today
from nenep.shared.once import is_stored, made_before
from nenep.shared.stale import stale
from nenep.shared.states import Refused, hold
from nenep.shared.vietnamese import search_key
from nenep.shared.viewer import member_of

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from nenep.shared.viewer import Viewer


@transaction.atomic
def write_note(
    body_id: int, *, month: date, worked: str, to_avoid: str, once: UUID | None = None, by: Viewer | None
) -> Note:
    """Keep what `month` taught. Refused for a month to come, and when it names a member of the branch."""
    hold(Body.objects.get(pk=body_id))
    if (row := made_before(Note.objects.filter(body=body_id), once)) is not None:
        return row
    row = Note(body_id=body_id, month=month_start(month), once=once, at=now(), by_id=member_of(by))
    _fill(row, worked=worked, to_avoid=to_avoid)
    record("note.written", by=by, body=body_id, obj=row)
    return row


@transaction.atomic
def change_note(note: Note, *, worked: str, to_avoid: str, seen: int, by: Viewer | None) -> None:
    """`seen`: the revision that the page showed; Stale when somebody has saved another one since."""
    hold(note)
    if note.revision != seen:
        if is_stored(note, {"worked": worked, "to_avoid": to_avoid}):
            return
        raise stale(note, ("worked", "to_avoid"), note.revision)
    note.revision += 1
    _fill(note, worked=worked, to_avoid=to_avoid)
    record("note.changed", by=by, body=note.body_id, obj=note)


@transaction.atomic
def remove_note(note: Note, *, by: Viewer | None) -> None:
    record("note.removed", by=by, body=note.body_id, obj=note)
    note.delete()


def forget_notes(before: date) -> int:
    """Those of months before that of `before`."""
    return Note.objects.filter(month__lt=month_start(before)).delete()[0]


def _fill(note: Note, *, worked: str, to_avoid: str) -> None:
    if note.month > today():
        raise Refused(_("Tháng này chưa đến. Đồng chí chọn tháng đã sinh hoạt."), field="month")
    note.worked, note.to_avoid = worked, to_avoid
    _refuse_names(note)
    note.search_key = search_key(f"{worked} {to_avoid}")
    note.full_clean()
    note.save()


def _refuse_names(note: Note) -> None:
    """No private remark about a person: no full name of the branch's list of today is kept."""
    for field in ("worked", "to_avoid"):
        if name := named_in(getattr(note, field), note.body_id, today()):
            says = _("Sổ tay không ghi về cá nhân. Đồng chí bỏ tên “%(name)s”, chỉ nói về việc.")
            raise Refused(says % {"name": name}, field=field)
