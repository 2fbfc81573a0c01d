"""Opinions that members ask to be kept after a count of hands or a secret ballot; how they voted is kept nowhere."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nenep.journal.operations import record
from nenep.meetings.models import Meeting, MeetingStatus
from nenep.shared.dates import now
from nenep.shared.states import Refused, hold
from nenep.votes import providers
from nenep.votes.models import Cast, Reservation
from nenep.votes.reads import voters_of

if TYPE_CHECKING:
    from nenep.shared.viewer import Viewer

# Said by the pages too, to whoever comes too late.
MINUTES_ADOPTED = gettext_lazy(
    "Biên bản đã thông qua nên không ghi thêm ý kiến bảo lưu được. Đồng chí báo cáo bằng văn bản."
)


def decided(meeting: Meeting) -> list[str]:
    """What the branch has voted on in this meeting, by hands, by name or on paper, each subject once."""
    counted = meeting.votes.order_by("pk").values_list("subject", flat=True)
    told = [subject for ask in providers.DECIDED for subject in ask(meeting)]
    return list(dict.fromkeys([*counted, *told]))


def open_to(meeting: Meeting, member_id: int | None) -> list[str]:
    """Of these, on what the member may reserve an opinion here: who voted by name does it at that vote."""
    own = Cast.objects.filter(vote__meeting=meeting, member=member_id)
    named = set(own.values_list("vote__result__subject", flat=True))
    return [subject for subject in decided(meeting) if subject not in named]


@transaction.atomic
def reserve_opinion_on(meeting: Meeting, *, subject: str, text: str, by: Viewer) -> None:
    """Keep one's opinion on what the branch has decided (N-01), until the minutes are adopted; empty takes it back.

    For official members who were there. The event names the meeting, not the subject: of a secret ballot it would
    tell for ever what is forgotten here.
    """
    hold(meeting, MeetingStatus.OPENED, MeetingStatus.CLOSED, says=str(MINUTES_ADOPTED))
    if by.member_id is None or by.member_id not in voters_of(meeting):
        raise Refused(_("Chỉ đảng viên chính thức có mặt ở kỳ sinh hoạt này mới bảo lưu ý kiến ở đây được."))
    if subject not in open_to(meeting, by.member_id):
        raise Refused(
            _("Nội dung này chưa có kết quả. Đồng chí chọn nội dung đã biểu quyết."), field="subject"
        )
    text = text.strip()
    kept = Reservation.objects.filter(meeting=meeting, member=by.member_id, subject=subject).first()
    if text == (kept.text if kept else ""):
        return
    if kept and not text:
        kept.delete()
    else:
        row = kept or Reservation(meeting=meeting, member_id=by.member_id, subject=subject)
        row.text, row.at = text, now()
        row.full_clean()
        row.save()
    record("opinion.reserved", by=by, body=meeting.body_id, obj=meeting)


def reserved_on(meeting: Meeting) -> Counter[str]:
    """How many members reserve an opinion on each subject. What was withdrawn since is not decided and not told."""
    casts = Cast.objects.filter(vote__meeting=meeting).exclude(reserved="")
    pairs = dict.fromkeys(casts.order_by("vote").values_list("vote__subject", "member"))
    rows = list(Reservation.objects.filter(meeting=meeting).order_by("pk").values_list("subject", "member"))
    if rows:
        still = set(decided(meeting))
        pairs |= dict.fromkeys(pair for pair in rows if pair[0] in still)
    return Counter(subject for subject, _member in pairs)
