"""The short minutes of the committee's meeting before the branch meets, as a paper (founding report line 167)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from nenep.documents import heads
from nenep.documents.content import Heading, OfficialDocument, Paragraph
from nenep.meetings.progress import meeting_day
from nenep.organizations.reads import rules_for
from nenep.shared.words import day_words, moment_words, month_words

if TYPE_CHECKING:
    from nenep.meetings.models import CommitteeMeeting


def content_of(row: CommitteeMeeting) -> OfficialDocument:
    """The minutes with the branch meeting that they prepare; whoever signs for the branch that day signs."""
    meeting = row.meeting
    held = timezone.localtime(row.held_at)
    day = held.date()
    rules = rules_for(meeting.body_id, day)
    where = _(" tại %(place)s") % {"place": row.place} if row.place else ""
    prepares = _("Chuẩn bị cho %(kind)s ngày %(day)s.") % {
        "kind": meeting.get_kind_display().lower(),
        "day": day_words(meeting_day(meeting)),
    }
    return OfficialDocument(
        **heads.head("BB", meeting.body_id, day, rules),
        title=(
            _("Họp chi ủy chuẩn bị kỳ sinh hoạt tháng %(month)s") % {"month": month_words(meeting.month)},
        ),
        blocks=(
            Heading(_("THỜI GIAN, THÀNH PHẦN")),
            Paragraph(_("Họp lúc %(at)s%(where)s.") % {"at": moment_words(held), "where": where}),
            Paragraph(prepares),
            Paragraph(_in_one_line(row.present), lead=_("Thành phần dự họp:")),
            Heading(_("NỘI DUNG ĐÃ BÀN")),
            Paragraph(row.content),
            Heading(_("KẾT LUẬN, PHÂN CÔNG CHUẨN BỊ")),
            Paragraph(row.decisions),
        ),
        signatures=(
            heads.signed(meeting.body_id, day, rules, collective=_("CHI ỦY"), chair=meeting.chair_id),
        ),
    )


def _in_one_line(names: str) -> str:
    """Names are typed one on a line."""
    return ", ".join(line.strip().rstrip(",;.") for line in names.splitlines() if line.strip()) + "."
