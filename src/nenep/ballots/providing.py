"""What a meeting learns from its secret ballots (see `meetings.providers`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.ballots.reads import papers_in_words, result_in_words, result_of, rounds_of, rounds_shown
from nenep.documents.content import Paragraph
from nenep.meetings.providers import Link

if TYPE_CHECKING:
    from nenep.documents.content import Block
    from nenep.meetings.models import Meeting
    from nenep.shared.viewer import Viewer


def obstacles(meeting: Meeting) -> list[str]:
    if not meeting.is_running:
        return []
    return [
        _("Bỏ phiếu kín “%(subject)s” chưa chốt kết quả. Đồng chí nhập số kiểm phiếu rồi chốt.")
        % {"subject": ballot.title}
        for ballot in rounds_of(meeting)
        if ballot.is_open
    ]


def links(viewer: Viewer, meeting: Meeting) -> list[Link]:  # noqa: ARG001  # everybody who sees the meeting
    if not (meeting.is_running or meeting.is_over):
        return []
    return [
        Link(
            (_("Đang bỏ phiếu kín: %(subject)s") if ballot.is_open else _("Bỏ phiếu kín: %(subject)s"))
            % {"subject": ballot.title},
            reverse("ballots:page", args=[ballot.pk]),
        )
        for ballot in rounds_shown(meeting)
    ]


def decided(meeting: Meeting) -> list[str]:
    return [ballot.title for ballot in rounds_of(meeting) if result_of(ballot)]


def item_lines(meeting: Meeting) -> list[tuple[int, str]]:
    found = []
    for ballot in rounds_shown(meeting):
        if ballot.item_id is None:
            continue
        row = result_of(ballot)
        said = " ".join(result_in_words(ballot, row)) if row else _("đang bỏ phiếu, kiểm phiếu.")
        line = _("Bỏ phiếu kín “%(subject)s”: %(said)s") % {"subject": ballot.title, "said": said}
        found.append((ballot.item_id, line))
    return found


def minutes_blocks(meeting: Meeting) -> list[Block]:
    """Each round that is confirmed: papers, what was decided over which base. Nothing else about it exists."""
    blocks: list[Block] = []
    for ballot in rounds_of(meeting):
        row = result_of(ballot)
        if row is None:
            continue
        said = " ".join([papers_in_words(row), *result_in_words(ballot, row)])
        text = _("%(subject)s, tính trên %(base)d đảng viên chính thức. %(said)s") % {
            "subject": ballot.title.rstrip("."),
            "base": ballot.base,
            "said": said,
        }
        blocks.append(Paragraph(text, lead=_("Bỏ phiếu kín:")))
    return blocks
