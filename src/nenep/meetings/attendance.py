"""Roll call: who is called, who is there, and who counts where by the rule pack of the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.meetings.answers import standing
from nenep.meetings.models import Answer, Attendance, Meeting, MeetingStatus, Presence
from nenep.meetings.progress import meeting_day
from nenep.meetings.rules import rules_of
from nenep.people.models import Member, Status
from nenep.people.reads import RosterEntry, roster
from nenep.shared.states import Refused, hold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Mark:
    presence: Presence
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the roll call: a member of the roster and how they attend; None while they are not called yet."""

    entry: RosterEntry
    mark: Mark | None

    @property
    def is_there(self) -> bool:
        return self.mark is not None and not self.mark.presence.is_absence


def online_of(lines: Iterable[Line]) -> int:
    """How many take part from afar."""
    return sum(line.mark is not None and line.mark.presence == Presence.ONLINE for line in lines)


def last_online_basis(meeting: Meeting) -> str:
    """What was typed for this meeting before, else for the last one of the branch that had somebody online."""
    rows = Meeting.objects.filter(body_id=meeting.body_id, starts_at__lte=meeting.starts_at)
    return (
        rows.exclude(online_basis="").order_by("-starts_at").values_list("online_basis", flat=True).first()
        or ""
    )


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
    uncalled: int
    official_away_absent: int
    official_exempt_absent: int
    official_suspended: int

    @property
    def is_few(self) -> bool:
        """Not more than half of those expected, everybody having been called: nothing could be resolved (D-12)."""
        return not self.uncalled and 2 * self.present <= self.expected


def lines_of(meeting: Meeting) -> list[Line]:
    """The roster of the meeting's day in Vietnamese order, each with its mark; of a closed meeting as frozen."""
    marks = {row.member_id: Mark(Presence(row.presence), row.reason) for row in meeting.attendance.all()}
    unmarked = Mark(Presence.PRESENT) if meeting.is_over else None
    entries = _frozen(meeting.roll) if meeting.roll else roster(meeting.body_id, meeting_day(meeting))
    return [Line(entry, marks.get(entry.member_id, unmarked)) for entry in entries]


def count(meeting: Meeting, lines: list[Line] | None = None) -> Counts:
    """Add the roll call up by the base of regulations.md 3.2 (D-ex) and the attendance rule W-02 of the day's pack."""
    lines = lines_of(meeting) if lines is None else lines
    outside = outside_the_base(meeting)
    own = [line for line in lines if not line.entry.is_guest]
    official = [line for line in own if line.entry.is_official]
    left_out = [line for line in own if line.mark and line.mark.presence in outside]
    expected = [line for line in own if line not in left_out]
    return Counts(
        members=len(own),
        official=len(official),
        expected=len(expected),
        present=sum(line.is_there for line in expected),
        present_official=sum(line.is_there for line in official),
        excused=_marked(expected, Presence.EXCUSED),
        unexcused=_marked(expected, Presence.UNEXCUSED),
        late=_marked(expected, Presence.LATE),
        exempt=_marked(left_out, Presence.EXEMPT),
        away=_marked(left_out, Presence.AWAY),
        suspended=_marked(own, Presence.SUSPENDED),
        guests=sum(line.is_there for line in lines if line.entry.is_guest),
        uncalled=sum(line.mark is None for line in lines),
        official_away_absent=_marked(official, Presence.AWAY),
        official_exempt_absent=_marked(official, Presence.EXEMPT),
        official_suspended=_marked(official, Presence.SUSPENDED),
    )


def starting_marks(meeting: Meeting) -> dict[int, Mark]:
    """What is known before anybody is called: standing statuses, and leave asked for beforehand."""
    reasons = {term.code: term.label for term in rules_of(meeting).vocabulary.absence_reasons}
    # A month that was never planned here has nobody's answer.
    answers = standing(meeting).filter(answer=Answer.ASKS_LEAVE) if meeting.pk else ()
    asked = {answer.member_id: reasons.get(answer.reason, answer.note or answer.reason) for answer in answers}
    marks: dict[int, Mark] = {}
    for entry in roster(meeting.body_id, meeting_day(meeting)):
        if entry.status == Status.EXEMPT:
            marks[entry.member_id] = Mark(Presence.EXEMPT)
        elif entry.status == Status.AWAY:
            marks[entry.member_id] = Mark(Presence.AWAY)
        elif entry.is_suspended:
            marks[entry.member_id] = Mark(Presence.SUSPENDED)
        elif (
            entry.status == Status.ABROAD
        ):  # no rule leaves them out of a base, unlike those introduced elsewhere
            marks[entry.member_id] = Mark(Presence.EXCUSED, _("Đang ở nước ngoài"))
        elif entry.member_id in asked:
            marks[entry.member_id] = Mark(Presence.EXCUSED, asked[entry.member_id])
    return marks


