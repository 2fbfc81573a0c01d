"""The thematic meetings of a quarter beside what the rules ask for: one that lacked a part of it does not count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nenep.meetings.models import Meeting, MeetingKind
from nenep.organizations.reads import rules_for
from nenep.shared.dates import next_month

if TYPE_CHECKING:
    from datetime import date

    from nenep.rulebook.values import Rule

ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Quarter:
    """`rule` says how many thematic meetings a quarter needs; `meetings` are those held or planned in it."""

    name: str
    rule: Rule
    meetings: list[Meeting]

    @property
    def lacks_meetings(self) -> bool:
        return self.rule.value is not None and len(self.meetings) < self.rule.number


def place_in_year(day: date) -> int:
    """Of the quarter that holds `day`: 0 to 3."""
    return (day.month - 1) // 3


def quarter_of(body_id: int, day: date) -> Quarter:
    """The quarter that holds `day`, of one branch."""
    first = day.replace(month=day.month - (day.month - 1) % 3, day=1)
    months = (first, next_month(first), next_month(next_month(first)))
    meetings = Meeting.objects.standing().filter(body_id=body_id, kind=MeetingKind.THEMATIC, month__in=months)
    meetings = meetings.exclude(figures__thematic_lacks__gt="")
    return Quarter(
        name=_("quý %(number)s/%(year)d") % {"number": ROMAN[place_in_year(first)], "year": first.year},
        rule=rules_for(body_id, day).meeting.thematic_per_quarter,
        meetings=list(meetings.order_by("starts_at")),
    )
