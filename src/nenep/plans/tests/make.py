"""Plans for tests, made with the real verbs some days before the year begins."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from nenep.plans import operations
from nenep.plans.models import EntryKind
from nenep.shared.dates import clock_at

MADE_AT = timezone.make_aware(datetime(2026, 12, 10, 9, 0))
YEAR = 2027


def at(day, month, hour=14, year=YEAR):
    return timezone.make_aware(datetime(year, month, day, hour))


def make_plan(body, *, published=False, year=YEAR, when=MADE_AT):
    with clock_at(when):
        plan = operations.draft_plan(body.pk, year=year, by=None)
        if published:
            operations.publish_plan(plan, by=None)
    return plan


def regular(plan, month):
    return plan.entries.get(kind=EntryKind.REGULAR, month__month=month)


def thematic(plan, month):
    return plan.entries.get(kind=EntryKind.THEMATIC, month__month=month)
