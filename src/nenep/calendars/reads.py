"""Which meetings stand in a calendar: those that were announced, from some months ago on; called off ones too."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery

from nenep.access.viewers import viewer_of
from nenep.meetings.models import Meeting, MeetingKind
from nenep.organizations.reach import within
from nenep.shared.dates import now
from nenep.visits.models import Visit

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nenep.calendars.models import Feed, PublicCalendar

LOOKS_BACK = timedelta(days=92)


def meetings_of_feed(feed: Feed) -> QuerySet[Meeting]:
    """The meetings to which the holder belongs by the rights of today, not those that somebody lets the holder read."""
    return _announced().filter(within(viewer_of(feed.account), "meetings.respond"))


def visits_of_feed(feed: Feed) -> QuerySet[Meeting]:
    """The meetings of other branches that the holder is to attend for a committee, each with its `visit_id`."""
    own = Visit.objects.standing().filter(
        officer=feed.account.member_id or 0, branch=OuterRef("body"), roster__month=OuterRef("month")
    )
    meetings = _announced().filter(kind=MeetingKind.REGULAR)
    return meetings.annotate(visit_id=Subquery(own.values("pk")[:1])).exclude(visit_id=None)


def meetings_of_calendar(calendar: PublicCalendar) -> QuerySet[Meeting]:
    return _announced().filter(body=calendar.body_id, kind__in=calendar.kinds)


def _announced() -> QuerySet[Meeting]:
    meetings = Meeting.objects.filter(called_at__isnull=False, starts_at__gte=now() - LOOKS_BACK)
    return meetings.order_by("starts_at", "pk")
