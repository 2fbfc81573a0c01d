"""What members answer and write before a meeting, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.meetings.models import (
    BEING_PREPARED,
    Answer,
    Meeting,
    MeetingStatus,
    Opinion,
    Postponement,
    Reply,
    Response,
)
from nenep.meetings.progress import meeting_day
from nenep.notices.operations import notify
from nenep.people.models import Member
from nenep.people.reads import roster
from nenep.shared.dates import now
from nenep.shared.states import Refused, hold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from nenep.shared.viewer import Viewer


@transaction.atomic
def respond(
    meeting: Meeting,
    *,
    answer: Answer,
    reason: str = "",
    note: str = "",
    member_id: int | None = None,
    by: Viewer,
) -> Response:
    """A member says beforehand whether they will come; asking leave needs a reason. May be changed until opening.

    `member_id`: whose answer it is, when somebody else writes down what was said on the telephone or on paper.
    """
    member_id = member_id or by.member_id
    hold(
        meeting,
        MeetingStatus.CALLED,
        says=_("Chỉ trả lời được sau khi có thông báo và trước khi khai mạc."),
    )
    if answer == Answer.ASKS_LEAVE and not reason:
        raise Refused(_("Đồng chí chọn lý do xin vắng."))
    if member_id not in {entry.member_id for entry in roster(meeting.body_id, meeting_day(meeting))}:
        raise Refused(_("Đồng chí này không có trong danh sách của kỳ sinh hoạt."))
    response, _created = Response.objects.update_or_create(
        meeting=meeting,
        member_id=member_id,
        defaults={
            "answer": answer,
            "reason": reason if answer == Answer.ASKS_LEAVE else "",
            "note": note,
            "at": now(),
            "written_by_id": by.member_id if by.member_id != member_id else None,
        },
    )
    record("response.given", by=by, body=meeting.body_id, obj=response, subject=member_id)
    return response


def standing(meeting: Meeting) -> QuerySet[Response]:
    """The answers that were given for the time the meeting now has; moving it asks everybody again."""
    moved = meeting.postponements.order_by("-at").values_list("at", flat=True).first()
    return meeting.responses.filter(at__gt=moved) if moved else meeting.responses.all()


def given_for(response: Response | None, postponements: Iterable[Postponement]) -> datetime | None:
    """The time that an answer was given for, when the meeting has been moved since."""
    moves = [move for move in postponements if response is not None and move.at >= response.at]
    return min(moves, key=lambda move: move.at).was if moves else None


@transaction.atomic
def write_opinion(meeting: Meeting, *, text: str, item_id: int | None, by: Viewer) -> Opinion:
    """A member's opinion beforehand; its author and those who prepare the meeting see it."""
    hold(
        meeting,
        *BEING_PREPARED,
        says=_("Kỳ sinh hoạt đã khai mạc. Đồng chí phát biểu trực tiếp tại cuộc họp."),
    )
    if item_id is not None and not meeting.items.filter(pk=item_id).exists():
        raise ValueError(f"item {item_id} is not of meeting {meeting.pk}")
    author = Member.objects.get(pk=by.member_id or 0)
    opinion = Opinion(meeting=meeting, item_id=item_id, author=author, text=text, at=now())
    opinion.full_clean()
    opinion.save()
    record("opinion.written", by=by, body=meeting.body_id, obj=opinion, subject=by.member_id)
    return opinion


@transaction.atomic
def answer_opinion(opinion: Opinion, *, reply: Reply, reason: str, by: Viewer) -> None:
    """Tell the author what became of the opinion; not adopting needs a reason that the author sees."""
    hold(opinion)
    opinion.reply, opinion.reply_reason = reply, reason
    opinion.full_clean()
    opinion.save(update_fields=["reply", "reply_reason"])
    record("opinion.answered", by=by, body=opinion.meeting.body_id, obj=opinion, subject=opinion.author_id)
    if opinion.author_id is None:  # a card without a name: the answer is given in the meeting
        return
    notify(
        [opinion.author_id],
        kind="opinion.answered",
        title=_("Ý kiến của đồng chí đã được trả lời"),
        text=opinion.get_reply_display(),
        url=reverse("meetings:opinions", args=[opinion.meeting_id]),
        body=opinion.meeting.body_id,
        about=opinion,
        by=by,
    )
