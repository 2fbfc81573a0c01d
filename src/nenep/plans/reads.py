"""Questions about plans: whom they concern, which rules hold in their year, how far the branches have come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from nenep.meetings.days import last_day
from nenep.organizations.reads import kind_on, scopes_each
from nenep.people.models import Office, Status, StatusPeriod
from nenep.people.reads import roster
from nenep.plans.models import MONTHLY, EntryKind, EntryStatus, Plan
from nenep.rulebook import rules_on
from nenep.shared.dates import previous_month, today_within, valid_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from nenep.plans.models import Entry
    from nenep.rulebook.rules import Rules

MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class State:
    """How far a branch has come with its plan: no content. `published_at` None: still a draft."""

    published_at: datetime | None
    regular: int
    thematic: int


def months_of(year: int) -> list[date]:
    return [date(year, number, 1) for number in MONTHS]


def day_in(year: int) -> date:
    """The day on which a body is asked about for its plan of `year`: today, else the nearest day of the year."""
    return today_within(date(year, 1, 1), date(year, 12, 31))


def is_branch(body_id: int, year: int) -> bool:
    return kind_on(body_id, day_in(year)).is_branch


def people_of(body_id: int, year: int) -> list[int]:
    """Member ids of those whom the plan concerns: the branch's roster, else who holds an office in the body."""
    day = day_in(year)
    if is_branch(body_id, year):
        return [entry.member_id for entry in roster(body_id, day)]
    held = Office.objects.filter(valid_on(day), body=body_id).order_by("member__sort_key")
    return list(dict.fromkeys(held.values_list("member_id", flat=True)))


def presenters_of(body_id: int, year: int) -> list[int]:
    """Those of `people_of` who may be asked to present: whoever is suspended is summoned to no meeting."""
    people = people_of(body_id, year)
    stated = StatusPeriod.objects.filter(valid_on(day_in(year)), status=Status.SUSPENDED, member__in=people)
    suspended = set(stated.values_list("member_id", flat=True))
    return [member_id for member_id in people if member_id not in suspended]


def rules_of_months(body_id: int, months: Iterable[date]) -> dict[date, Rules]:
    """The rules of the first day of each month, those of the place included; one statement."""
    days = list(months)
    scopes = scopes_each([(body_id, day) for day in days])
    return {day: rules_on(day, scopes[body_id, day]) for day in days}


def states_of(body_ids: Iterable[int], year: int) -> dict[int, State]:
    """The states of many branches by key, in one statement; a branch without a plan is left out."""
    standing = Q(entries__status=EntryStatus.STANDING)
    plans = Plan.objects.filter(body__in=list(body_ids), year=year).annotate(
        regular=Count("entries", filter=standing & Q(entries__kind=EntryKind.REGULAR)),
        thematic=Count("entries", filter=standing & Q(entries__kind=EntryKind.THEMATIC)),
    )
    rows = plans.values_list("body_id", "published_at", "regular", "thematic")
    return {body_id: State(*state) for body_id, *state in rows}


def days_of(entry: Entry) -> tuple[date, date]:
    """Between which days, both included, the entry may be held."""
    if entry.kind not in MONTHLY:
        first = entry.month.replace(month=1, day=1)
        return first, first.replace(month=12, day=31)
    # What prepares the meeting of a month may come before the month.
    first = previous_month(entry.month) if entry.kind == EntryKind.COMMITTEE else entry.month
    return first, last_day(entry.plan.body_id, entry.month)
