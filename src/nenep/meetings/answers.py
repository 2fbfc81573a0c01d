"""What members answer and write before a meeting, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.meetings.agenda import put_on
from nenep.meetings.models import (
    BEING_PREPARED,
    Answer,
    Meeting,
    MeetingStatus,
    Opinion,
    OpinionKind,
    Postponement,
    Reply,
    Response,
)
from nenep.meetings.progress import meeting_day
from nenep.meetings.providers import Suggestion
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

# The origin of an item that was taken from a proposal (`shared.references`).
PROPOSAL = "meetings.opinion"
PROPOSAL_REPLIES = (Reply.ADOPTED, Reply.ADAPTED, Reply.DECLINED)


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
    words = {"item_id": item_id, "author": author, "text": text}
    if sent := meeting.opinions.filter(kind=OpinionKind.OPINION, reply=Reply.OPEN, **words).first():
        return sent  # a second press, or a browser that did not get the answer, sends the same words again
    opinion = Opinion(meeting=meeting, at=now(), **words)
    opinion.full_clean()
    opinion.save()
    record("opinion.written", by=by, body=meeting.body_id, obj=opinion, subject=by.member_id)
    return opinion


@transaction.atomic
def propose(meeting: Meeting, *, subject: str, text: str, by: Viewer) -> Opinion:
    """A member asks for an item of the agenda, until the notice is out; who asks is seen as with an opinion."""
    hold(
        meeting,
        MeetingStatus.PLANNED,
        says=_(
            "Thông báo đã gửi nên kỳ này không nhận thêm đề nghị. Đồng chí gửi ý kiến, hoặc đề nghị cho kỳ sau."
        ),
    )
    author = Member.objects.get(pk=by.member_id or 0)
    words = {"kind": OpinionKind.PROPOSAL, "author": author, "subject": subject, "text": text}
    if sent := meeting.opinions.filter(reply=Reply.OPEN, **words).first():
        return sent  # as in `write_opinion`
    proposal = Opinion(meeting=meeting, at=now(), **words)
    proposal.full_clean()
    proposal.save()
    record("proposal.written", by=by, body=meeting.body_id, obj=proposal, subject=by.member_id)
    return proposal


def proposed(proposal: Opinion) -> Suggestion:
    """What a proposal suggests for the agenda. Its author stays unnamed: every member reads the agenda."""
    inbox = reverse("meetings:opinion_inbox", args=[proposal.meeting_id]) + f"#opinion-{proposal.pk}"
    return Suggestion(
        key=f"proposal:{proposal.pk}",
        category="discussion",
        title=proposal.subject,
        why=_("đảng viên đề nghị"),
        origin=(PROPOSAL, proposal.pk),
        url=inbox,
        decline_url=inbox,
    )


@transaction.atomic
def answer_opinion(opinion: Opinion, *, reply: Reply, reason: str, by: Viewer | None) -> None:
    """Tell the author what became of the opinion; not adopting needs a reason that the author sees.

    A proposal that is adopted, wholly or in part, stands on the agenda by that.
    """
    if opinion.is_proposal:
        _answer_by_agenda(opinion, reply, by=by)
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
        title=_("Đề nghị của đồng chí đã được trả lời")
        if opinion.is_proposal
        else _("Ý kiến của đồng chí đã được trả lời"),
        text=opinion.get_reply_display(),
        url=reverse(
            "meetings:proposals" if opinion.is_proposal else "meetings:opinions", args=[opinion.meeting_id]
        ),
        body=opinion.meeting.body_id,
        about=opinion,
        by=by,
    )


def _answer_by_agenda(proposal: Opinion, reply: Reply, *, by: Viewer | None) -> None:
    """The meeting is locked before the proposal, as whoever takes it onto the agenda does."""
    hold(proposal.meeting)
    hold(proposal)
    if proposal.reply != Reply.OPEN:
        raise Refused(_("Đề nghị này đã được trả lời rồi. Đồng chí tải lại trang để xem."))
    if reply not in PROPOSAL_REPLIES:
        raise Refused(
            _("Với đề nghị, đồng chí chọn đưa vào chương trình, hoặc chưa đưa và ghi lý do."), field="reply"
        )
    if reply != Reply.DECLINED:
        put_on(proposal.meeting, proposed(proposal), by=by)
