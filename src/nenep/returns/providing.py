"""What a meeting shows of its return (see `meetings.providers`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.meetings.models import MeetingKind
from nenep.meetings.providers import Link
from nenep.organizations.reach import may

if TYPE_CHECKING:
    from nenep.meetings.models import Meeting
    from nenep.shared.viewer import Viewer


def after_signing(viewer: Viewer, meeting: Meeting) -> list[Link]:
    """The month's report, unless the committee has it."""
    sent = getattr(meeting, "monthly_return", None)
    return [] if sent and not sent.is_sent_back else links(viewer, meeting)[:1]


def links(viewer: Viewer, meeting: Meeting) -> list[Link]:
    is_ready = meeting.is_adopted and meeting.kind == MeetingKind.REGULAR and not meeting.is_imported
    if not is_ready or not may(viewer, "returns.send", meeting.body_id):
        return []
    return [
        Link(_("Báo cáo tháng"), reverse("returns:page", args=[meeting.pk])),
        Link(_("Chép vào Sổ tay đảng viên"), reverse("returns:handbook", args=[meeting.pk])),
    ]