@transaction.atomic
def record_attendance(meeting: Meeting, *, marks: Mapping[int, Mark], by: Viewer | None) -> None:
    """Call those in `marks`, by member id; what others recorded about anybody else stays.

    Refused once the meeting is closed, for a person who is not on the roster, and for an excuse without a reason.
    """
    hold(meeting, MeetingStatus.OPENED, says=_("Chỉ điểm danh được khi kỳ sinh hoạt đang diễn ra."))
    write_marks(meeting, marks)
    record("attendance.recorded", by=by, body=meeting.body_id, obj=meeting, called=len(marks))


@transaction.atomic
def call_the_rest_present(meeting: Meeting, *, by: Viewer | None) -> int:
    """All who have not been called yet are there; returns how many they were."""
    hold(meeting, MeetingStatus.OPENED, says=_("Chỉ điểm danh được khi kỳ sinh hoạt đang diễn ra."))
    rest = [line.entry.member_id for line in lines_of(meeting) if line.mark is None]
    record_attendance(meeting, marks=dict.fromkeys(rest, Mark(Presence.PRESENT)), by=by)
    return len(rest)


def write_marks(meeting: Meeting, marks: Mapping[int, Mark]) -> None:
    entries = roster(meeting.body_id, meeting_day(meeting))
    names = {entry.member_id: entry.name for entry in entries}
    suspended = {entry.member_id for entry in entries if entry.is_suspended}
    if strangers := marks.keys() - names.keys():
        raise Refused(_("Có %(count)d người không thuộc danh sách chi bộ.") % {"count": len(strangers)})
    rows = []
    for member_id, mark in marks.items():
        if mark.presence == Presence.EXCUSED and not mark.reason.strip():
            raise Refused(_("Đồng chí ghi lý do vắng của đồng chí %(name)s.") % {"name": names[member_id]})
        if member_id in suspended and mark.presence != Presence.SUSPENDED:
            raise Refused(
                _("Đồng chí %(name)s đang bị đình chỉ sinh hoạt nên không điểm danh khác được.")
                % {"name": names[member_id]}
            )
        rows.append(
            Attendance(
                meeting=meeting, member_id=member_id, presence=mark.presence, reason=mark.reason.strip()
            )
        )
    Attendance.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["meeting", "member"],
        update_fields=["presence", "reason"],
    )


def freeze(meeting: Meeting, lines: list[Line]) -> list[list[object]]:
    """Keep the exceptions only; returns the roll as it is frozen with the counts."""
    meeting.attendance.filter(presence=Presence.PRESENT).delete()
    return [
        [line.entry.member_id, line.entry.status.value, line.entry.is_official, line.entry.is_guest]
        for line in lines
    ]


def thaw(meeting: Meeting) -> None:
    """The opposite of `freeze`, for a meeting that goes on: everybody of its roll is called again as before."""
    write_marks(meeting, {line.entry.member_id: line.mark for line in lines_of(meeting) if line.mark})


def _frozen(roll: list[Any]) -> list[RosterEntry]:
    names = Member.objects.only("full_name").in_bulk([member_id for member_id, *_rest in roll])
    return [
        RosterEntry(member_id, names[member_id].full_name, Status(status), is_official, None, is_guest)
        for member_id, status, is_official, is_guest in roll
    ]


def outside_the_base(meeting: Meeting) -> set[Presence]:
    """Whom the pack of the day leaves out of those who must attend (W-02)."""
    codes = rules_of(meeting).meeting.outside_base.codes
    return {presence for presence in Presence if presence.value in codes}


def _marked(lines: list[Line], presence: Presence) -> int:
    return sum(line.mark is not None and line.mark.presence == presence for line in lines)
