"""The one way to ask what holds for a meeting: the rules of its day, with the local rules of its branch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from nenep.organizations.reads import rules_for
from nenep.people.reads import roster
from nenep.shared.keeping import kept_on

if TYPE_CHECKING:
    from nenep.meetings.models import Meeting
    from nenep.rulebook.rules import Rules
    from nenep.rulebook.values import Rule


def rules_of(meeting: Meeting) -> Rules:
    """What holds for a meeting; kept on the instance until its day changes."""
    day = timezone.localdate(meeting.starts_at)
    return kept_on(meeting, f"rules_of_{day}", lambda: rules_for(meeting.body_id, day))


def least_minutes(meeting: Meeting) -> Rule:
    """How long a regular meeting lasts at least; a branch with many members may have a rule of its own."""
    members = roster(meeting.body_id, timezone.localdate(meeting.starts_at))
    return rules_of(meeting).meeting.min_minutes(members=sum(not member.is_guest for member in members))
