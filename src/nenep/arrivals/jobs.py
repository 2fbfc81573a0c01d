"""Timed jobs."""

from __future__ import annotations

from datetime import timedelta

from nenep.arrivals.intakes import give_up
from nenep.arrivals.models import Intake
from nenep.shared.dates import now

KEPT_FOR = timedelta(days=7)


def forget_intakes() -> int:
    """Erase files that were read a week ago and never entered, with what was read; returns how many."""
    left = list(Intake.objects.filter(at__lt=now() - KEPT_FOR).defer("read"))
    for intake in left:
        give_up(intake, by=None)
    return len(left)
