"""What people answered and wrote before a meeting goes when its time of keeping is over; the counts stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nenep.meetings.models import Opinion, Response

if TYPE_CHECKING:
    from datetime import date


def forget_responses(before: date) -> int:
    return Response.objects.filter(meeting__starts_at__date__lt=before).delete()[0]


def forget_opinions(before: date) -> int:
    """Counted from the meeting for which they were written: by then each had its answer or its minutes."""
    return Opinion.objects.filter(meeting__starts_at__date__lt=before).delete()[0]
