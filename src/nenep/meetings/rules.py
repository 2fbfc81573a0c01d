"""The one way to ask what holds for a meeting: the rules of its day, with the local rules of its branch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from nenep.organizations.reads import rules_for, scopes_each
from nenep.people.reads import roster
from nenep.rulebook.rules import rules_on
from nenep.shared.keeping import keep_on, kept_on

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from nenep.meetings.models import Meeting
    from nenep.rulebook.rules import Rules
    from nenep.rulebook.values import Rule, Term


def rules_of(meeting: Meeting) -> Rules:
    """What holds for a meeting; kept on the instance until its day changes."""
    day = _day(meeting)
    return kept_on(meeting, _key(day), lambda: rules_for(meeting.body_id, day))


def with_rules(meetings: Sequence[Meeting]) -> Sequence[Meeting]:
    """The same, with `rules_of` known for each from one query."""
    scopes = scopes_each({(meeting.body_id, _day(meeting)) for meeting in meetings})
    for meeting in meetings:
        day = _day(meeting)
        keep_on(meeting, _key(day), rules_on(day, scopes[meeting.body_id, day]))
    return meetings


def least_minutes(meeting: Meeting) -> Rule:
    """How long a regular meeting lasts at least; a branch with many members may have a rule of its own."""
    members = roster(meeting.body_id, _day(meeting))
    return rules_of(meeting).meeting.min_minutes(members=sum(not member.is_guest for member in members))


def online_rule(meeting: Meeting) -> Term | None:
    """The rule of a meeting in a room and online at once, where it needs a paper that allows it (R156); else None."""
    mode = rules_of(meeting).vocabulary.term("meeting_modes", "mixed")
    return mode if mode.needs_legal_basis else None


def _day(meeting: Meeting) -> date:
    return timezone.localdate(meeting.starts_at)


def _key(day: date) -> str:
    return f"rules_of_{day}"
