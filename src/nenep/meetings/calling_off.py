"""A meeting that does not take place: cancelled before its time, or its month passed without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nenep.facts.operations import write_fact
from nenep.journal.operations import record
from nenep.meetings import providers
from nenep.meetings.counting import facts_of_month
from nenep.meetings.models import BEING_PREPARED, CalledOff, Meeting, MeetingKind, MeetingStatus
from nenep.meetings.notice import told_members
from nenep.meetings.operations import open_month
from nenep.meetings.progress import meeting_day
from nenep.meetings.states import OffReason
from nenep.notices.operations import notify
from nenep.organizations.reads import short_name_on
from nenep.shared.dates import month_start, next_month, now, today
from nenep.shared.states import Refused, hold, move
from nenep.shared.viewer import member_of
from nenep.shared.words import moment_words

if TYPE_CHECKING:
    from datetime import date

    from nenep.organizations.endings import Ending
    from nenep.shared.viewer import Viewer


NOT_YET = gettext_lazy("Chưa qua giờ họp. Nếu chi bộ quyết định không họp, đồng chí dùng “Hủy kỳ sinh hoạt”.")


@transaction.atomic
def mark_not_held(meeting: Meeting, *, reason: str, note: str = "", by: Viewer | None) -> Meeting:
    """Record that the branch did not hold the regular meeting of a month; returns the next one, born filled.

    The month counts as one that was not held. Refused before the time of the meeting: then it is cancelled.
    """
    hold(meeting, *BEING_PREPARED, says=_("Kỳ sinh hoạt đã khai mạc nên không ghi là không họp được."))
    if meeting.kind != MeetingKind.REGULAR or meeting.starts_at > now():
        raise Refused(NOT_YET)
    # Before the event: planning locks the branch and then its chain, and so must everybody.
    following = open_month(meeting.body_id, month=max(next_month(meeting.month), month_start(today())), by=by)
    move(meeting, MeetingStatus.NOT_HELD)
    _say_why(meeting, reason=reason, note=note, by=by)
    write_fact(meeting.body_id, meeting.month, **facts_of_month(meeting.body_id, meeting.month))
    record("meeting.not_held", by=by, body=meeting.body_id, obj=meeting, reason=reason)
    return following


@transaction.atomic
def mark_month_not_held(
    body_id: int, *, month: date, reason: str, note: str = "", by: Viewer | None
) -> tuple[Meeting, Meeting]:
    """The same for a month that nobody had planned: its meeting is born and given up; returns (it, the next one)."""
    meeting = open_month(body_id, month=month, by=by)
    return meeting, mark_not_held(meeting, reason=reason, note=note, by=by)


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: str, note: str = "", by: Viewer | None) -> int:
    """Give a meeting up before it is held; everybody who knows of its day is told. Returns how many."""
    hold(meeting, *BEING_PREPARED, says=_("Kỳ sinh hoạt đã khai mạc nên không hủy được nữa."))
    told = who_knows(meeting)
    was_called = meeting.is_called
    move(meeting, MeetingStatus.CANCELLED, sequence=meeting.sequence + 1)
    why = _say_why(meeting, reason=reason, note=note, by=by)
    record("meeting.cancelled", by=by, body=meeting.body_id, obj=meeting, reason=reason)
    providers.announced.call(meeting)
    if not was_called:
        providers.replanned.call(providers.Replanned(meeting, why.words, by))
        return len(told)
    notify(
        told,
        kind="meeting.cancelled",
        title=_("Hủy kỳ sinh hoạt chi bộ"),
        text=_("%(branch)s không họp lúc %(time)s. Lý do: %(reason)s.")
        % {
            "branch": short_name_on(meeting.body_id, meeting_day(meeting)),
            "time": moment_words(meeting.starts_at),
            "reason": why.words,
        },
        url=reverse("meetings:page", args=[meeting.pk]),
        about=meeting,
        body=meeting.body_id,
        by=by,
    )
    return len(told)


def who_knows(meeting: Meeting) -> list[int]:
    """Ids of the members who know when it is to be held: by its notice, before that by what else states its day."""
    return told_members(meeting) if meeting.is_called else providers.awaiting.ask(meeting)


@transaction.atomic
def take_not_holding_back(meeting: Meeting, *, by: Viewer | None) -> None:
    """Recorded as not held by mistake: the meeting is where it was before; the mistake stays visible as a note."""
    hold(meeting, MeetingStatus.NOT_HELD, says=_("Kỳ này không còn ghi là không họp."))
    move(meeting, MeetingStatus.CALLED if meeting.called_at else MeetingStatus.PLANNED)
    meeting.called_off.taken_back_at = now()
    meeting.called_off.save(update_fields=["taken_back_at"])
    write_fact(meeting.body_id, meeting.month, **facts_of_month(meeting.body_id, meeting.month))
    record("meeting.not_holding_taken_back", by=by, body=meeting.body_id, obj=meeting)


def cancel_what_was_ahead(ending: Ending) -> None:
    """A body that ends holds no meeting from that day on; whoever was called to one is told."""
    ahead = Meeting.objects.filter(
        body=ending.body, status__in=BEING_PREPARED, starts_at__date__gte=ending.day
    )
    for meeting in ahead.order_by("starts_at"):
        cancel_meeting(meeting, reason=OffReason.REORGANIZED, by=ending.by)


def _say_why(meeting: Meeting, *, reason: str, note: str, by: Viewer | None) -> CalledOff:
    # A row that is there already was taken back; the journal keeps it.
    row = CalledOff.objects.filter(meeting=meeting).first() or CalledOff(meeting=meeting)
    row.reason, row.note, row.at, row.taken_back_at = reason, note, now(), None
    row.by_id = member_of(by)
    row.full_clean()
    row.save()
    return row
