"""By when a return is due: the pack of the meeting's day says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nenep.meetings.progress import conclude_by
from nenep.meetings.rules import rules_of
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from datetime import date

    from nenep.meetings.models import Meeting
    from nenep.rulebook.values import Rule


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day, and the rule that names it; where no rule is known its value is None and the day the program's."""

    day: date
    rule: Rule

    def words(self, today: date) -> str:
        days = (self.day - today).days
        named = {"day": day_words(self.day), "days": abs(days)}
        if days < 0:
            return _("quá hạn %(days)d ngày, hạn %(day)s") % named
        return _("hạn hôm nay, %(day)s") % named if days == 0 else _("còn %(days)d ngày, hạn %(day)s") % named


def deadline_of(meeting: Meeting) -> Deadline:
    """regulations.md M-11."""
    return Deadline(conclude_by(meeting), rules_of(meeting).meeting.follow_up_days)
