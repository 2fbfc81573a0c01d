"""The code of the room, which changes every 20 seconds: as a QR, and as four digits for phones without a camera.

Nothing is stored: both are made from the meeting, the time and the installation's key. A code holds while it is shown
and once as long again, so that nobody is too slow; a photo sent on is of no use after 40 seconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.crypto import constant_time_compare, salted_hmac

from nenep.shared.dates import now

if TYPE_CHECKING:
    from datetime import datetime

SECONDS = 20
_SALT = "nenep.rooms.codes"


def digits_at(meeting_pk: int, at: datetime) -> str:
    return _digits(_made(meeting_pk, _window(at)))


def long_at(meeting_pk: int, at: datetime) -> str:
    return _long(_made(meeting_pk, _window(at)))


def is_current(meeting_pk: int, typed: str) -> bool:
    """Whether this is the code shown now or the one before, in either form."""
    typed, window = typed.replace(" ", ""), _window(now())
    shown = [_made(meeting_pk, each) for each in (window, window - 1)]
    right = [form(made) for made in shown for form in (_digits, _long)]
    return any(constant_time_compare(typed, each) for each in right)


def _digits(made: str) -> str:
    return f"{int(made[:8], 16) % 10_000:04d}"


def _long(made: str) -> str:
    return made[8:28]


def _window(at: datetime) -> int:
    return int(at.timestamp()) // SECONDS


def _made(meeting_pk: int, window: int) -> str:
    return salted_hmac(_SALT, f"{meeting_pk}:{window}", algorithm="sha256").hexdigest()
