"""How the notice of a meeting reached each member, and what they answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.meetings.answers import standing
from nenep.meetings.progress import meeting_day
from nenep.notices.models import BY_HAND, Channel, Delivery, DeliveryState, Notice
from nenep.people.reads import RosterEntry, roster

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from nenep.meetings.models import Meeting, Response

KINDS = ("meeting.called", "meeting.postponed", "meeting.rescheduled")


@dataclass(frozen=True, slots=True)
class Row:
    """One member: told how, seen or not, what was answered, and whether the secretary still has to call."""

    entry: RosterEntry
    phone: str
    channels: tuple[str, ...]
    has_seen: bool
    response: Response | None
    by_hand: Delivery | None

    @property
    def is_told(self) -> bool:
        return self.by_hand is not None and self.by_hand.state == DeliveryState.SENT

    @property
    def is_reached(self) -> bool:
        return self.has_seen or self.is_told or self.response is not None


def deliveries_of(meeting: Meeting) -> list[Row]:
    """One row for each member of the roster: those still to be reached first, each part in Vietnamese order."""
    notices = _notices_of(meeting).select_related("member")
    latest = {notice.member_id: notice for notice in notices.order_by("created_at")}
    deliveries: dict[int, list[Delivery]] = {}
    for delivery in Delivery.objects.filter(notice__in=list(latest.values())).select_related("notice"):
        deliveries.setdefault(delivery.notice.member_id, []).append(delivery)
    responses = {response.member_id: response for response in standing(meeting)}
    rows = [
        Row(
            entry=entry,
            phone=latest[entry.member_id].member.phone if entry.member_id in latest else "",
            channels=_channels(deliveries.get(entry.member_id, ())),
            has_seen=entry.member_id in latest and not latest[entry.member_id].is_unread,
            response=responses.get(entry.member_id),
            by_hand=_by_hand(deliveries.get(entry.member_id, ())),
        )
        for entry in roster(meeting.body_id, meeting_day(meeting))
    ]
    return sorted(rows, key=lambda row: row.is_reached)  # keeps the order within each part


def told_members(meeting: Meeting) -> list[int]:
    """Who has been told of the meeting, whether or not they are still on the roster."""
    return list(_notices_of(meeting).order_by("member_id").values_list("member_id", flat=True).distinct())


def _notices_of(meeting: Meeting) -> QuerySet[Notice]:
    return Notice.objects.filter(kind__in=KINDS, body_id=meeting.body_id).about(meeting)


def _channels(deliveries: Iterable[Delivery]) -> tuple[str, ...]:
    sent = (DeliveryState.SENT, DeliveryState.WAITING)
    return tuple(Channel(row.channel).label for row in deliveries if row.state in sent)


def _by_hand(deliveries: Iterable[Delivery]) -> Delivery | None:
    return next((row for row in deliveries if row.channel in BY_HAND), None)
