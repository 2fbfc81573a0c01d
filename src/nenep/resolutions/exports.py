"""The resolution as an official paper (regulations.md 1.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nenep.documents import heads
from nenep.documents.content import Heading, OfficialDocument, Paragraph, Table
from nenep.documents.operations import number_line
from nenep.meetings.models import MeetingKind
from nenep.meetings.progress import meeting_day
from nenep.meetings.rules import rules_of
from nenep.resolutions.models import ResolutionStatus
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from nenep.documents.content import Block
    from nenep.resolutions.models import Resolution


def content_of(resolution: Resolution) -> OfficialDocument:
    """The draft or the adopted resolution; a draft has no number and says that it is a draft."""
    meeting = resolution.meeting
    day = meeting_day(meeting)
    rules = rules_of(meeting)
    is_adopted = resolution.status == ResolutionStatus.ADOPTED
    document = resolution.document
    return OfficialDocument(
        **heads.head("NQ", meeting.body_id, day, rules),
        title=(resolution.title,),
        blocks=tuple(_blocks(resolution)),
        signatures=(heads.signed(meeting.body_id, day, rules, chair=meeting.chair_id, is_named=is_adopted),),
        recipients=heads.recipients(meeting.body_id, day, rules),
        number_line=number_line(document) if document else None,
        note="" if is_adopted else _("Dự thảo để chi bộ thảo luận."),
    )


def _blocks(resolution: Resolution) -> list[Block]:
    blocks: list[Block] = []
    if resolution.meeting.kind == MeetingKind.THEMATIC:
        review, direction = _("ĐÁNH GIÁ THỰC TRẠNG"), _("CHỦ TRƯƠNG, GIẢI PHÁP")
    else:
        review, direction = _("ĐÁNH GIÁ KẾT QUẢ LÃNH ĐẠO THÁNG QUA"), _("PHƯƠNG HƯỚNG, NHIỆM VỤ THÁNG TỚI")
    for title, text in ((review, resolution.review), (direction, resolution.direction)):
        if text:
            blocks += [Heading(title), Paragraph(text)]
    if table := _targets(resolution):
        blocks += [] if resolution.direction else [Heading(direction)]
        blocks.append(table)
    if resolution.organization:
        blocks += [Heading(_("PHÂN CÔNG, TỔ CHỨC THỰC HIỆN")), Paragraph(resolution.organization)]
    if resolution.vote and resolution.vote.passed:
        blocks.append(_adopted(resolution))
    return blocks


def _targets(resolution: Resolution) -> Table | None:
    rows = tuple(
        (
            str(number),
            target.what,
            target.lead.full_name if target.lead else "",
            day_words(target.due_on),
        )
        for number, target in enumerate(resolution.targets.all(), 1)
    )
    if not rows:
        return None
    header = (_("TT"), _("Nhiệm vụ"), _("Chủ trì"), _("Thời hạn"))
    return Table(header, rows, widths=(1, 6, 3, 2), aligned=("center", "left", "left", "center"))


def _adopted(resolution: Resolution) -> Paragraph:
    vote = resolution.vote
    assert vote is not None
    return Paragraph(
        _(
            "Nghị quyết được chi bộ thông qua tại kỳ sinh hoạt ngày %(day)s với %(votes)d/%(base)d đảng viên "
            "chính thức tán thành."
        )
        % {
            "day": day_words(meeting_day(resolution.meeting)),
            "votes": vote.votes_for,
            "base": vote.base,
        }
    )
