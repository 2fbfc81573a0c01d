"""The way from a meeting to the calendars (see `meetings.providers`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.meetings.providers import Link

if TYPE_CHECKING:
    from nenep.meetings.models import Meeting
    from nenep.shared.viewer import Viewer


def links(_viewer: Viewer, meeting: Meeting) -> list[Link]:
    return [] if meeting.is_finished else [Link(_("Lịch của tôi trên điện thoại"), reverse("calendars:mine"))]
