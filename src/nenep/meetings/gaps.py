"""Which months of a branch the program has no minutes of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from nenep.meetings.days import last_day
from nenep.meetings.models import Meeting
from nenep.organizations.models import Body
from nenep.shared.dates import month_end, month_start, months_between, previous_month, today


@dataclass(frozen=True, slots=True)
class Gap:
    """A month and what the program knows of it instead: a meeting of another state, figures, or nothing."""

    month: date
    meeting: Meeting | None


def month_of(body_id: int, year: int, month: int) -> date:
    """The first day of a month in an address; Http404 for what is no month, or none that the branch has lived in."""
    try:
        first = date(year, month, 1)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    body = Body.objects.get(pk=body_id)
    if month_end(first) < body.founded_on or first > body.last_day:
        raise Http404
    return first


def gap_before(body_id: int, month: date, known: date | None) -> date | None:
    """The month before `month` if its last lawful day is over and nobody has planned it or said why it was not held.

    `known`: the latest month before `month` with a regular meeting; without one the branch has just begun.
    """
    before = previous_month(month)
    if known is None or known >= before:
        return None
    return before if last_day(body_id, before) < today() else None


def known_before(body_id: int, month: date) -> date | None:
    """The latest month before `month` of which the program knows a regular meeting."""
    known = Meeting.objects.regular().standing().filter(body_id=body_id, month__lt=month)
    return known.order_by("-month").values_list("month", flat=True).first()


def years_of(body_id: int) -> list[int]:
    """The years in which the branch existed until today, the latest first."""
    body = Body.objects.get(pk=body_id)
    return list(range(body.last_day.year, body.founded_on.year - 1, -1))


def months_without_minutes(body_id: int, year: int) -> list[Gap]:
    """Of one year, the latest first, this month included; two statements."""
    body = Body.objects.get(pk=body_id)
    found = Meeting.objects.regular().standing().filter(body_id=body_id, month__year=year).for_page()
    meetings = {meeting.month: meeting for meeting in found}
    months = months_between(body.founded_on, month_start(body.last_day))
    gaps = [Gap(month, meetings.get(month)) for month in months if month.year == year]
    return [gap for gap in reversed(gaps) if gap.meeting is None or gap.meeting.takes_paper]
