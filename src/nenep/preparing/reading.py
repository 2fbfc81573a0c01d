"""Papers read before the meeting (R110): members say so by one tap, of which the agenda shows how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.meetings.circle import summoned
from nenep.meetings.models import BEING_PREPARED
from nenep.preparing.models import Material, Reading
from nenep.shared.states import Refused, hold
from nenep.shared.viewer import member_of

if TYPE_CHECKING:
    from datetime import date

    from nenep.shared.viewer import Viewer


def has_read(material: Material, member_id: int | None) -> bool:
    return Reading.objects.filter(material=material, member=member_id).exists()


@transaction.atomic
def note_reading(material: Material, *, by: Viewer) -> None:
    """Count a member who is summoned as a reader, once; a second time changes nothing.

    The event names nobody: that somebody has not read shall not be found in the journal.
    """
    hold(
        material.meeting,
        *BEING_PREPARED,
        says=_("Kỳ sinh hoạt đã khai mạc nên không đếm người đọc trước nữa."),
    )
    member_id = member_of(by)
    if member_id not in summoned(material.meeting):
        raise Refused(_("Chỉ đồng chí được mời dự kỳ sinh hoạt mới đánh dấu đã đọc."))
    _row, is_new = Reading.objects.get_or_create(material=material, member_id=member_id)
    if is_new:
        Material.objects.filter(pk=material.pk).update(readers=F("readers") + 1)
        record("material.read_before", by=None, body=material.meeting.body_id, obj=material)


def begin_anew(material: Material) -> None:
    """A paper that was changed has been read by nobody yet."""
    material.readers = 0
    Reading.objects.filter(material=material).delete()


def forget_readings(before: date) -> int:
    """Who had read, of meetings before that day; how many had stays with the paper."""
    return Reading.objects.filter(material__meeting__starts_at__date__lt=before).delete()[0]
