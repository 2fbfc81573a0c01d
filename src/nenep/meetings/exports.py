"""A meeting outside the program: a calendar entry, and a neutral text to copy into a chat."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from nenep.shared.dates import now

if TYPE_CHECKING:
    from nenep.meetings.models import Meeting

USUAL_LENGTH = timedelta(minutes=90)


def calendar_entry(meeting: Meeting, address: str) -> bytes:
    """One event with a stable UID and a growing SEQUENCE; title, time, place and a link, no agenda text."""
    calendar = Calendar()
    calendar.add("prodid", "-//Nen nep//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    starts = timezone.localtime(meeting.starts_at)
    event.add("uid", f"{meeting.ref}@nenep")
    event.add("sequence", meeting.sequence)
    event.add("status", "CANCELLED" if meeting.is_called_off else "CONFIRMED")
    event.add("dtstamp", now())
    event.add("dtstart", starts)
    event.add("dtend", starts + USUAL_LENGTH)
    event.add("summary", _("Sinh hoạt chi bộ"))
    event.add("location", meeting.place)
    event.add("url", address)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def neutral_text(meeting: Meeting, address: str) -> str:
    """What may leave through a chat: when, where, a link. Nothing of what will be discussed."""
    return _("Mời đồng chí dự họp lúc %(time)s tại %(place)s. Xem và trả lời tại: %(address)s") % {
        "time": timezone.localtime(meeting.starts_at).strftime("%H:%M ngày %d/%m/%Y"),
        "place": meeting.place,
        "address": address,
    }
