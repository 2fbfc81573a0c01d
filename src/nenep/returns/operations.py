"""Sending the monthly return, and what the committee above does with it."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.meetings.models import Meeting, MeetingStatus
from nenep.notices.operations import notify
from nenep.people.reads import leaders_on
from nenep.returns.lines import lines_of
from nenep.returns.models import Return, ReturnStatus
from nenep.shared.dates import now, today
from nenep.shared.states import Refused, hold, move
from nenep.shared.viewer import member_of
from nenep.shared.words import month_words

if TYPE_CHECKING:
    from nenep.shared.viewer import Viewer


@transaction.atomic
def send_return(meeting: Meeting, *, remark: str = "", by: Viewer | None) -> Return:
    """Freeze the lines as the records tell them now and send them up, the first time or after they came back.

    Refused before the minutes are adopted, for imported figures, and while the committee has it already.
    """
    hold(meeting, MeetingStatus.ADOPTED, says=_("Báo cáo gửi được sau khi chi bộ thông qua biên bản."))
    if meeting.is_imported:
        raise Refused(_("Kỳ này chỉ có con số đã nạp nên không có báo cáo để gửi."))
    content = [[line.key, line.label, line.value] for line in lines_of(meeting)]
    told: dict[str, Any] = {
        "content": content,
        "remark": remark.strip(),
        "sent_at": now(),
        "sent_by_id": member_of(by),
    }
    told["checksum"] = _checksum(meeting, content, remark.strip())
    row = Return.objects.filter(meeting=meeting).first()
    if row is None:
        row = Return(meeting=meeting, **told)
        row.full_clean()
        row.save()
    elif row.status == ReturnStatus.SENT_BACK:
        move(row, ReturnStatus.SENT, **told)
    else:
        raise Refused(_("Báo cáo tháng này đã gửi rồi. Chỉ gửi lại khi cấp trên trả lại."))
    record("return.sent", by=by, body=meeting.body_id, obj=row, checksum=row.checksum)
    return row


@transaction.atomic
def receive_return(row: Return, *, seen: str, by: Viewer | None) -> None:
    """The committee has it. `seen` is the checksum of what was read: Refused when it was sent anew meanwhile."""
    _hold_waiting(row, seen)
    move(row, ReturnStatus.RECEIVED, **_answered(by), about="", answer="")
    record("return.received", by=by, body=row.meeting.body_id, obj=row, checksum=row.checksum)


@transaction.atomic
def send_back(row: Return, *, about: str, answer: str, seen: str, by: Viewer | None) -> None:
    """Return it with a remark, on one of its lines (a key) or on the whole (""); the branch is told."""
    _hold_waiting(row, seen)
    if not answer.strip():
        raise Refused(_("Đồng chí ghi vì sao trả lại."), field="answer")
    if about and about not in {key for key, _label, _value in row.content}:
        raise ValueError(f"{about!r} is no line of return {row.pk}")
    move(row, ReturnStatus.SENT_BACK, **_answered(by), about=about, answer=answer.strip())
    body = row.meeting.body_id
    record("return.sent_back", by=by, body=body, obj=row, about=about)
    notify(
        leaders_on(body, today()),
        kind="return.sent_back",
        title=_("Báo cáo tháng %(month)s được trả lại") % {"month": month_words(row.meeting.month)},
        text=_("Đồng chí xem lý do, sửa ở hồ sơ gốc hoặc ghi chú, rồi gửi lại."),
        url=reverse("returns:page", args=[row.meeting_id]),
        body=body,
        about=row,
        by=by,
    )


def _hold_waiting(row: Return, seen: str) -> None:
    hold(row, ReturnStatus.SENT, says=_("Báo cáo này không còn chờ nhận. Đồng chí tải lại trang."))
    if row.checksum != seen:
        raise Refused(_("Chi bộ vừa gửi lại báo cáo khác. Đồng chí tải lại trang rồi xem lại."))


def _answered(by: Viewer | None) -> dict[str, Any]:
    return {"answered_at": now(), "answered_by_id": member_of(by)}


def _checksum(meeting: Meeting, content: list[list[str]], remark: str) -> str:
    """SHA-256 of what was sent, in one spelling, so that both sides can compare it."""
    said = json.dumps([meeting.ref, content, remark], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()
