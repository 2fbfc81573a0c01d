"""The short minutes of the committee's meeting before the branch meets, as a paper (founding report line 167)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from nenep.documents.content import Heading, OfficialDocument, Paragraph, Signature
from nenep.meetings.progress import meeting_day
from nenep.meetings.rules import rules_of
from nenep.organizations.reads import name_on, parent_on
from nenep.people.reads import signer_on
from nenep.shared.words import day_words, moment_words, month_words

if TYPE_CHECKING:
    from nenep.meetings.models import CommitteeMeeting


def content_of(row: CommitteeMeeting) -> OfficialDocument:
    """The minutes with the branch meeting that they prepare; whoever signs for the branch that day signs."""
    meeting = row.meeting
    held = timezone.localtime(row.held_at)
    day = held.date()
    parent = parent_on(meeting.body_id, day)
    post, name = signer_on(meeting.body_id, day, chair=meeting.chair_id)
    where = _(" tại %(place)s") % {"place": row.place} if row.place else ""
    prepares = _("Chuẩn bị cho %(kind)s ngày %(day)s.") % {
        "kind": meeting.get_kind_display().lower(),
        "day": day_words(meeting_day(meeting)),
    }
    return OfficialDocument(
        kind="BB",
        kind_name=_("BIÊN BẢN"),
        superior=name_on(parent, day) if parent else "",
        issuer=name_on(meeting.body_id, day),
        place="",
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
        signatures=(Signature(str(post.label).upper(), name, _("T/M CHI ỦY")),),
        has_date_in_header=False,
        scopes=rules_of(meeting).scopes,
    )


def _in_one_line(names: str) -> str:
    """Names are typed one on a line."""
    return ", ".join(line.strip().rstrip(",;.") for line in names.splitlines() if line.strip()) + "."
