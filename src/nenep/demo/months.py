"""Past months of every branch, with the weak points that the founding report names built in."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from nenep.demo.missed import months_without
from nenep.meetings.models import MeetingKind
from nenep.shared.dates import month_end, month_start, months_between, previous_month

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nenep.demo.people import Person

REPORT_FROM, REPORT_TO = date(2010, 7, 1), date(2015, 9, 30)


@dataclass(frozen=True, slots=True)
class Month:
    """One meeting of a past month, as a row of the sheet."""

    branch: str
    month: date
    kind: MeetingKind
    held_on: date
    duration_minutes: int
    expected: int
    present: int
    excused: int
    unexcused: int
    committee_met: bool
    draft_prepared: bool
    notice_days: int | None
    """Days before the meeting on which the plan went out; 0 on the day itself, None for no plan at all."""
    speakers: int
    opinions_beforehand: int
    minutes_information: int
    minutes_political_task: int
    minutes_party_building: int
    minutes_discussion: int
    conclusions: int
    reviewed: int
    reviewed_met: int
    reviewed_partly: int
    reviewed_not_met: int
    reviewed_without_cause: int
    adopted_on: date


@dataclass(frozen=True, slots=True)
class Habit:
    """How a branch runs its meetings; shares between 0 and 1."""

    unprepared: float
    no_draft: float
    silent: float
    causeless: float
    professional: float
    late_minutes: float
    late_plan: float


def months(people: list[Person], today: date) -> Iterator[Month]:
    """The 63 months of the report and the months of this year before the current one, branch by branch."""
    periods = [*months_between(REPORT_FROM, REPORT_TO)]
    if today.month > 1:
        periods += months_between(date(today.year, 1, 1), previous_month(today))
    by_branch: dict[str, list[Person]] = {}
    for person in people:
        by_branch.setdefault(person.branch, []).append(person)
    without = months_without(today)
    for branch, members in by_branch.items():
        rng = Random(f"months {branch}")  # noqa: S311
        habit = _habit(rng)
        joined = sorted(member.joined_on for member in members)
        left = sorted(member.left_on for member in members)
        for month in periods:
            size = bisect_right(joined, month_end(month)) - bisect_right(left, month_end(month))
            regular = _regular(rng, habit, branch, month, size)  # drawn for all: the others stay as they are
            if (branch, month) not in without:
                yield regular
            if month.month in {3, 6, 9, 12} and rng.random() < 0.8:
                yield _thematic(rng, habit, branch, month, size)


def _habit(rng: Random) -> Habit:
    """One branch in eight is weak; the rest differ a little."""
    if rng.random() < 0.125:
        return Habit(0.35, 0.30, 0.6, 0.7, 0.8, 0.4, 0.5)
    return Habit(0.05, 0.04, 0.2, rng.uniform(0.05, 0.35), rng.uniform(0.05, 0.3), 0.05, 0.04)


def _regular(rng: Random, habit: Habit, branch: str, month: date, size: int) -> Month:
    # Things get better over the years of the programme, as the report says.
    ease = max(0.3, 1 - 0.1 * (month.year - 2010)) if month.year < 2016 else 0.3
    expected = max(3, size - (1 if size > 12 else 0))
    unexcused = 1 if rng.random() < 0.03 * ease * 3 else 0
    excused = min(expected - unexcused - 2, sum(rng.random() < 0.07 for _member in range(expected)))
    present = expected - unexcused - excused
    reviewed = rng.randint(3, 7)
    not_met = sum(rng.random() < 0.06 for _task in range(reviewed))
    partly = sum(rng.random() < 0.12 for _task in range(reviewed - not_met))
    missed = not_met + partly
    professional = rng.random() < habit.professional
    held_on = _held_on(rng, month)
    late = rng.random() < habit.late_minutes
    return Month(
        branch=branch,
        month=month,
        kind=MeetingKind.REGULAR,
        held_on=held_on,
        duration_minutes=rng.randint(55, 95) if month.year < 2018 else rng.randint(82, 120),
        expected=expected,
        present=present,
        excused=excused,
        unexcused=unexcused,
        committee_met=rng.random() >= habit.unprepared * ease,
        draft_prepared=rng.random() >= habit.no_draft * ease,
        notice_days=_notice_days(rng, habit),
        speakers=min(
            present,
            rng.randint(2, 4) if rng.random() < habit.silent else rng.randint(4, max(5, present // 2)),
        ),
        opinions_beforehand=rng.randint(0, 2),
        minutes_information=rng.randint(8, 20),
        minutes_political_task=rng.randint(45, 60) if professional else rng.randint(18, 30),
        minutes_party_building=3 if professional else rng.randint(8, 15),
        minutes_discussion=5 if professional else rng.randint(12, 30),
        conclusions=rng.randint(2, 6),
        reviewed=reviewed,
        reviewed_met=reviewed - missed,
        reviewed_partly=partly,
        reviewed_not_met=not_met,
        reviewed_without_cause=sum(rng.random() < habit.causeless * ease for _task in range(missed)),
        adopted_on=held_on + timedelta(days=rng.randint(8, 20) if late else rng.randint(0, 2)),
    )


def _thematic(rng: Random, habit: Habit, branch: str, month: date, size: int) -> Month:
    """A theme once a quarter; in weak branches stories are told and nothing follows from them."""
    silent = rng.random() < habit.silent
    present = max(3, size - rng.randint(0, 3))
    held_on = month.replace(day=rng.randint(15, 25))
    return Month(
        branch=branch, month=month, kind=MeetingKind.THEMATIC, held_on=held_on, duration_minutes=rng.randint(50, 90),
        expected=max(present, size), present=present, excused=max(present, size) - present, unexcused=0,
        committee_met=not silent, draft_prepared=False, notice_days=rng.randint(2, 8),
        speakers=min(present, 2 if silent else rng.randint(3, 8)),
        opinions_beforehand=0 if silent else rng.randint(1, 4),
        minutes_information=0, minutes_political_task=0, minutes_party_building=rng.randint(20, 40),
        minutes_discussion=0 if silent else rng.randint(20, 40), conclusions=0 if silent else rng.randint(1, 3),
        reviewed=0, reviewed_met=0, reviewed_partly=0, reviewed_not_met=0, reviewed_without_cause=0,
        adopted_on=held_on + timedelta(days=1),
    )  # fmt: skip


def _notice_days(rng: Random, habit: Habit) -> int | None:
    if rng.random() < habit.late_plan:
        return rng.choice((0, 0, None))
    return rng.randint(1, 6)


def _held_on(rng: Random, month: date) -> date:
    """Before the rule of the fixed day branches chose their own; since then the 3rd, or a day of the first week."""
    if month < month_start(date(2025, 8, 1)):
        return month.replace(day=rng.randint(2, 26))
    return month.replace(day=3 if rng.random() < 0.85 else rng.randint(4, 7))
