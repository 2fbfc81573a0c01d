"""Roll call: only exceptions are rows; who counts where follows the rule pack of the day."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.meetings.models import Absence, Answer, Meeting, MeetingStatus, Presence
from nenep.meetings.progress import meeting_day
from nenep.people.models import Status
from nenep.people.reads import RosterEntry, roster
from nenep.rulebook import rules_on
from nenep.shared.states import Refused, hold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Mark:
    presence: Presence
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the roll call: a member of the roster and, unless simply present, the exception."""

    entry: RosterEntry
    mark: Mark | None

    @property
    def is_there(self) -> bool:
        return self.mark is None or not self.mark.presence.is_absence


@dataclass(frozen=True, slots=True)
class Counts:
    """What the roll call adds up to. `expected` leaves out those that the attendance rule leaves out."""

    members: int
    official: int
    expected: int
    present: int
    present_official: int
    excused: int
    unexcused: int
    late: int
    exempt: int
    away: int
    suspended: int
    guests: int
    official_away_absent: int
    official_exempt_absent: int
    official_suspended: int

    @property
    def rate(self) -> float | None:
        """Share of the expected who were there, in percent; None when nobody was expected."""
        return round(100 * self.present / self.expected, 1) if self.expected else None


def lines_of(meeting: Meeting) -> list[Line]:
    """The roster of the meeting's day in Vietnamese order, each with its mark."""
    marks = {row.member_id: Mark(Presence(row.presence), row.reason) for row in meeting.absences.all()}
    return [
        Line(entry, marks.get(entry.member_id)) for entry in roster(meeting.body_id, meeting_day(meeting))
    ]


def count(meeting: Meeting, lines: list[Line] | None = None) -> Counts:
    """Add the roll call up by the base of regulations.md 3.2 (D-ex) and the attendance rule W-02."""
    lines = lines_of(meeting) if lines is None else lines
    own = [line for line in lines if not line.entry.is_guest]
    official = [line for line in own if line.entry.is_official]
    left_out = [line for line in own if _leaves_the_base(line)]
    expected = [line for line in own if not _leaves_the_base(line)]
    return Counts(
        members=len(own),
        official=len(official),
        expected=len(expected),
        present=sum(line.is_there for line in expected),
        present_official=sum(line.is_there for line in official if line.entry.status != Status.SUSPENDED),
        excused=_marked(expected, Presence.EXCUSED),
        unexcused=_marked(expected, Presence.UNEXCUSED),
        late=_marked(expected, Presence.LATE),
        exempt=_marked(left_out, Presence.EXEMPT),
        away=_marked(left_out, Presence.AWAY),
        suspended=sum(line.entry.status == Status.SUSPENDED for line in own),
        guests=sum(line.is_there for line in lines if line.entry.is_guest),
        official_away_absent=sum(_is_away(line) for line in official),
        official_exempt_absent=_marked(official, Presence.EXEMPT),
        official_suspended=sum(line.entry.status == Status.SUSPENDED for line in official),
    )


def starting_marks(meeting: Meeting) -> dict[int, Mark]:
    """The roll call before anybody is asked: standing statuses, and leave asked for beforehand."""
    reasons = {term.code: term.label for term in rules_on(meeting_day(meeting)).vocabulary.absence_reasons}
    asked = {
        answer.member_id: reasons.get(answer.reason, answer.note or answer.reason)
        for answer in meeting.responses.filter(answer=Answer.ASKS_LEAVE)
    }
    marks: dict[int, Mark] = {}
    for entry in roster(meeting.body_id, meeting_day(meeting)):
        if entry.status == Status.EXEMPT:
            marks[entry.member_id] = Mark(Presence.EXEMPT)
        elif entry.status in {Status.AWAY, Status.ABROAD, Status.SUSPENDED}:
            marks[entry.member_id] = Mark(Presence.AWAY)
        elif entry.member_id in asked:
            marks[entry.member_id] = Mark(Presence.EXCUSED, asked[entry.member_id])
    return marks


@transaction.atomic
def record_attendance(meeting: Meeting, *, marks: Mapping[int, Mark], by: Viewer | None) -> None:
    """Write the whole roll call: `marks` holds exceptions by member id; everybody else was there.

    Refused once the meeting is closed, for a person who is not on the roster, and for an excuse without a reason.
    """
    hold(meeting, MeetingStatus.OPENED, says=_("Chỉ điểm danh được khi kỳ sinh hoạt đang diễn ra."))
    write_marks(meeting, marks)
    record("attendance.recorded", by=by, body=meeting.body_id, obj=meeting, exceptions=len(marks))


def write_marks(meeting: Meeting, marks: Mapping[int, Mark]) -> None:
    names = {entry.member_id: entry.name for entry in roster(meeting.body_id, meeting_day(meeting))}
    if strangers := marks.keys() - names.keys():
        raise Refused(_("Có %(count)d người không thuộc danh sách chi bộ.") % {"count": len(strangers)})
    rows = []
    for member_id, mark in marks.items():
        if mark.presence == Presence.EXCUSED and not mark.reason.strip():
            raise Refused(_("Hãy ghi lý do vắng của đồng chí %(name)s.") % {"name": names[member_id]})
        rows.append(
            Absence(meeting=meeting, member_id=member_id, presence=mark.presence, reason=mark.reason.strip())
        )
    meeting.absences.all().delete()
    Absence.objects.bulk_create(rows)


def roster_hash(lines: list[Line]) -> str:
    """What the frozen counts were made from; a later correction of memberships cannot pass unnoticed."""
    text = ";".join(f"{line.entry.member_id}:{line.entry.status}:{line.mark}" for line in lines)
    return hashlib.sha256(text.encode()).hexdigest()


def _leaves_the_base(line: Line) -> bool:
    if line.entry.status == Status.SUSPENDED:
        return True
    return line.mark is not None and line.mark.presence in {Presence.EXEMPT, Presence.AWAY}


def _is_away(line: Line) -> bool:
    return (
        line.entry.status != Status.SUSPENDED
        and line.mark is not None
        and line.mark.presence == Presence.AWAY
    )


def _marked(lines: list[Line], presence: Presence) -> int:
    return sum(line.mark is not None and line.mark.presence == presence for line in lines)
