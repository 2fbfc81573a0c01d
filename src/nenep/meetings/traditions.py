"""Days of the year whose meaning a branch may discuss (R113): a suggestion for the regular meeting of their month.

The founding report (line 117) finds tradition only told, so each comes as an item for discussion with its questions;
what was said is kept as that of every item. Which days there are says the rulebook (`Vocabulary.traditions`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nenep.meetings.models import MeetingKind
from nenep.meetings.providers import Suggestion
from nenep.meetings.rules import rules_of
from nenep.shared.vietnamese import lower_first

if TYPE_CHECKING:
    from nenep.meetings.models import Meeting
    from nenep.rulebook.values import Term

# No row stands behind it: the number is the day of the year, 1222 for 22 December.
ORIGIN = "rulebook.tradition"


def suggestions(meeting: Meeting) -> list[Suggestion]:
    """The days in the month of a regular meeting, by the rules of its day."""
    if meeting.kind != MeetingKind.REGULAR:
        return []
    days = rules_of(meeting).vocabulary.traditions
    return [_suggestion(term, meeting.month.year) for term in days if term.month == meeting.month.month]


def _suggestion(term: Term, year: int) -> Suggestion:
    """Its key is that of one year: what was left out last year was not put off until this one."""
    return Suggestion(
        key=f"tradition:{term.code}:{year}",
        category="discussion",
        title=_("Giáo dục truyền thống: %(day)s") % {"day": lower_first(term.label)},
        why=_("có ngày kỷ niệm trong tháng, nên bàn chứ không chỉ nghe; %(source)s")
        % {"source": term.citation},
        origin=(ORIGIN, (term.month or 0) * 100 + (term.day or 0)),
        questions="\n".join(term.questions),
    )
