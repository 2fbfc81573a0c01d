"""Names of a vote and reserved opinions go when their time of keeping is over; the counts stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nenep.votes.models import Cast, Reservation

if TYPE_CHECKING:
    from datetime import date


def forget_casts(before: date) -> int:
    return Cast.objects.filter(vote__meeting__starts_at__date__lt=before).delete()[0]


def forget_reservations(before: date) -> int:
    return Reservation.objects.filter(meeting__starts_at__date__lt=before).delete()[0]
