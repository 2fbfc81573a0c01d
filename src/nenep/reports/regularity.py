"""How regularly a branch meets: its months of a year beside what the rules of their days ask for (R144, R147).

States and counts alone, from the meetings themselves. What a register does not tell of a month is not known,
which is neither good nor bad.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects

from nenep.meetings.attendance import outside_the_base
from nenep.meetings.models import OVER, Meeting
from nenep.meetings.progress import conclude_by, meeting_day
from nenep.meetings.rules import rules_of, with_rules
from nenep.meetings.states import Presence
from nenep.people.models import Office, Post
from nenep.shared.dates import month_start, overlaps, previous_month, today

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nenep.meetings.models import MeetingFigures

ELECTED = [post for post in Post if post.is_elected]


@dataclass(frozen=True, slots=True)
class RegularMonth:
    """One month; `meeting` is None where none was planned. Each answer is None where it is not known."""

    month: date
    meeting: Meeting | None

    @property
    def is_held(self) -> bool:
        return self.meeting is not None and self.meeting.status in OVER

    @property
    def is_waited_for(self) -> bool:
        """The present month, whose meeting may still come."""
        return self.month == month_start(today()) and not self.is_held

    @property
    def committee_met(self) -> bool | None:
        figures = self._figures
        return None if figures is None else figures.committee_met

    @property
    def notice_days(self) -> int | None:
        return None if self._figures is None else self._figures.notice_days

    @property
    def was_told_in_time(self) -> bool | None:
        """Against the days that papers need before the meeting (regulations.md M-10)."""
        if self.notice_days is None or self.meeting is None:
            return None
        lead = rules_of(self.meeting).meeting.documents_lead_days
        return None if lead.value is None else self.notice_days >= lead.number

    @property
    def was_concluded_in_time(self) -> bool | None:
        """Minutes adopted within the days that follow the meeting, where the pack of its day knows how many (M-11)."""
        if self.meeting is None or self._figures is None:
            return None
        if rules_of(self.meeting).meeting.follow_up_days.value is None:
            return None
        adopted = self._figures.adopted_on
        return None if adopted is None else adopted <= conclude_by(self.meeting)

    @property
    def is_on_time(self) -> bool:
        return self.is_held and self.was_concluded_in_time is True and self.was_told_in_time is not False

    @property
    def _figures(self) -> MeetingFigures | None:
        """None before the minutes are adopted."""
        return getattr(self.meeting, "figures", None) if self.is_held else None


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `base`; the base leaves out what is not known."""

    label: str
    count: int
    base: int


@dataclass(frozen=True, slots=True)
class Regularity:
    """A year of a branch, and how long its present runs are in months, whatever the year."""

    year: int
    months: list[RegularMonth]
    run_held: int
    run_on_time: int
    committee: Share

    @property
    def shares(self) -> list[Share]:
        over = [month for month in self.months if not month.is_waited_for]
        held = [month for month in over if month.is_held]
        return [
            Share("Tháng có họp thường kỳ", len(held), len(over)),
            _share("Kỳ chi ủy đã họp trước", [month.committee_met for month in held]),
            _share("Kỳ báo trước đủ ngày", [month.was_told_in_time for month in held]),
            _share("Kỳ thông qua biên bản đúng hạn", [month.was_concluded_in_time for month in held]),
            self.committee,
        ]


def regularity_of(body_id: int, year: int, *, since: date, until: date) -> Regularity:
    """The months of `year` within the branch's life [since, until] and not after the present one; four queries."""
    meetings = Meeting.objects.regular().standing().filter(body=body_id, month__lte=month_start(today()))
    found = with_rules(list(meetings.select_related("figures")))
    by_month = {meeting.month: RegularMonth(meeting.month, meeting) for meeting in found}
    first, last = max(date(year, 1, 1), month_start(since)), min(date(year, 12, 1), until, today())
    months = [by_month.get(month) or RegularMonth(month, None) for month in _back(last, first)][::-1]
    met = [month.meeting for month in months if month.meeting]
    prefetch_related_objects(met, "attendance")
    lived = [by_month.get(month) or RegularMonth(month, None) for month in _back(min(until, today()), since)]
    past = lived[1:] if lived and lived[0].is_waited_for else lived
    return Regularity(
        year=year,
        months=months,
        run_held=sum(1 for _ in takewhile(lambda month: month.is_held, past)),
        run_on_time=sum(1 for _ in takewhile(lambda month: month.is_on_time, past)),
        committee=_committee(body_id, year, met),
    )


def _back(last: date, first: date) -> Iterator[date]:
    """The months from that of `last` back to that of `first`."""
    month = month_start(last)
    while month >= month_start(first):
        yield month
        month = previous_month(month)


def _share(label: str, answers: Sequence[bool | None]) -> Share:
    return Share(
        label, sum(answer is True for answer in answers), sum(answer is not None for answer in answers)
    )


def _committee(body_id: int, year: int, meetings: Sequence[Meeting]) -> Share:
    """How often those who held an elected post on the day were there, of how often they were expected (R147)."""
    offices = Office.objects.filter(
        overlaps(date(year, 1, 1), date(year + 1, 1, 1)), body=body_id, post__in=ELECTED
    )
    held = list(offices.values_list("member_id", "valid_from", "valid_to"))
    expected = there = 0
    for meeting in meetings:
        if meeting.roll is None:
            continue
        day, left_out = meeting_day(meeting), outside_the_base(meeting)
        marks = {row.member_id: Presence(row.presence) for row in meeting.attendance.all()}
        listed = {entry[0] for entry in meeting.roll}
        committee = {member for member, start, end in held if start <= day < end} & listed
        presences = [marks.get(member, Presence.PRESENT) for member in committee]
        expected += sum(presence not in left_out for presence in presences)
        there += sum(presence not in left_out and not presence.is_absence for presence in presences)
    return Share("Lượt chi ủy viên dự", there, expected)
