"""Writing down what happens in the room: opening lines, and for each item its course and what it came to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.meetings.circle import require_summoned
from nenep.meetings.hours import require_beginning
from nenep.meetings.models import BEING_PREPARED, AgendaItem, CommitteeMeeting, Meeting, MeetingStatus
from nenep.meetings.progress import meeting_day
from nenep.people.reads import roster
from nenep.shared.once import is_stored
from nenep.shared.stale import stale
from nenep.shared.states import Refused, hold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nenep.shared.viewer import Viewer


@transaction.atomic
def record_opening(
    meeting: Meeting, *, by: Viewer | None, seen_revision: int | None = None, **fields: Any
) -> None:
    """The opening lines, whichever are given: `began_at`, `chair`, `note_taker`, `guests`, `agenda_adopted`, and of
    the party fees `fees_paid` and `fees_owed` (how many members, both or neither) with `fee_note`.

    Raises Stale when they were saved since `seen_revision` (None: whoever calls has seen nothing).
    """
    hold(meeting, MeetingStatus.OPENED, says=_("Chỉ ghi được khi kỳ sinh hoạt đang diễn ra."))
    if fields.get("began_at"):
        require_beginning(meeting, fields["began_at"])
    for name in ("chair", "note_taker"):
        require_summoned(meeting, [fields.get(name)], field=name)
    _check_fees(meeting, fields.get("fees_paid"), fields.get("fees_owed"))
    if not _count_revision(meeting, seen_revision, fields):
        return
    for name, value in fields.items():
        setattr(meeting, name, value)
    meeting.full_clean()
    meeting.save(update_fields=list(fields))
    record("opening.recorded", by=by, body=meeting.body_id, obj=meeting)


@transaction.atomic
def record_committee_meeting(
    meeting: Meeting, *, by: Viewer | None, seen_revision: int | None = None, **fields: Any
) -> CommitteeMeeting:
    """Keep the short minutes of the committee's meeting (or of secretary and deputy) before the branch meets.

    Raises Stale when they were saved since `seen_revision` (0: there were none).
    """
    hold(
        meeting,
        *BEING_PREPARED,
        MeetingStatus.OPENED,
        says=_("Kỳ sinh hoạt đã kết thúc nên không sửa biên bản họp chi ủy được nữa."),
    )
    row = CommitteeMeeting.objects.filter(meeting=meeting).first() or CommitteeMeeting(meeting=meeting)
    if seen_revision is not None and row.revision != seen_revision:
        if is_stored(row, fields):
            return row
        raise stale(row, fields, row.revision)
    for name, value in fields.items():
        setattr(row, name, value)
    if row.held_at >= meeting.starts_at:
        raise Refused(_("Cuộc họp chi ủy phải trước kỳ sinh hoạt chi bộ. Đồng chí xem lại ngày giờ."))
    row.revision += 1  # the meeting is held: nobody saves between
    row.full_clean()
    row.save()
    record("committee_meeting.recorded", by=by, body=meeting.body_id, obj=row)
    return row


@transaction.atomic
def record_item(
    item: AgendaItem,
    *,
    notes: str,
    conclusion: str,
    decision: str,
    seen_revision: int,
    by: Viewer | None,
) -> AgendaItem:
    """Save notes, conclusion and decision of an item.

    Allowed while the meeting runs and, for corrections at the reading back, until its minutes are adopted.
    Raises Stale when the item was saved since `seen_revision`: nothing is overwritten.
    """
    hold(
        item.meeting,
        MeetingStatus.OPENED,
        MeetingStatus.CLOSED,
        says=_("Nội dung chỉ ghi được từ khi khai mạc đến trước khi thông qua biên bản."),
    )
    texts = {"notes": notes, "conclusion": conclusion, "decision": decision}
    saved = AgendaItem.objects.filter(pk=item.pk, revision=seen_revision).update(
        **texts,
        revision=F("revision") + 1,
        # What has been written after all needs no excuse.
        **({"skipped_because": ""} if any(texts.values()) else {}),
    )
    item.refresh_from_db()
    if not saved:
        if is_stored(item, texts):
            return item
        raise stale(item, texts, item.revision)
    record("item.recorded", by=by, body=item.meeting.body_id, obj=item, revision=item.revision)
    return item


def fee_line(meeting: Meeting) -> str:
    """The party fees in words, without a full stop: how many have paid, how many owe, and the remark; "" if unsaid."""
    counts = ""
    if meeting.fees_paid is not None and meeting.fees_owed:
        words = {"paid": meeting.fees_paid, "owed": meeting.fees_owed}
        counts = _("%(paid)d đồng chí đã đóng, %(owed)d đồng chí chưa đóng") % words
    elif meeting.fees_paid is not None:
        counts = _("%(paid)d đồng chí đã đóng, không đồng chí nào chưa đóng") % {"paid": meeting.fees_paid}
    return "; ".join(part for part in (counts, meeting.fee_note.rstrip(".")) if part)


def _count_revision(meeting: Meeting, seen: int | None, fields: Mapping[str, Any]) -> bool:
    """Take the next revision of the opening lines; False where they are stored already. Else says what stands there."""
    rows = Meeting.objects.filter(pk=meeting.pk)
    if seen is not None:
        rows = rows.filter(opening_revision=seen)
    if not rows.update(opening_revision=F("opening_revision") + 1):
        now_there = Meeting.objects.select_related("chair", "note_taker").get(pk=meeting.pk)
        if is_stored(now_there, fields):
            return False
        raise stale(now_there, fields, now_there.opening_revision)
    meeting.opening_revision = Meeting.objects.values_list("opening_revision", flat=True).get(pk=meeting.pk)
    return True


def _check_fees(meeting: Meeting, paid: int | None, owed: int | None) -> None:
    if (paid is None) != (owed is None):
        field = "fees_owed" if owed is None else "fees_paid"
        raise Refused(_("Đồng chí ghi cả số đã đóng và số chưa đóng; không có ai thì ghi 0."), field=field)
    if paid is None or owed is None:
        return
    members = sum(not entry.is_guest for entry in roster(meeting.body_id, meeting_day(meeting)))
    if paid + owed > members:
        words = {"counted": paid + owed, "members": members}
        sentence = _(
            "Đã đóng và chưa đóng cộng lại là %(counted)d, mà chi bộ có %(members)d đảng viên. Đồng chí đếm lại."
        )
        raise Refused(sentence % words, field="fees_paid")
