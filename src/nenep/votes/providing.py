"""What a meeting learns from its votes by name (see `meetings.providers`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.documents.content import Paragraph
from nenep.meetings.access import MeetingAccess
from nenep.meetings.providers import Link
from nenep.votes.access import ReservingAccess
from nenep.votes.models import NamedVote
from nenep.votes.reads import open_vote_of
from nenep.votes.reserving import reserved_on

if TYPE_CHECKING:
    from nenep.documents.content import Block
    from nenep.meetings.models import Meeting
    from nenep.shared.viewer import Viewer


def obstacles(meeting: Meeting) -> list[str]:
    vote = open_vote_of(meeting) if meeting.is_running else None
    if vote is None:
        return []
    return [
        _("Biểu quyết ghi tên “%(subject)s” chưa kết thúc. Đồng chí kết thúc biểu quyết trước.")
        % {"subject": vote.subject}
    ]


def links(viewer: Viewer, meeting: Meeting) -> list[Link]:
    if not (meeting.is_running or meeting.is_over):
        return []
    votes = list(NamedVote.objects.filter(meeting=meeting))
    found = [
        Link(
            (
                _("Đang biểu quyết ghi tên: %(subject)s")
                if vote.is_open
                else _("Biểu quyết ghi tên: %(subject)s")
            )
            % {"subject": vote.subject},
            reverse("votes:page", args=[vote.pk]),
        )
        for vote in votes
    ]
    if MeetingAccess(viewer, meeting).run and not any(vote.is_open for vote in votes):
        found.append(
            Link(_("Mở biểu quyết ghi tên trên điện thoại"), reverse("votes:opening", args=[meeting.pk]))
        )
    if ReservingAccess(viewer, meeting).offer:
        found.append(Link(_("Bảo lưu ý kiến"), reverse("votes:reservations", args=[meeting.pk])))
    return found


def minutes_blocks(meeting: Meeting) -> list[Block]:
    """That opinions were reserved, and how many; by whom and what is not for the minutes."""
    return [
        Paragraph(
            _("%(subject)s: %(count)d đồng chí bảo lưu ý kiến và chấp hành nghị quyết của chi bộ.")
            % {"subject": subject.rstrip("."), "count": count},
            lead=_("Bảo lưu ý kiến:"),
        )
        for subject, count in reserved_on(meeting).items()
    ]


def figures(meeting: Meeting) -> list[tuple[str, int]]:
    """How many opinions were reserved: the count outlives the names, which are forgotten."""
    return [("opinions_reserved", reserved_on(meeting).total())]
