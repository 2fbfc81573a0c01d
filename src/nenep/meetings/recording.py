"""Writing down what happens in the room: opening lines, and for each item its course and conclusion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.meetings.circle import require_summoned
from nenep.meetings.models import AgendaItem, Meeting, MeetingStatus
from nenep.meetings.operations import require_beginning
from nenep.shared.states import Refused, hold

if TYPE_CHECKING:
    from nenep.shared.viewer import Viewer


class StaleRecord(Refused):
    """Somebody else saved this item in the meantime; `item` holds what they wrote. Both texts are shown."""

    def __init__(self, item: AgendaItem) -> None:
        super().__init__(
            _("Đồng chí khác vừa lưu nội dung này. Cả hai bản đều ở dưới đây; đồng chí gộp rồi lưu lại.")
        )
        self.item = item


@transaction.atomic
def record_opening(meeting: Meeting, *, by: Viewer | None, **fields: Any) -> None:
    """The opening lines: `began_at`, `chair`, `note_taker`, `guests`, `fee_note`, whichever are given."""
    hold(meeting, MeetingStatus.OPENED, says=_("Chỉ ghi được khi kỳ sinh hoạt đang diễn ra."))
    if fields.get("began_at"):
        require_beginning(meeting, fields["began_at"])
    for name in ("chair", "note_taker"):
        require_summoned(meeting, [fields.get(name)], field=name)
    for name, value in fields.items():
        setattr(meeting, name, value)
    meeting.full_clean()
    meeting.save(update_fields=list(fields))
    record("opening.recorded", by=by, body=meeting.body_id, obj=meeting)


@transaction.atomic
def record_item(
    item: AgendaItem, *, notes: str, conclusion: str, seen_revision: int, by: Viewer | None
) -> AgendaItem:
    """Save notes and conclusion of an item.

    Allowed while the meeting runs and, for corrections at the reading back, until its minutes are adopted.
    Raises StaleRecord when the item was saved since `seen_revision`: nothing is overwritten.
    """
    hold(
        item.meeting,
        MeetingStatus.OPENED,
        MeetingStatus.CLOSED,
        says=_("Nội dung chỉ ghi được từ khi khai mạc đến trước khi thông qua biên bản."),
    )
    saved = AgendaItem.objects.filter(pk=item.pk, revision=seen_revision).update(
        notes=notes,
        conclusion=conclusion,
        revision=F("revision") + 1,
        # What has been written after all needs no excuse.
        **({"skipped_because": ""} if notes or conclusion else {}),
    )
    if not saved:
        raise StaleRecord(AgendaItem.objects.get(pk=item.pk))
    item.refresh_from_db()
    record("item.recorded", by=by, body=item.meeting.body_id, obj=item, revision=item.revision)
    return item
