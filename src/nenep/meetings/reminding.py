"""Reminding those whom the notice of a meeting has not reached; by the secretary's hand, never by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.meetings.models import MeetingStatus
from nenep.meetings.notice import REMINDER, deliveries_of, reminded_today
from nenep.meetings.operations import call_text
from nenep.notices.operations import notify
from nenep.shared.dates import now
from nenep.shared.states import Refused, hold
from nenep.shared.words import hour_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nenep.meetings.models import Meeting
    from nenep.meetings.notice import Row
    from nenep.shared.viewer import Viewer


@transaction.atomic
def remind_unseen(meeting: Meeting, *, by: Viewer) -> int:
    """Say day and place again to those who have neither opened the notice nor answered; returns how many.

    Each by the ways that the member chose; whoever has to be called or brought a paper stays on that list.
    Refused a second time on the same day, from the hour of the meeting on, and when nobody is left.
    """
    hold(
        meeting,
        MeetingStatus.CALLED,
        says=_("Chỉ nhắc được sau khi có thông báo và trước khi khai mạc."),
    )
    if meeting.starts_at <= now():
        raise Refused(_("Đã đến giờ họp nên phần mềm không nhắc nữa. Đồng chí gọi điện cho ai chưa đến."))
    rows = deliveries_of(meeting)
    if sent := reminded_today(rows):
        raise Refused(
            _("Hôm nay đã nhắc lúc %(hour)s. Mỗi ngày chỉ nhắc một lần; cần gấp thì đồng chí gọi điện.")
            % {"hour": hour_words(sent[0].created_at)}
        )
    ids = to_remind(rows, by=by)
    if not ids:
        raise Refused(_("Không còn đồng chí nào phải nhắc qua phần mềm."))
    record("meeting.reminded", by=by, body=meeting.body_id, obj=meeting, members=len(ids))
    notify(
        ids,
        kind=REMINDER,
        title=_("Nhắc lại thông báo họp chi bộ"),
        text=call_text(meeting),
        url=reverse("meetings:page", args=[meeting.pk]),
        body=meeting.body_id,
        about=meeting,
        by_hand=False,
        by=by,
    )
    return len(ids)


def to_remind(rows: Iterable[Row], *, by: Viewer) -> list[int]:
    """Member ids of those whom a reminder would go to; whoever sends it knows of the meeting."""
    return [row.entry.member_id for row in rows if row.takes_reminder and row.entry.member_id != by.member_id]
