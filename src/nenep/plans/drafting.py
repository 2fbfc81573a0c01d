"""The first draft of a plan: what the rulebook's template of the body's kind holds, on days that can be."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.utils import timezone

from nenep.meetings.models import Meeting
from nenep.meetings.operations import USUAL_HOUR, usual_time
from nenep.meetings.quarter import place_in_year
from nenep.organizations.reads import kind_on
from nenep.plans.models import Entry, EntryKind
from nenep.plans.reads import day_in, months_of, rules_of_months
from nenep.rulebook.calendar import before_working_days, working_day
from nenep.shared.dates import now

if TYPE_CHECKING:
    from nenep.rulebook.planning import PlanLine
    from nenep.rulebook.rules import Rules


@dataclass(slots=True)
class _Habits:
    """What the branch does already: its last regular meeting, and the meetings that stand in the year."""

    last: Meeting | None
    regular: dict[date, Meeting] = field(default_factory=dict)
    thematic: dict[int, list[Meeting]] = field(default_factory=lambda: defaultdict(list))

    @property
    def place(self) -> str:
        return self.last.place if self.last else ""

    @property
    def hour(self) -> time:
        return timezone.localtime(self.last.starts_at).time() if self.last else USUAL_HOUR


def lines_of(body_id: int, year: int) -> tuple[PlanLine, ...]:
    """What the draft will hold, with its sources: by the rules of the day that the year is asked about on."""
    day = day_in(year)
    return rules_of_months(body_id, [day])[day].plan(kind_on(body_id, day))


def drafted(body_id: int, year: int) -> list[Entry]:
    """Unsaved entries for what still lies ahead in the year; a meeting that exists already is taken up as it stands.

    Days: that of the branch's regular meeting by the rules of each month, or the template's; off weekends and holidays.
    """
    rules = rules_of_months(body_id, months_of(year))
    kind, habits = kind_on(body_id, day_in(year)), _habits(body_id, year)
    entries = [
        _entry(body_id, month, line, of_month, habits)
        for month, of_month in rules.items()
        for line in of_month.plan(kind)
        if month.month in line.months
    ]
    return sorted((entry for entry in entries if entry.at > now()), key=lambda entry: entry.at)


def _habits(body_id: int, year: int) -> _Habits:
    standing = Meeting.objects.standing().filter(body_id=body_id)
    found = _Habits(last=standing.regular().order_by("-month").first())
    for meeting in standing.filter(month__year=year).order_by("starts_at"):
        if meeting.kind == EntryKind.REGULAR:
            found.regular[meeting.month] = meeting
        else:
            found.thematic[place_in_year(meeting.month)].append(meeting)
    return found


def _entry(body_id: int, month: date, line: PlanLine, rules: Rules, habits: _Habits) -> Entry:
    made, kind = None, EntryKind(line.kind)
    if kind == EntryKind.REGULAR:
        made = habits.regular.get(month)
    elif kind == EntryKind.THEMATIC and (known := habits.thematic[place_in_year(month)]):
        made = known.pop()
    day, hour = _day(body_id, month, line, rules, habits), habits.hour
    return Entry(
        kind=kind,
        month=made.month if made else month,
        starts_at=made.starts_at if made else timezone.make_aware(datetime.combine(day, hour)),
        place=made.place if made else habits.place,
        content=made.focus_question if made and kind == EntryKind.THEMATIC else line.content,
        meeting=made,
    )


def _day(body_id: int, month: date, line: PlanLine, rules: Rules, habits: _Habits) -> date:
    if line.day is not None:
        return working_day(month.replace(day=line.day), until=None)
    made = habits.regular.get(month)
    if made is None:
        usual = timezone.localdate(usual_time(body_id, month, habits.last))
        fallback = rules.meeting.fixed_day_fallback
        regular = working_day(usual, until=fallback.number if fallback.value is not None else None)
    else:
        regular = timezone.localdate(made.starts_at)
    return before_working_days(regular, line.working_days_before or 0)
