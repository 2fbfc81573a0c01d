"""What makes a meeting a thematic one: not a story told, but a question discussed to its conclusions (lines 121, 153).

The one rule for the preparation, for closing and for the figures (regulations.md 1.4; R119, R120).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from nenep.assignments.models import Assignment
from nenep.meetings.agenda import steps_for
from nenep.meetings.models import MeetingKind
from nenep.meetings.providers import Shortfall
from nenep.preparing.models import Material
from nenep.resolutions.models import Target

if TYPE_CHECKING:
    from nenep.meetings.models import AgendaItem, Meeting

SENTENCES = {
    "topic": _("Chưa nêu chuyên đề thành một câu hỏi."),
    "presenter": _("Chưa phân công người trình bày chuyên đề."),
    "paper": _("Chưa có báo cáo chuyên đề."),
    "discussion": _("Chưa ghi ý kiến thảo luận."),
    "conclusion": _("Chưa ghi kết luận."),
    "follow_up": _("Chưa giao việc nào để làm sau kỳ này."),
}
# What can be there before the meeting.
BEFOREHAND = ("topic", "presenter", "paper")


def lacks(meeting: Meeting) -> list[str]:
    """Codes of SENTENCES, in that order: what the meeting lacks now. Empty for every other kind of meeting."""
    if meeting.kind != MeetingKind.THEMATIC:
        return []
    items = list(meeting.items.all())
    has = {
        "topic": bool(meeting.focus_question.strip()),
        "presenter": presenting(meeting, items) is not None,
        "paper": Material.objects.filter(meeting=meeting, is_paper=True).exists(),
        "discussion": any(item.category == "discussion" and item.notes.strip() for item in items),
        "conclusion": any(item.conclusion.strip() for item in items),
        "follow_up": Assignment.objects.given_at(meeting).exists()
        or Target.objects.filter(resolution__meeting=meeting).exists(),
    }
    return [code for code in SENTENCES if not has[code]]


def shortfalls(meeting: Meeting) -> list[Shortfall]:
    return [Shortfall(code, str(SENTENCES[code])) for code in lacks(meeting)]


def presenting(meeting: Meeting, items: list[AgendaItem]) -> AgendaItem | None:
    """The part of a thematic agenda that is presented, once somebody presents it."""
    steps = {step.id for step in steps_for(meeting) if step.is_item and step.actor == "assigned"}
    return next((item for item in items if item.step in steps and item.presenter_id), None)
