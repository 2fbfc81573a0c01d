"""Verbs of the room. All of them while the meeting runs only, and none leaves a name in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.meetings.attendance import Mark, lines_of, write_marks
from nenep.meetings.models import Meeting, MeetingStatus, Presence
from nenep.people.models import Member
from nenep.rooms import codes
from nenep.rooms.bands import figures_by_band
from nenep.rooms.models import BandCount, SpokenCount, Stage, Turn
from nenep.shared.dates import now
from nenep.shared.states import Refused, hold

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from nenep.meetings.attendance import Line
    from nenep.meetings.models import AgendaItem
    from nenep.shared.viewer import Viewer


@transaction.atomic
def move_on(meeting: Meeting, item: AgendaItem, *, by: Viewer | None) -> None:
    """Put this item of the agenda on."""
    _hold(meeting)
    if item.meeting_id != meeting.pk:
        raise Refused(_("Nội dung này không thuộc chương trình của kỳ sinh hoạt."))
    Stage.objects.update_or_create(meeting=meeting, defaults={"item": item, "since": now()})
    record("room.moved_on", by=by, body=meeting.body_id, obj=item)


@transaction.atomic
def ask_for_floor(meeting: Meeting, *, by: Viewer) -> None:
    """Wait for one's turn; asking again changes nothing. For those who are in the room."""
    _hold(meeting)
    line = _own_line(meeting, by)
    if line.mark is not None and not line.is_there:
        raise Refused(_("Đồng chí đang được ghi là vắng. Đồng chí điểm danh trước khi xin phát biểu."))
    asked = Turn.objects.get_or_create(
        meeting=meeting, member_id=line.entry.member_id, given_at=None, defaults={"asked_at": now()}
    )[1]
    if asked:  # without a name: the journal outlives the meeting, who asked to speak must not
        record("floor.asked", by=None, body=meeting.body_id, obj=meeting)


@transaction.atomic
def withdraw_from_floor(meeting: Meeting, *, by: Viewer) -> None:
    _hold(meeting)
    if Turn.objects.filter(meeting=meeting, member=by.member_id, given_at=None).delete()[0]:
        record("floor.withdrawn", by=None, body=meeting.body_id, obj=meeting)


@transaction.atomic
def give_floor(meeting: Meeting, member_id: int, *, by: Viewer | None) -> None:
    """Let this member speak, whether they asked for it or not; whoever spoke before has ended."""
    _hold(meeting)
    if member_id not in {line.entry.member_id for line in lines_of(meeting) if line.is_there}:
        raise Refused(_("Chỉ mời được đồng chí đang có mặt. Đồng chí xem lại điểm danh."))
    _end_turn(meeting)
    Turn.objects.update_or_create(
        meeting=meeting,
        member_id=member_id,
        given_at=None,
        defaults={"given_at": now()},
        create_defaults={"asked_at": now(), "given_at": now()},
    )
    record("floor.given", by=by, body=meeting.body_id, obj=meeting)


@transaction.atomic
def end_turn(meeting: Meeting, *, by: Viewer | None) -> None:
    _hold(meeting)
    if _end_turn(meeting):
        record("floor.ended", by=by, body=meeting.body_id, obj=meeting)


@transaction.atomic
def check_in(meeting: Meeting, *, code: str, by: Viewer) -> Presence:
    """Mark oneself as there, by the code that the room shows just now; returns how one is marked.

    Whoever was marked absent and comes after all is late. Doing it again changes nothing.
    """
    _hold(meeting)
    if not codes.is_current(meeting.pk, code):
        raise Refused(_("Mã không đúng hoặc đã đổi. Đồng chí nhập mã đang hiện trên màn hình."), field="code")
    line = _own_line(meeting, by)
    if line.mark is not None and line.is_there:
        return line.mark.presence
    absent = {Presence.EXCUSED, Presence.UNEXCUSED}
    presence = Presence.LATE if line.mark and line.mark.presence in absent else Presence.PRESENT
    write_marks(meeting, {line.entry.member_id: Mark(presence)})
    record("attendance.checked_in", by=by, body=meeting.body_id, obj=meeting, subject=line.entry.member_id)
    return presence


def forget(meeting: Meeting) -> None:
    """Empty the room; how many spoke is kept, and of whole age bands how many did not. In the closing transaction."""
    spoke = set(Turn.objects.filter(meeting=meeting, given_at__isnull=False).values_list("member", flat=True))
    if spoke and meeting.is_over:
        _keep_bands(meeting, spoke)
    if spoke:
        SpokenCount.objects.update_or_create(meeting=meeting, defaults={"speakers": len(spoke)})
    Turn.objects.filter(meeting=meeting).delete()
    Stage.objects.filter(meeting=meeting).delete()


def _keep_bands(meeting: Meeting, spoke: AbstractSet[int]) -> None:
    """None of a meeting that was closed before and went on: who had spoken until then is forgotten."""
    BandCount.objects.filter(meeting=meeting).delete()
    if SpokenCount.objects.filter(meeting=meeting).exists():
        return
    there = [line.entry.member_id for line in lines_of(meeting) if line.is_there]
    births = dict(Member.objects.filter(pk__in=there).values_list("pk", "birth_year"))
    BandCount.objects.bulk_create(
        BandCount(
            meeting=meeting,
            age_from=row.band[0],
            age_to=row.band[1],
            present=row.present,
            silent=row.silent,
        )
        for row in figures_by_band(meeting, births, spoke)
    )


def _hold(meeting: Meeting) -> None:
    hold(meeting, MeetingStatus.OPENED, says=_("Kỳ sinh hoạt không còn đang diễn ra."))


def _own_line(meeting: Meeting, by: Viewer) -> Line:
    for line in lines_of(meeting):
        if line.entry.member_id == by.member_id:
            return line
    raise Refused(_("Đồng chí không có trong danh sách dự kỳ sinh hoạt này."))


def _end_turn(meeting: Meeting) -> int:
    speaking = Turn.objects.filter(meeting=meeting, given_at__isnull=False, ended_at=None)
    return speaking.update(ended_at=now())
