"""Past months from a spreadsheet: one row for a branch's meeting of a month, kept as records and as figures."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from nenep.facts.operations import write_facts
from nenep.journal.operations import Draft, record_many
from nenep.meetings.counting import facts_of_months
from nenep.meetings.models import Meeting, MeetingFigures, MeetingKind, MeetingStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class PastMonth:
    """A meeting that took place before the program was used. Counts are of persons, minutes of time."""

    body_id: int
    month: date
    kind: MeetingKind = MeetingKind.REGULAR
    held_on: date
    starts_at: time = time(14, 0)
    expected: int
    present: int
    excused: int = 0
    unexcused: int = 0
    figures: dict[str, int | bool | date | None]
    """Columns of MeetingFigures by name."""


@transaction.atomic
def record_past_months(rows: Sequence[PastMonth], *, by: Viewer | None) -> tuple[int, int]:
    """Write past months; a month that is already there is overwritten only if it was imported too.

    Returns (written, unchanged). One journal event per body and month. Two rows of the same body, month and kind
    raise ValueError: the importer reports them before.
    """
    found = _found(rows)
    new, changed, same = [], [], 0
    for row in rows:
        meeting = found.get((row.body_id, row.month, row.kind))
        if meeting is None:
            new.append(row)
        elif not meeting.is_imported:
            raise ValueError(f"month {row.month} of body {row.body_id} was held in the program")
        elif _differs(meeting, row):
            changed.append((meeting, row))
        else:
            same += 1
    meetings = Meeting.objects.bulk_create((_meeting(row) for row in new), batch_size=500)
    written = list(zip(meetings, new, strict=True))
    for meeting, row in changed:
        _overwrite(meeting, row)
    written += changed
    figures = [MeetingFigures(meeting=meeting, **row.figures) for meeting, row in written]
    MeetingFigures.objects.bulk_create(figures, batch_size=500)
    write_facts(facts_of_months({(meeting.body_id, meeting.month) for meeting, _row in written}))
    record_many(_events([meeting for meeting, _row in written]), by=by)
    return len(written), same


def _events(meetings: list[Meeting]) -> Iterator[Draft]:
    """One for each body and month: a regular and a thematic meeting of a month came together."""
    by_month: dict[tuple[int, date], list[int]] = defaultdict(list)
    for meeting in meetings:
        by_month[meeting.body_id, meeting.month].append(meeting.pk)
    for (body_id, month), keys in by_month.items():
        details = {"month": month.isoformat(), "meetings": keys}
        yield Draft("month.imported", body_id, "meetings.meeting", keys[0], details=details)


def _found(rows: Sequence[PastMonth]) -> dict[tuple[int, date, str], Meeting]:
    if not rows:
        return {}
    meetings = (
        Meeting.objects.standing()
        .filter(
            month__gte=min(row.month for row in rows),
            month__lte=max(row.month for row in rows),
            body_id__in={row.body_id for row in rows},
        )
        .select_related("figures")
    )
    return {(meeting.body_id, meeting.month, meeting.kind): meeting for meeting in meetings}


def _meeting(row: PastMonth) -> Meeting:
    return Meeting(body_id=row.body_id, month=row.month, kind=row.kind, is_imported=True, **_columns(row))


def _columns(row: PastMonth) -> dict[str, object]:
    return {
        "status": MeetingStatus.ADOPTED,
        "starts_at": timezone.make_aware(datetime.combine(row.held_on, row.starts_at)),
        "expected": row.expected,
        "present": row.present,
        "excused": row.excused,
        "unexcused": row.unexcused,
    }


def _differs(meeting: Meeting, row: PastMonth) -> bool:
    figures = getattr(meeting, "figures", None)
    return (
        figures is None
        or any(getattr(meeting, name) != value for name, value in _columns(row).items())
        or any(getattr(figures, name) != value for name, value in row.figures.items())
    )


def _overwrite(meeting: Meeting, row: PastMonth) -> None:
    for name, value in _columns(row).items():
        setattr(meeting, name, value)
    meeting.save(update_fields=list(_columns(row)))
    MeetingFigures.objects.filter(meeting=meeting).delete()
