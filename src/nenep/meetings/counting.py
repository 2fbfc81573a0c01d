"""From a meeting's records to numbers: its own figures, and what they add to the branch's month."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.utils import timezone

from nenep.facts.operations import Fact
from nenep.meetings import providers
from nenep.meetings.models import Meeting, MeetingFigures, MeetingKind, MeetingStatus
from nenep.meetings.progress import meeting_day
from nenep.shared.dates import now, today

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from nenep.meetings.models import AgendaItem

_TIMED = ("information", "political_task", "party_building", "discussion")
# Work is judged at a meeting of either kind.
_REVIEWED = (
    "reviewed",
    "reviewed_met",
    "reviewed_partly",
    "reviewed_not_met",
    "reviewed_without_cause",
)


def count_figures(meeting: Meeting) -> MeetingFigures:
    """Count a closed meeting once. Columns of higher modules (draft, reviews) come from `providers.figures`."""
    items = list(meeting.items.all())
    figures = MeetingFigures(
        meeting=meeting,
        duration_minutes=_duration(meeting),
        committee_met=hasattr(meeting, "committee_meeting"),
        notice_days=_notice_days(meeting),
        opinions_beforehand=meeting.opinions.filter(at__lt=meeting.opened_at or now()).count(),
        conclusions=sum(item.is_concluded for item in items),
        adopted_on=today(),
        thematic_lacks=",".join(shortfall.code for shortfall in providers.shortfalls.ask(meeting)),
        **{f"minutes_{category}": _planned(items, category) for category in _TIMED},
    )
    for column, value in providers.figures.ask(meeting):
        setattr(figures, column, value)
    return figures


def facts_of(meeting: Meeting, figures: MeetingFigures) -> dict[str, int]:
    """What one meeting adds to the facts of its branch and month: additive measures only."""
    reviewed = {name: getattr(figures, name) for name in _REVIEWED}
    if meeting.kind == MeetingKind.THEMATIC:
        is_whole = not figures.thematic_lacks
        return {
            **reviewed,
            "thematic_held": int(is_whole),
            "thematic_incomplete": int(not is_whole),
            "thematic_silent": int(figures.conclusions == 0),
        }
    return {
        **reviewed,
        "meetings_held": 1,
        "expected": meeting.expected or 0,
        "present": meeting.present or 0,
        "excused": meeting.excused or 0,
        "unexcused": meeting.unexcused or 0,
        "committee_met": int(figures.committee_met),
        "draft_prepared": int(figures.draft_prepared),
        "speakers": figures.speakers or 0,
        "duration_minutes": figures.duration_minutes or 0,
        "minutes_information": figures.minutes_information,
        "minutes_political_task": figures.minutes_political_task,
        "minutes_party_building": figures.minutes_party_building,
        "minutes_discussion": figures.minutes_discussion,
    }


def facts_of_month(body_id: int, month: date) -> dict[str, int]:
    """What all meetings of a branch in a month add up to: a month may hold more than one thematic meeting."""
    not_held = Meeting.objects.filter(body=body_id, month=month, status=MeetingStatus.NOT_HELD).count()
    sums: Counter[str] = Counter(meetings_not_held=not_held)
    for figures in MeetingFigures.objects.filter(meeting__body=body_id, meeting__month=month).select_related(
        "meeting"
    ):
        sums.update(facts_of(figures.meeting, figures))
    return dict(sums)


def facts_of_months(months: Collection[tuple[int, date]]) -> list[Fact]:
    """The same of many branches and months (body id, first day) in one statement, without the months not held."""
    days = [month for _body, month in months]
    if not days:
        return []
    figures = MeetingFigures.objects.filter(
        meeting__body__in={body for body, _month in months}, meeting__month__range=(min(days), max(days))
    )
    sums: dict[tuple[int, date], Counter[str]] = {month: Counter() for month in months}
    for row in figures.select_related("meeting").iterator(chunk_size=2000):
        month = (row.meeting.body_id, row.meeting.month)
        if month in sums:
            sums[month].update(facts_of(row.meeting, row))
    return [Fact(body_id, month, dict(counted)) for (body_id, month), counted in sums.items()]


def facts_again() -> Iterator[Fact]:
    """Every fact that meetings have written, counted again from their records."""
    for figures in MeetingFigures.objects.select_related("meeting").iterator(chunk_size=2000):
        yield Fact(figures.meeting.body_id, figures.meeting.month, facts_of(figures.meeting, figures))
    not_held = Meeting.objects.filter(status=MeetingStatus.NOT_HELD)
    for body_id, month in not_held.values_list("body_id", "month").iterator(chunk_size=2000):
        yield Fact(body_id, month, {"meetings_not_held": 1})


def _duration(meeting: Meeting) -> int | None:
    if meeting.began_at is None or meeting.ended_at is None:
        return None
    return round((meeting.ended_at - meeting.began_at).total_seconds() / 60)


def _notice_days(meeting: Meeting) -> int | None:
    if meeting.called_at is None:
        return None
    return (meeting_day(meeting) - timezone.localdate(meeting.called_at)).days


def _planned(items: list[AgendaItem], category: str) -> int:
    return sum(item.minutes for item in items if item.category == category)
