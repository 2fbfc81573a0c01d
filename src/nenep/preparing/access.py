"""Whose papers a viewer may keep before a meeting (R141): the committee all, a presenter those of the own part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from nenep.meetings.access import MeetingAccess
from nenep.meetings.happened import moved_on
from nenep.preparing.models import Duty

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nenep.meetings.models import AgendaItem, Meeting
    from nenep.shared.viewer import Viewer

# Steps whose owner writes papers, for whatever part.
PAPER_STEPS = ("paper", "materials")


@dataclass(frozen=True, slots=True)
class PaperAccess:
    """What a viewer who may read the meeting may do with its papers."""

    viewer: Viewer
    meeting: Meeting

    @property
    def keep_all(self) -> bool:
        return MeetingAccess(self.viewer, self.meeting).prepare

    def own_items(self) -> QuerySet[AgendaItem]:
        """The parts to which the viewer gives papers without being of the committee, whatever the state."""
        items, member = self.meeting.items.all(), self.viewer.member_id
        if member is None:
            return items.none()
        given = Duty.objects.filter(meeting=self.meeting, owner=member, step__in=PAPER_STEPS)
        return items if given.exists() else items.filter(presenter=member)

    def keep(self, item_id: int | None) -> bool:
        """A paper of this part; one that has lost its part is the committee's to place."""
        if self.keep_all:
            return True
        return self.meeting.is_being_prepared and self.own_items().filter(pk=item_id or 0).exists()

    def require_items(self) -> QuerySet[AgendaItem]:
        """The parts for which the viewer may keep a paper now.

        PermissionDenied for whoever never may, MovedOn when it is only too late.
        """
        if self.keep_all:
            return self.meeting.items.all()
        own = self.own_items()
        can = MeetingAccess(self.viewer, self.meeting)
        if not own.exists() and not can.sometime("prepare"):
            raise PermissionDenied
        if not self.meeting.is_being_prepared:
            raise moved_on(can)
        return own
