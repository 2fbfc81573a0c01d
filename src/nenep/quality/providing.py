"""What a meeting learns from its self-check (see `meetings.providers`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.documents.content import Heading, Paragraph
from nenep.meetings.access import MeetingAccess
from nenep.meetings.providers import Link
from nenep.organizations.reach import may
from nenep.quality.models import CheckAnswer, Judgement

if TYPE_CHECKING:
    from nenep.documents.content import Block
    from nenep.meetings.models import Meeting
    from nenep.shared.viewer import Viewer


def links(viewer: Viewer, meeting: Meeting) -> list[Link]:
    """The self-check while there is time for it, afterwards it stands in the minutes; once it is over the notebook."""
    found = _self_check(viewer, meeting)
    if meeting.is_over and may(viewer, "notebook.keep", meeting.body_id):
        address = reverse("quality:note_addition", args=[meeting.body_id])
        found.append(Link(_("Ghi sổ tay của bí thư"), f"{address}?month={meeting.month:%Y-%m}"))
    return found


def after_closing(viewer: Viewer, meeting: Meeting) -> list[Link]:
    """The self-check, unless it is answered: it comes before the minutes are read back."""
    return [] if CheckAnswer.objects.filter(meeting=meeting).exists() else _self_check(viewer, meeting)


def lessons(viewer: Viewer, meeting: Meeting) -> list[Link]:
    """The notebook beside the preparation, for whoever keeps it."""
    if not may(viewer, "notebook.keep", meeting.body_id):
        return []
    address = reverse("quality:notebook", args=[meeting.body_id])
    return [Link(_("Sổ tay của bí thư: điều làm tốt, điều cần tránh"), address)]


def _self_check(viewer: Viewer, meeting: Meeting) -> list[Link]:
    if not MeetingAccess(viewer, meeting).adopt_minutes:
        return []
    return [Link(_("Tự kiểm tra kỳ sinh hoạt (2 phút)"), reverse("quality:self_check", args=[meeting.pk]))]


def minutes_blocks(meeting: Meeting) -> list[Block]:
    # It is answered after closing: of a meeting that goes on there is nothing to ask the database for.
    answers = [] if meeting.is_running else list(CheckAnswer.objects.filter(meeting=meeting))
    if not answers:
        return []
    return [
        Heading(_("Chi bộ tự kiểm tra kỳ sinh hoạt"), level=2),
        *[Paragraph(_said(one)) for one in answers],
    ]


def _said(answer: CheckAnswer) -> str:
    words = {
        "question": answer.words,
        "judgement": Judgement(answer.judgement).label.lower(),
        "line": answer.line.rstrip("."),
    }
    if answer.line:
        return _("%(question)s: %(judgement)s. %(line)s.") % words
    return _("%(question)s: %(judgement)s.") % words
