"""Who of a committee comes, on the preparation and the page of the meeting (see `meetings.providers`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.meetings.models import MeetingKind
from nenep.meetings.providers import Link
from nenep.organizations.reach import may
from nenep.visits.models import Visit
from nenep.visits.querysets import READ

if TYPE_CHECKING:
    from nenep.meetings.models import Meeting
    from nenep.shared.viewer import Viewer


def links(viewer: Viewer, meeting: Meeting) -> list[Link]:
    """One for each committee that sends somebody; its page tells afterwards what the officer said of the meeting."""
    if meeting.is_called_off or meeting.kind != MeetingKind.REGULAR or not may(viewer, READ, meeting.body_id):
        return []
    visits = Visit.objects.standing().of_month(meeting.month).filter(branch=meeting.body_id).for_page()
    label = _("Cấp trên dự: đồng chí %(name)s")
    return [
        Link(label % {"name": visit.officer.full_name}, reverse("visits:page", args=[visit.pk]))
        for visit in visits
    ]
