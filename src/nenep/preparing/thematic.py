"""What makes a meeting a thematic one: not a story told, but a question discussed to its conclusions (lines 121, 153).

The one rule for the preparation, for closing and for the figures (regulations.md 1.4; R119, R120).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from nenep.assignments.models import Assignment
from nenep.meetings.agenda import presented_steps
from nenep.meetings.models import MeetingKind, ThematicPart
from nenep.meetings.providers import Shortfall
from nenep.preparing.models import Material
from nenep.resolutions.models import ResolutionStatus, Target

if TYPE_CHECKING:
    from nenep.meetings.models import AgendaItem, Meeting

SENTENCES = {
    ThematicPart.TOPIC: _("Chưa nêu chuyên đề thành một câu hỏi."),
    ThematicPart.PRESENTER: _("Chưa phân công người trình bày chuyên đề."),
    ThematicPart.PAPER: _("Chưa có báo cáo chuyên đề."),
    ThematicPart.DISCUSSION: _("Chưa ghi ý kiến thảo luận."),
    ThematicPart.CONCLUSION: _("Chưa ghi kết luận."),
    ThematicPart.FOLLOW_UP: _("Chưa giao việc nào để làm sau kỳ này."),
}


def lacks(meeting: Meeting) -> list[ThematicPart]:
    """What the meeting lacks now; empty for every other kind of meeting."""
    if meeting.kind != MeetingKind.THEMATIC:
        return []
    items = list(meeting.items.all())
    has = {
        ThematicPart.TOPIC: bool(meeting.focus_question.strip()),
        ThematicPart.PRESENTER: presenting(meeting, items) is not None,
        ThematicPart.PAPER: Material.objects.filter(meeting=meeting, is_paper=True).exists(),
        ThematicPart.DISCUSSION: any(item.category == "discussion" and item.notes.strip() for item in items),
        ThematicPart.CONCLUSION: any(item.is_concluded for item in items),
        ThematicPart.FOLLOW_UP: Assignment.objects.given_at(meeting).exists()
        or Target.objects.filter(
            resolution__meeting=meeting, resolution__status=ResolutionStatus.ADOPTED
        ).exists(),
    }
    return [part for part in ThematicPart if not has[part]]


def shortfalls(meeting: Meeting) -> list[Shortfall]:
    return [Shortfall(part.value, str(SENTENCES[part])) for part in lacks(meeting)]


def presenting(meeting: Meeting, items: list[AgendaItem]) -> AgendaItem | None:
    """The part of a thematic agenda that is presented, once somebody presents it."""
    steps = presented_steps(meeting)
    return next((item for item in items if item.step in steps and item.presenter_id), None)
