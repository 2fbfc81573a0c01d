"""How the notice of a meeting reached each member, every time it was told, and what they answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from nenep.meetings.answers import standing
from nenep.meetings.progress import meeting_day
from nenep.notices.models import BY_HAND, Channel, Delivery, DeliveryState, Notice
from nenep.people.reads import RosterEntry, roster
from nenep.shared.dates import today
from nenep.shared.templatetags.ui import vn_datetime

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

    from nenep.meetings.models import Meeting, Response

KINDS = ("meeting.called", "meeting.postponed", "meeting.rescheduled")
# Says again what the last of those said, to whoever had not seen it.
REMINDER = "meeting.reminded"
# What a list may be narrowed to; the first is the whole.
SHOWN = ("all", "unreached", "by_hand", "failed")


@dataclass(frozen=True, slots=True)
class Line:
    """One way of one telling in words; `kind` is a state of the page (`ui/state.html`)."""

    delivery: Delivery
    label: str
    kind: str
    words: str

    @property
    def is_failed_mail(self) -> bool:
        return self.delivery.channel == Channel.EMAIL and self.delivery.state == DeliveryState.FAILED

    @property
    def is_ticked(self) -> bool:
        return self.delivery.channel in BY_HAND and self.delivery.state == DeliveryState.SENT


@dataclass(frozen=True, slots=True)
class Telling:
    """One time that a member was told: the notice with its ways."""

    notice: Notice
    lines: tuple[Line, ...]

    @property
    def label(self) -> str:
        labels = {
            "meeting.called": _("Thông báo họp"),
            "meeting.postponed": _("Báo đổi ngày"),
            "meeting.rescheduled": _("Báo đổi địa điểm"),
            REMINDER: _("Nhắc lại"),
        }
        return labels[self.notice.kind]

    @property
    def is_ticked(self) -> bool:
        return any(line.is_ticked for line in self.lines)


@dataclass(frozen=True, slots=True)
class Row:
    """One member: every telling and every reminder, the latest first, and what was answered."""

    entry: RosterEntry
    tellings: tuple[Telling, ...]
    reminders: tuple[Telling, ...]
    response: Response | None

    @property
    def latest(self) -> Telling | None:
        """None for whoever joined the branch after the notice had gone out."""
        return self.tellings[0] if self.tellings else None

    @property
    def phone(self) -> str:
        return self.latest.notice.member.phone if self.latest else ""

    @property
    def channels(self) -> tuple[str, ...]:
        return tuple(line.label for line in self.latest.lines) if self.latest else ()

    @property
    def earlier(self) -> list[Telling]:
        """All but the latest telling, the latest first."""
        others = (*self.reminders, *self.tellings[1:])
        return sorted(others, key=lambda telling: telling.notice.created_at, reverse=True)

    @property
    def has_seen(self) -> bool:
        """A reminder says what the latest telling says; one from before it says what no longer holds."""
        if self.latest is None:
            return False
        told_at = self.latest.notice.created_at
        saying = [self.latest, *(one for one in self.reminders if one.notice.created_at >= told_at)]
        return any(not one.notice.is_unread for one in saying)

    @property
    def is_told(self) -> bool:
        return self.latest is not None and self.latest.is_ticked

    @property
    def is_reached(self) -> bool:
        """Seen, told by hand, or answered since: whoever knew only the old day or place has not been reached."""
        if self.latest is None:
            return False
        has_answered = self.response is not None and self.response.at >= self.latest.notice.created_at
        return self.has_seen or self.is_told or has_answered

    @property
    def takes_reminder(self) -> bool:
        """Not reached yet, although the program has a way of its own to this member."""
        usable = {DeliveryState.WAITING, DeliveryState.SENT}
        lines = self.latest.lines if self.latest else ()
        ways = [line.delivery for line in lines if line.delivery.channel not in BY_HAND]
        return not self.is_reached and any(way.state in usable for way in ways)

    @property
    def by_hand(self) -> Delivery | None:
        """What somebody has to bring, or has brought."""
        lines = self.latest.lines if self.latest else ()
        return next((line.delivery for line in lines if line.delivery.channel in BY_HAND), None)

    def belongs_to(self, shown: str) -> bool:
        """Whether a list narrowed to one of SHOWN has this row."""
        lines = self.latest.lines if self.latest else ()
        return {
            "all": True,
            "unreached": not self.is_reached,
            "by_hand": not self.is_reached and (self.latest is None or self.by_hand is not None),
            "failed": any(line.delivery.state == DeliveryState.FAILED for line in lines),
        }[shown]


def deliveries_of(meeting: Meeting) -> list[Row]:
    """One row for each member of the roster: those still to be reached first, each part in Vietnamese order."""
    ways: dict[int, list[Delivery]] = {}
    told = _notices_of(meeting, *KINDS, REMINDER)
    notices = told.select_related("member").order_by("-created_at", "-pk")
    deliveries = Delivery.objects.filter(notice__in=told).order_by("pk")
    for delivery in deliveries:
        ways.setdefault(delivery.notice_id, []).append(delivery)
    tellings: dict[int, list[Telling]] = {}
    reminders: dict[int, list[Telling]] = {}
    for notice in notices:
        lines = tuple(_line(notice, delivery) for delivery in ways.get(notice.pk, ()))
        kept = reminders if notice.kind == REMINDER else tellings
        kept.setdefault(notice.member_id, []).append(Telling(notice, lines))
    responses = {response.member_id: response for response in standing(meeting)}
    rows = [
        Row(
            entry,
            tuple(tellings.get(entry.member_id, ())),
            tuple(reminders.get(entry.member_id, ())),
            responses.get(entry.member_id),
        )
        for entry in roster(meeting.body_id, meeting_day(meeting))
    ]
    return sorted(rows, key=lambda row: row.is_reached)  # keeps the order within each part


def told_members(meeting: Meeting) -> list[int]:
    """Who has been told of the meeting, whether or not they are still on the roster."""
    told = _notices_of(meeting, *KINDS)
    return list(told.order_by("member_id").values_list("member_id", flat=True).distinct())


def reminded_today(rows: Iterable[Row]) -> list[Notice]:
    """The reminders that went out on this day of the calendar, of any of the rows."""
    reminders = [reminder.notice for row in rows for reminder in row.reminders]
    return [notice for notice in reminders if timezone.localdate(notice.created_at) == today()]


def _notices_of(meeting: Meeting, *kinds: str) -> QuerySet[Notice]:
    return Notice.objects.filter(kind__in=kinds, body_id=meeting.body_id).about(meeting)


def _line(notice: Notice, delivery: Delivery) -> Line:
    state, channel = DeliveryState(delivery.state), Channel(delivery.channel)
    return Line(
        delivery, channel.label, _kind(notice, channel, state), _words(notice, delivery, channel, state)
    )


def _kind(notice: Notice, channel: Channel, state: DeliveryState) -> str:
    if channel == Channel.INBOX and notice.is_unread:
        return "waiting"
    kinds: Mapping[DeliveryState, str] = {
        DeliveryState.WAITING: "waiting",
        DeliveryState.SENT: "done",
        DeliveryState.FAILED: "attention",
        DeliveryState.NOT_POSSIBLE: "none",
    }
    return kinds[state]


def _words(notice: Notice, delivery: Delivery, channel: Channel, state: DeliveryState) -> str:
    """The state with its time, in words."""
    when = {"moment": vn_datetime(delivery.tried_at) if delivery.tried_at else ""}
    if channel == Channel.INBOX:
        return (
            _("chưa xem, gửi lúc %(moment)s") % when
            if notice.read_at is None
            else _("đã xem lúc %(moment)s") % {"moment": vn_datetime(notice.read_at)}
        )
    if state == DeliveryState.SENT:
        sent = {Channel.PAPER: _("đã đưa lúc %(moment)s"), Channel.PHONE: _("đã gọi lúc %(moment)s")}
        return sent.get(channel, _("đã gửi lúc %(moment)s")) % when
    if state == DeliveryState.WAITING:
        waiting = {Channel.PAPER: _("chưa đưa"), Channel.PHONE: _("chưa gọi")}
        return waiting.get(channel, _("đang chờ gửi"))
    return _("không gửi được: %(reason)s") % {"reason": delivery.reason.rstrip(".")}
