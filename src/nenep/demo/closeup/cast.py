"""Who is seen close up, and the officers above them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.utils import timezone

from nenep.demo.branches import SHOWN, Branch, viewer
from nenep.organizations.kinds import Kind, UnitType
from nenep.organizations.models import Body
from nenep.people.models import Post
from nenep.people.reads import office_holders

if TYPE_CHECKING:
    from nenep.shared.viewer import Viewer

# Two neighbours of the shown branch: one has published its plan, one still writes it.
PLANNING, DRAFTING = "CB0304", "CB0306"
AUDIENCE = UnitType.ADMINISTRATIVE  # of the focus: the kind of the shown branch


@dataclass(frozen=True, slots=True)
class Cast:
    """The branches that are seen close up, and the officers above them."""

    branches: list[Branch]
    today: date

    @property
    def shown(self) -> Branch:
        return self.coded(SHOWN)

    def coded(self, code: str) -> Branch:
        return next(branch for branch in self.branches if branch.body.code == code)

    def last(self, stage: str, count: int = 1, *, kind: Kind = Kind.SUBORDINATE_BRANCH) -> list[Branch]:
        """The last ones of a stage, the very last first; never the first ones, whose month others play on."""
        found = (branch for branch in reversed(self.branches) if branch.stage == stage)
        return [branch for branch in found if branch.body.kind == kind][:count]

    def last_meant(self, stage: str) -> Branch:
        """The last one of a stage for which the focus is meant."""
        return next(one for one in self.last(stage, len(self.branches)) if one.body.unit_type == AUDIENCE)

    def officer(self, code: str) -> Viewer:
        return viewer(office_holders(Body.objects.get(code=code).pk, Post.OFFICER, self.today)[0])


def on(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def at_work(branch: Branch, minute: int) -> datetime:
    """Within the half hour in which the meetings of the demo work."""
    return branch.at(0, 9, minute)
