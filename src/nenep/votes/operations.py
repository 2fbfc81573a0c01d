"""Verbs of a vote by name. All of them under the lock of its row, so that closing counts exactly what was cast."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nenep.journal.operations import record
from nenep.meetings.models import AgendaItem, Meeting, MeetingStatus
from nenep.meetings.voting import count_vote, rule_for
from nenep.shared.dates import now
from nenep.shared.states import Refused, hold, move
from nenep.shared.viewer import member_of
from nenep.votes import providers
from nenep.votes.models import Cast, Choice, NamedVote, VoteStatus
from nenep.votes.reads import voters_of
from nenep.votes.reserving import MINUTES_ADOPTED

if TYPE_CHECKING:
    from nenep.meetings.models import Vote
    from nenep.shared.viewer import Viewer

# Said by the pages too, to whoever comes too early or too late.
OVER = gettext_lazy("Biểu quyết này đã kết thúc nên không thay đổi được nữa.")
NOT_COUNTED_YET = gettext_lazy("Biểu quyết chưa kết thúc nên chưa có gì để bảo lưu.")


@transaction.atomic
def open_vote(
    meeting: Meeting, *, subject: str, kind: str, item: AgendaItem | None = None, by: Viewer | None
) -> NamedVote:
    """Let the official members who are there vote by name; one vote at a time, none that needs a secret ballot."""
    hold(meeting, MeetingStatus.OPENED, says=_("Chỉ biểu quyết được khi kỳ sinh hoạt đang diễn ra."))
    if item is not None and item.meeting_id != meeting.pk:
        raise ValueError(f"item {item.pk} belongs to meeting {item.meeting_id}, not {meeting.pk}")
    rule = rule_for(meeting, kind)
    if rule.ballot == "secret":
        raise Refused(_("“%(kind)s” phải bỏ phiếu kín trên giấy.") % {"kind": rule.name})
    if found := meeting.named_votes.filter(status=VoteStatus.OPEN).first():
        raise Refused(
            _("Biểu quyết “%(subject)s” chưa kết thúc. Đồng chí kết thúc rồi mở biểu quyết khác.")
            % {"subject": found.subject}
        )
    vote = NamedVote(meeting=meeting, item=item, subject=subject, kind=kind, opened_at=now())
    vote.full_clean()
    vote.save()
    record("named_vote.opened", by=by, body=meeting.body_id, obj=vote)
    return vote


@transaction.atomic
def cast_vote(vote: NamedVote, *, choice: Choice, by: Viewer) -> None:
    """Vote oneself; until the vote is closed it may be changed. The same once more changes nothing."""
    _hold(vote)
    if by.member_id is None or by.member_id not in voters_of(vote.meeting):
        raise Refused(
            _(
                "Chỉ đảng viên chính thức đã điểm danh có mặt mới biểu quyết được. Đồng chí điểm danh, "
                "hoặc báo thư ký xem lại điểm danh."
            )
        )
    if _write(vote, by.member_id, choice, written_by=None):
        record("named_vote.cast", by=by, body=vote.meeting.body_id, obj=vote)


@transaction.atomic
def write_down_cast(vote: NamedVote, *, member_id: int, choice: Choice, by: Viewer | None) -> None:
    """Write down how a member without a phone votes; what a member cast on the own phone is the member's."""
    _hold(vote)
    names = voters_of(vote.meeting)
    if member_id not in names:
        raise Refused(_("Chỉ ghi được cho đảng viên chính thức đang có mặt. Đồng chí xem lại điểm danh."))
    if vote.casts.filter(member=member_id, written_by=None).exists():
        raise Refused(
            _("Đồng chí %(name)s đã tự biểu quyết nên không ghi thay được.") % {"name": names[member_id]}
        )
    if _write(vote, member_id, choice, written_by=member_of(by)):
        record("named_vote.written_down", by=by, body=vote.meeting.body_id, obj=vote, subject=member_id)


@transaction.atomic
def close_vote(vote: NamedVote, *, by: Viewer | None) -> Vote:
    """Count what was cast, once, on the base of the day; nothing is cast afterwards.

    Refused while somebody who voted is marked as absent: the count would name more than there were.
    """
    hold(vote.meeting)  # the same order of locks as whoever closes the meeting
    _hold(vote)
    names = voters_of(vote.meeting)
    casts = list(vote.casts.select_related("member"))
    if gone := [cast.member.full_name for cast in casts if cast.member_id not in names]:
        raise Refused(
            _(
                "Đã biểu quyết nhưng đang được ghi là vắng: %(names)s. Đồng chí xem lại điểm danh rồi "
                "kết thúc biểu quyết."
            )
            % {"names": ", ".join(gone)}
        )
    counted = Counter(cast.choice for cast in casts)
    result = count_vote(
        vote.meeting,
        subject=vote.subject,
        kind=vote.kind,
        votes_for=counted[Choice.FOR],
        votes_against=counted[Choice.AGAINST],
        votes_other=counted[Choice.OTHER],
        item=vote.item,
        by=by,
    )
    move(vote, VoteStatus.CLOSED, result=result)
    record("named_vote.closed", by=by, body=vote.meeting.body_id, obj=vote, cast=len(casts))
    for follow in providers.COUNTED:
        follow(vote, by)
    return result


@transaction.atomic
def withdraw_vote(vote: NamedVote, *, by: Viewer | None) -> None:
    """Opened by mistake: it goes as long as nobody has voted."""
    _hold(vote)
    if vote.casts.exists():
        raise Refused(_("Đã có đồng chí biểu quyết nên không bỏ được nữa. Đồng chí kết thúc biểu quyết."))
    record("named_vote.withdrawn", by=by, body=vote.meeting.body_id, obj=vote)
    vote.delete()


@transaction.atomic
def reserve_opinion(vote: NamedVote, *, text: str, by: Viewer) -> None:
    """Keep one's opinion although the branch decided otherwise (N-01), for who voted; until the minutes are adopted.

    An empty text takes it back. The decision binds all the same.
    """
    hold(
        vote.meeting,
        MeetingStatus.OPENED,
        MeetingStatus.CLOSED,
        says=str(MINUTES_ADOPTED),
    )
    hold(vote, VoteStatus.CLOSED, says=str(NOT_COUNTED_YET))
    cast = vote.casts.filter(member=by.member_id).first()
    if cast is None:
        raise Refused(
            _("Đồng chí không biểu quyết nội dung này. Đồng chí ghi ở trang Bảo lưu ý kiến của kỳ sinh hoạt.")
        )
    if cast.reserved == text.strip():
        return
    cast.reserved = text.strip()
    cast.full_clean()
    cast.save(update_fields=["reserved"])
    record("opinion.reserved", by=by, body=vote.meeting.body_id, obj=vote)


def _hold(vote: NamedVote) -> None:
    hold(vote, VoteStatus.OPEN, says=str(OVER))


def _write(vote: NamedVote, member_id: int, choice: Choice, *, written_by: int | None) -> bool:
    """Whether anything changed."""
    cast = vote.casts.filter(member=member_id).first() or Cast(vote=vote, member_id=member_id)
    if cast.pk and (cast.choice, cast.written_by_id) == (choice, written_by):
        return False
    cast.choice, cast.written_by_id, cast.at = choice, written_by, now()
    cast.save()
    return True
