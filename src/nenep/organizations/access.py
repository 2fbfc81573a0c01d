"""What a viewer may do with a body. Rights are those of today's tree; a body that has ended is only looked at."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from nenep.organizations.kinds import CHILDLESS_KINDS
from nenep.organizations.reach import may, may_add_below
from nenep.organizations.reads import kind_on
from nenep.shared.dates import today

if TYPE_CHECKING:
    from nenep.organizations.models import Body
    from nenep.shared.viewer import Viewer

CHANGE = "organizations.change"


class BodyAccess:
    """One attribute per verb; views refuse and templates hide by the same answer."""

    def __init__(self, viewer: Viewer, body: Body) -> None:
        self.viewer = viewer
        self.body = body

    @cached_property
    def change(self) -> bool:
        """Rename, reclassify, move, merge, split, dissolve, place in a cluster."""
        return not self.body.has_ended and may(self.viewer, CHANGE, self.body.pk)

    @cached_property
    def add_below(self) -> bool:
        """Found a body directly under this one, move one here, form a cluster here."""
        if self.body.has_ended or kind_on(self.body.pk, today()) in CHILDLESS_KINDS:
            return False
        return may_add_below(self.viewer, CHANGE, self.body.pk)
