"""What a meeting learns from its room (see `meetings.providers`), and links to it and its count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.meetings.access import MeetingAccess
from nenep.meetings.models import MeetingStatus
from nenep.meetings.providers import Link
from nenep.rooms.models import SpokenCount

if TYPE_CHECKING:
    from nenep.meetings.models import Meeting
    from nenep.shared.viewer import Viewer


def links(viewer: Viewer, meeting: Meeting) -> list[Link]:
    if meeting.status != MeetingStatus.OPENED:
        return []
    found = [Link(_("Điểm danh, xin phát biểu"), reverse("rooms:seat", args=[meeting.pk]))]
    if MeetingAccess(viewer, meeting).run:
        found.append(
            Link(
                _("Điều hành: nội dung, thời gian, người phát biểu"),
                reverse("rooms:guide", args=[meeting.pk]),
            )
        )
    found.append(Link(_("Màn hình lớn"), reverse("rooms:screen", args=[meeting.pk])))
    return found


def figures(meeting: Meeting) -> list[tuple[str, int]]:
    return [("speakers", row.speakers) for row in SpokenCount.objects.filter(meeting=meeting)]
