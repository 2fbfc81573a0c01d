"""The life of a meeting: planned, called, opened, closed. Its minutes are in `minutes`."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.meetings import providers
from nenep.meetings.agenda import fill_agenda
from nenep.meetings.attendance import Line, count, freeze, lines_of, starting_marks, thaw, write_marks
from nenep.meetings.circle import require_summoned
from nenep.meetings.days import first_day_ahead, last_day, require_day
from nenep.meetings.hours import require_beginning, require_end
from nenep.meetings.models import (
    BEING_PREPARED,
    CommitteeMeeting,
    Meeting,
    MeetingKind,
    MeetingStatus,
    Postponement,
)
from nenep.meetings.notice import told_members
from nenep.meetings.preparation import blocking
from nenep.meetings.presenting import telling_presenters
from nenep.meetings.progress import meeting_day
from nenep.notices.operations import notify
from nenep.organizations.reads import rules_for, short_name_on
from nenep.organizations.turns import take_turns
from nenep.people.reads import roster, secretary_on
from nenep.rulebook.calendar import free_day
from nenep.shared.dates import month_start, now, today
from nenep.shared.states import Refused, hold, move
from nenep.shared.viewer import member_of
from nenep.shared.words import moment_words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from nenep.people.models import Member
    from nenep.shared.viewer import Viewer

USUAL_HOUR = time(14, 0)


@transaction.atomic
def open_month(body_id: int, *, month: date, by: Viewer | None) -> Meeting:
    """Plan the regular meeting of a month, born filled; the one that is there already is returned as it is.

    Day: as the branch planned it, else the fixed day of the pack (regulations.md M-06), else the day of its last
    regular meeting. When that is over, a working day ahead is proposed; a month that is over keeps its usual day, and
    is asked about.
    """
    month = month_start(month)
    take_turns(body_id)
    found: Meeting | None = Meeting.objects.regular().standing().filter(body_id=body_id, month=month).first()
    if found:
        return found
    regular = Meeting.objects.regular().standing()
    last = regular.filter(body_id=body_id, month__lt=month).order_by("-month").first()
    planned = next(iter(providers.planned.ask(body_id, MeetingKind.REGULAR, month)), None)
    usual = planned.starts_at if planned else usual_time(body_id, month, last)
    ahead = first_day_ahead(usual, last_day(body_id, month)) if usual <= now() else None
    meeting = Meeting(
        body_id=body_id,
        month=month,
        starts_at=ahead or usual,
        is_time_proposed=ahead is not None,
        place=(planned.place if planned else "") or (last.place if last else ""),
        chair_id=secretary_on(body_id, month),
        note_taker_id=last.note_taker_id if last else None,
    )
    return _plan(meeting, by=by)


@transaction.atomic
def plan_thematic(
    body_id: int,
    *,
    starts_at: datetime,
    focus_question: str,
    place: str = "",
    presenter: Member | None = None,
    by: Viewer | None,
) -> Meeting:
    """Plan a thematic meeting beside the regular one; its theme is stated as a question (R142).

    It counts for the month of its day. Refused in the past, and on a day that has a thematic meeting already; on the
    day of the regular one it may be held, before or after it (regulations.md M-03).
    """
    if starts_at <= now():
        raise Refused(_("Thời gian họp đã qua. Đồng chí chọn ngày giờ khác."))
    take_turns(body_id)
    day = timezone.localdate(starts_at)
    thematic = Meeting.objects.standing().filter(body_id=body_id, kind=MeetingKind.THEMATIC)
    if thematic.on(day).exists():
        raise Refused(_("Ngày này chi bộ đã có một kỳ sinh hoạt chuyên đề. Đồng chí chọn ngày khác."))
    meeting = Meeting(
        body_id=body_id,
        kind=MeetingKind.THEMATIC,
        month=month_start(day),
        starts_at=starts_at,
        place=place,
        focus_question=focus_question,
        chair_id=secretary_on(body_id, day),
    )
    return _plan(meeting, presenter=presenter, by=by)


def usual_time(body_id: int, month: date, last: Meeting | None) -> datetime:
    """When the meeting of a month is expected, in the time zone of Vietnam: not on a public holiday (M-06)."""
    rules = rules_for(body_id, month).meeting
    fixed, fallback = rules.fixed_day, rules.fixed_day_fallback
    last_at = timezone.localtime(last.starts_at) if last else None
    day_number = fixed.number if fixed.value is not None else (min(last_at.day, 28) if last_at else 5)
    wanted = month.replace(day=day_number)
    day = free_day(wanted, until=fallback.number if fallback.value is not None else None)
    return timezone.make_aware(datetime.combine(day, last_at.time() if last_at else USUAL_HOUR))


@transaction.atomic
def plan(meeting: Meeting, *, reason: str = "", by: Viewer | None, **fields: Any) -> None:
    """Change place, chair, note-taker, focus question, guests; the time too while nobody has been told of it.

    Another place is told to those who know the old one, with `reason` where there is one. A time that the program
    proposed because the planned one had passed is nobody's choice yet: it may be changed, and is told as well.
    """
    hold(meeting, *BEING_PREPARED, says=_("Kỳ sinh hoạt đã khai mạc nên không đổi được nữa."))
    if (
        meeting.status == MeetingStatus.CALLED
        and fields.get("starts_at", meeting.starts_at) != meeting.starts_at
    ):
        raise Refused(
            _("Đã thông báo rồi. Muốn đổi ngày giờ, đồng chí dùng “Hoãn hoặc đổi ngày”."), field="starts_at"
        )
    if fields.get("starts_at", meeting.starts_at) != meeting.starts_at:
        require_day(meeting, fields["starts_at"], field="starts_at")
        if not meeting.is_time_proposed and providers.awaiting.ask(meeting):
            raise Refused(
                _(
                    "Kế hoạch năm đã công bố ngày giờ này. Bí thư, phó bí thư đổi bằng “Hoãn hoặc đổi ngày”, "
                    "có ghi lý do."
                ),
                field="starts_at",
            )
    was_proposed = meeting.is_time_proposed and "starts_at" in fields
    if "starts_at" in fields:
        fields["is_time_proposed"] = False
    before = meeting.starts_at, meeting.place
    for name, value in fields.items():
        setattr(meeting, name, value)
    for name in ("chair", "note_taker"):
        require_summoned(meeting, [fields.get(name)], field=name)
    has_moved = (meeting.starts_at, meeting.place) != before
    meeting.sequence += has_moved and meeting.is_called
    meeting.full_clean()
    meeting.save(update_fields=[*fields, "sequence"])
    verb = "meeting.rescheduled" if has_moved else "meeting.roles_assigned"
    record(verb, by=by, body=meeting.body_id, obj=meeting)
    if has_moved and meeting.is_called:
        providers.announced.call(meeting)
        _tell(meeting, kind="meeting.rescheduled", title=_("Đổi địa điểm họp chi bộ"), by=by)
    elif has_moved or was_proposed:
        why = reason or (_("Ngày theo kế hoạch đã qua.") if was_proposed else "")
        providers.replanned.call(providers.Replanned(meeting, why, by))


@transaction.atomic
def postpone(
    meeting: Meeting, *, to: datetime, reason: str, place: str | None = None, by: Viewer | None
) -> None:
    """Move a meeting within its month or into the first days of the next, with a reason; those told are told again.

    `place`: another one together with the time; None leaves it.
    """
    hold(meeting, *BEING_PREPARED, says=_("Kỳ sinh hoạt đã khai mạc nên không hoãn được nữa."))
    require_day(meeting, to, field="to")
    if to == meeting.starts_at:
        raise Refused(_("Thời gian mới trùng với thời gian cũ. Đồng chí chọn ngày khác."), field="to")
    Postponement.objects.create(
        meeting=meeting,
        was=meeting.starts_at,
        becomes=to,
        reason=reason,
        at=now(),
        by_id=member_of(by),
    )
    was_called = meeting.status == MeetingStatus.CALLED
    meeting.starts_at, meeting.sequence, meeting.is_time_proposed = to, meeting.sequence + 1, False
    meeting.place = meeting.place if place is None else place
    meeting.full_clean()
    meeting.save(update_fields=["starts_at", "place", "sequence", "is_time_proposed"])
    record("meeting.postponed", by=by, body=meeting.body_id, obj=meeting)
    providers.announced.call(meeting)
    if was_called:
        _tell(meeting, kind="meeting.postponed", title=_("Đổi ngày họp chi bộ"), by=by)
    else:
        providers.replanned.call(providers.Replanned(meeting, reason, by))


@transaction.atomic
def call_meeting(meeting: Meeting, *, reason: str = "", by: Viewer | None) -> int:
    """Tell every member of the roster; returns how many were told. Refused while something blocks.

    `reason`: why the committee has not met before (R105); needed, and kept, only when its meeting is not recorded.
    """
    hold(meeting, MeetingStatus.PLANNED, says=_("Kỳ sinh hoạt này đã được thông báo rồi."))
    if sentences := blocking(meeting):
        raise Refused(" ".join(sentences))
    has_met = CommitteeMeeting.objects.filter(meeting=meeting).exists()
    if not has_met and not reason.strip():
        raise Refused(
            _("Chưa ghi cuộc họp chi ủy. Đồng chí ghi cuộc họp ấy, hoặc nêu lý do chưa họp."), field="reason"
        )
    kept = "" if has_met else reason.strip()
    move(meeting, MeetingStatus.CALLED, called_at=now(), uncommitted_reason=kept)
    record("meeting.called", by=by, body=meeting.body_id, obj=meeting)
    providers.announced.call(meeting)
    return _tell(meeting, kind="meeting.called", title=call_title(), by=by)


@transaction.atomic
def call_newcomers(meeting: Meeting, *, by: Viewer | None) -> int:
    """Tell those who came onto the roster after the notice had gone out; returns how many. Nobody is told twice."""
    hold(
        meeting,
        MeetingStatus.CALLED,
        says=_("Chỉ báo thêm được sau khi có thông báo và trước khi khai mạc."),
    )
    return _tell(meeting, kind="meeting.called", title=call_title(), without=told_members(meeting), by=by)


def call_title() -> str:
    return _("Thông báo họp chi bộ")


def call_text(meeting: Meeting) -> str:
    """When and where, as the inbox says it."""
    return _("%(branch)s họp lúc %(time)s tại %(place)s.") % {
        "branch": short_name_on(meeting.body_id, meeting_day(meeting)),
        "time": moment_words(meeting.starts_at),
        "place": meeting.place,
    }


@transaction.atomic
def open_meeting(meeting: Meeting, *, began_at: datetime | None = None, by: Viewer | None) -> None:
    """Open the room: the roll call starts from standing statuses and from leave asked beforehand.

    `began_at`: when the branch really began, on the day of the meeting; without it, now.
    """
    hold(meeting, MeetingStatus.CALLED, says=_("Chỉ khai mạc được kỳ sinh hoạt đã thông báo."))
    if today() < meeting_day(meeting):
        raise Refused(_("Chưa đến ngày họp. Muốn họp sớm hơn, đồng chí dùng “Hoãn hoặc đổi ngày”."))
    if began_at:
        require_beginning(meeting, began_at)
    move(meeting, MeetingStatus.OPENED, opened_at=now(), began_at=began_at or now())
    write_marks(meeting, starting_marks(meeting))
    record("meeting.opened", by=by, body=meeting.body_id, obj=meeting)


@transaction.atomic
def take_opening_back(meeting: Meeting, *, by: Viewer | None) -> None:
    """Opened by mistake: the meeting is called again as before, as long as nothing has been recorded in it."""
    hold(meeting, MeetingStatus.OPENED, says=_("Kỳ sinh hoạt không còn đang diễn ra."))
    if has_records(meeting):
        raise Refused(_("Kỳ sinh hoạt đã có nội dung được ghi nên không quay lại trước khai mạc được nữa."))
    move(meeting, MeetingStatus.CALLED, opened_at=None, began_at=None)
    meeting.attendance.all().delete()
    providers.room_left.call(meeting)
    record("meeting.opening_taken_back", by=by, body=meeting.body_id, obj=meeting)


def has_records(meeting: Meeting) -> bool:
    """Whether anything has been recorded that the minutes would tell, besides the roll call."""
    return (
        meeting.votes.exists()
        or meeting.items.exclude(notes="", conclusion="", decision="", skipped_because="").exists()
        or bool(providers.minutes_blocks.ask(meeting))
        or bool(providers.obstacles.ask(meeting))
    )


@transaction.atomic
def close_meeting(
    meeting: Meeting,
    *,
    ended_at: datetime | None = None,
    skipped: Mapping[int, str] | None = None,
    online_basis: str = "",
    by: Viewer | None,
) -> None:
    """End the discussion and freeze the counts together with the roll that they were made from.

    `ended_at`: when the branch really ended; without it, now. `skipped`: why required parts were not dealt with, by
    the key of the item; the page asks for each that has no word, and the minutes say it. Refused while somebody has
    not been called, and while chair or note-taker, who sign the minutes, are missing or absent.
    """
    hold(meeting, MeetingStatus.OPENED, says=_("Kỳ sinh hoạt không còn đang diễn ra."))
    lines = lines_of(meeting)
    if obstacles := closing_obstacles(meeting, lines):
        raise Refused(" ".join(obstacles))
    if ended_at:
        require_end(meeting.began_at or ended_at, ended_at, field="ended_at")
    for item in meeting.items.filter(pk__in=skipped or {}):
        item.skipped_because = (skipped or {})[item.pk].strip()
        item.full_clean()
        item.save(update_fields=["skipped_because"])
    counts = count(meeting, lines)
    move(
        meeting,
        MeetingStatus.CLOSED,
        closed_at=now(),
        ended_at=ended_at or now(),
        online_basis=online_basis.strip(),
        expected=counts.expected,
        present=counts.present,
        excused=counts.excused,
        unexcused=counts.unexcused,
        roll=freeze(meeting, lines),
    )
    providers.room_left.call(meeting)
    record("meeting.closed", by=by, body=meeting.body_id, obj=meeting, present=counts.present)


def closing_obstacles(meeting: Meeting, lines: list[Line]) -> list[str]:
    """What must be put right before the counts can be frozen, in sentences that say what to do."""
    unfinished = providers.obstacles.ask(meeting)
    uncalled = [line.entry.name for line in lines if line.mark is None]
    if uncalled:
        return [
            *unfinished,
            _("Còn %(count)d đồng chí chưa điểm danh: %(names)s. Đồng chí điểm danh trước khi kết thúc.")
            % {"count": len(uncalled), "names": ", ".join(uncalled[:5]) + ("…" if len(uncalled) > 5 else "")},
        ]
    there = {line.entry.member_id for line in lines if line.is_there}
    sentences = unfinished
    if not there:
        sentences.append(_("Chưa có ai được điểm danh là có mặt. Đồng chí xem lại điểm danh."))
    if meeting.chair_id not in there:
        sentences.append(_("Người chủ trì vắng hoặc chưa được chọn. Đồng chí chọn lại ở phần “Khai mạc”."))
    if meeting.note_taker_id not in there:
        sentences.append(_("Thư ký vắng hoặc chưa được chọn. Đồng chí chọn lại ở phần “Khai mạc”."))
    return sentences


@transaction.atomic
def resume_meeting(meeting: Meeting, *, by: Viewer | None) -> None:
    """The reading back found something to mend: the room is open again and the counts are no longer frozen."""
    hold(meeting, MeetingStatus.CLOSED, says=_("Biên bản đã thông qua nên chỉ ghi thêm đính chính được."))
    thaw(meeting)
    frozen = ("closed_at", "ended_at", "expected", "present", "excused", "unexcused", "roll")
    unfrozen: dict[str, Any] = dict.fromkeys(frozen)
    move(meeting, MeetingStatus.OPENED, **unfrozen)
    record("meeting.resumed", by=by, body=meeting.body_id, obj=meeting)


def _plan(meeting: Meeting, *, presenter: Member | None = None, by: Viewer | None) -> Meeting:
    require_summoned(meeting, [presenter], field="presenter")
    meeting.full_clean()
    meeting.save(force_insert=True)
    with telling_presenters(meeting, by=by):
        fill_agenda(meeting, presenter=presenter)
    providers.born.call(meeting)  # before the event: whoever locks a plan locks it before the chain
    record("meeting.planned", by=by, body=meeting.body_id, obj=meeting)
    return meeting


def _tell(
    meeting: Meeting, *, kind: str, title: str, by: Viewer | None, without: Collection[int] = ()
) -> int:
    known = [entry.member_id for entry in roster(meeting.body_id, meeting_day(meeting))]
    members = [member for member in known if member not in without]
    notify(
        members,
        kind=kind,
        title=title,
        text=call_text(meeting),
        url=reverse("meetings:page", args=[meeting.pk]),
        body=meeting.body_id,
        about=meeting,
        by=by,
    )
    return len(members)
