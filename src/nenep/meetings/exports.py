"""A meeting outside the program: a calendar entry, and a neutral text to copy into a chat."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from nenep.meetings.states import MeetingKind
from nenep.shared.dates import now
from nenep.shared.words import moment_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nenep.meetings.models import Meeting

USUAL_LENGTH = timedelta(minutes=90)


def calendar_entry(meeting: Meeting, address: str) -> bytes:
    """The file of one meeting, to be taken into a calendar."""
    return calendar_of([event_of(meeting, address)])


def calendar_of(events: Iterable[Event], *, name: str = "") -> bytes:
    """A calendar as file or feed; `name` is what a subscriber's program calls it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Nen nep//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def event_of(meeting: Meeting, address: str, *, with_place: bool = True) -> Event:
    """One event with a stable UID and a growing SEQUENCE; title, time, place and a link, no agenda text.

    Calendars leave the program for good: what is not said here, field by field, does not leave.
    """
    event = Event()
    starts = timezone.localtime(meeting.starts_at)
    is_thematic = meeting.kind == MeetingKind.THEMATIC
    event.add("uid", f"{meeting.ref}@nenep")
    event.add("sequence", meeting.sequence)
    event.add("status", "CANCELLED" if meeting.is_called_off else "CONFIRMED")
    event.add("dtstamp", now())
    event.add("dtstart", starts)
    event.add("dtend", starts + USUAL_LENGTH)
    event.add("summary", _("Sinh hoạt chi bộ (chuyên đề)") if is_thematic else _("Sinh hoạt chi bộ"))
    if with_place and meeting.place:
        event.add("location", meeting.place)
    event.add("url", address)
    return event


def neutral_text(meeting: Meeting, address: str) -> str:
    """What may leave through a chat: when, where, a link. Nothing of what will be discussed."""
    return _("Mời đồng chí dự họp lúc %(time)s tại %(place)s. Xem và trả lời tại: %(address)s") % {
        "time": moment_words(meeting.starts_at),
        "place": meeting.place,
        "address": address,
    }
