from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models

from nenep.organizations.reach import within

if TYPE_CHECKING:
    from datetime import date

    from nenep.shared.viewer import Viewer


class MeetingQuerySet(models.QuerySet["Meeting"]):  # type: ignore[name-defined]
    def visible_to(self, viewer: Viewer) -> Self:
        """Meetings whose agenda and texts the viewer may read: those of the own branch."""
        return self.filter(within(viewer, "meetings.read"))

    def on(self, day: date) -> Self:
        """Those that start on this day, in the time of Vietnam."""
        return self.filter(starts_at__date=day)

    def of_month(self, month: date) -> Self:
        return self.filter(month=month)

    def regular(self) -> Self:
        return self.filter(kind="regular")

    def standing(self) -> Self:
        """All but the cancelled ones, in whose place another may be planned."""
        return self.exclude(status="cancelled")

    def for_page(self) -> Self:
        return self.select_related(
            "body", "chair", "note_taker", "committee_meeting", "paper_entry", "called_off"
        )


def is_readable(viewer: Viewer, meeting_id: int) -> bool:
    """Whether the papers of this meeting are for the viewer: they are read by whoever reads the meeting."""
    meetings = apps.get_model("meetings.Meeting")._base_manager.filter(pk=meeting_id)
    return bool(meetings.filter(within(viewer, "meetings.read")).exists())
