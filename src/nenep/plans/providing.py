"""What a meeting takes from the plan when it is made (see `meetings.providers`), and the way back to the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nenep.meetings.agenda import add_item
from nenep.meetings.circle import summoned, summoned_on
from nenep.meetings.models import MeetingKind
from nenep.meetings.progress import meeting_day
from nenep.meetings.providers import Link, Planned
from nenep.meetings.quarter import place_in_year
from nenep.organizations.reach import may
from nenep.plans.models import Entry, PlanStatus
from nenep.plans.reads import people_of
from nenep.shared.dates import now

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from nenep.meetings.models import Meeting
    from nenep.shared.viewer import Viewer


def planned(body_id: int, kind: str, month: date) -> list[Planned]:
    """What the published plan says: for the regular meeting of `month`, for the next thematic one from then on."""
    entries = _open(body_id, kind).filter(plan__status=PlanStatus.PUBLISHED)
    if kind == MeetingKind.REGULAR:
        found = entries.filter(month=month).first()
    else:
        found = entries.filter(month__gte=month.replace(day=1), starts_at__gt=now()).first()
    if found is None:
        return []
    # Who has left the branch since the plan was made, or was suspended, presents nothing.
    there = summoned_on(body_id, timezone.localdate(found.starts_at))
    presenter = found.presenter if found.presenter_id in there else None
    return [Planned(found.starts_at, found.place, found.content, presenter)]


def follow(meeting: Meeting) -> None:
    """A meeting was made: its entry knows it from now on, and what the plan says of a regular one is on its agenda."""
    entries = _open(meeting.body_id, meeting.kind).select_for_update(of=("self",))
    if meeting.kind == MeetingKind.REGULAR:
        entry = entries.filter(month=meeting.month).first()
    else:
        # At the hour of an entry it is that one; moved in the form, it is still the one of the quarter.
        of_quarter = [one for one in entries if place_in_year(one.month) == place_in_year(meeting.month)]
        of_quarter = [one for one in of_quarter if one.month.year == meeting.month.year]
        entry = next((one for one in of_quarter if one.starts_at == meeting.starts_at), None)
        entry = entry or next(iter(of_quarter), None)
    if entry is None:
        return
    entry.meeting = meeting
    entry.save(update_fields=["meeting"])
    if meeting.kind == MeetingKind.REGULAR and entry.content and entry.plan.is_published:
        add_item(
            meeting,
            title=entry.content,
            category="discussion",
            presenter=entry.presenter if entry.presenter_id in summoned(meeting) else None,
            why=_("kế hoạch sinh hoạt năm %(year)d") % {"year": entry.plan.year},
            by=None,
        )


def awaiting(meeting: Meeting) -> list[int]:
    """Whom the published plan told when the meeting is held; nobody when it is in none."""
    entry = Entry.objects.published_for(meeting)
    return people_of(entry.plan.body_id, entry.plan.year) if entry else []


def links(viewer: Viewer, meeting: Meeting) -> list[Link]:
    if not may(viewer, "plans.read", meeting.body_id):
        return []
    year = meeting_day(meeting).year
    label = _("Kế hoạch sinh hoạt năm %(year)d") % {"year": year}
    return [Link(label, reverse("plans:page", args=[meeting.body_id, year]))]


def _open(body_id: int, kind: str) -> QuerySet[Entry]:
    """Entries from which a meeting can still be made, the earliest first."""
    entries = Entry.objects.filter(plan__body=body_id, kind=kind).standing().without_meeting()
    return entries.select_related("plan", "presenter").order_by("starts_at")
