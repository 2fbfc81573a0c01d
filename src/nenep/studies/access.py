from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.organizations.models import Closure
from nenep.organizations.reach import may
from nenep.people.reads import branch_on
from nenep.shared.dates import now, today, valid_on

if TYPE_CHECKING:
    from nenep.shared.viewer import Viewer
    from nenep.studies.models import Session


@dataclass(frozen=True, slots=True)
class SessionAccess:
    """What a viewer may do with a session that is seen."""

    viewer: Viewer
    session: Session

    @property
    def hold(self) -> bool:
        """Asks questions, closes it, takes it back."""
        return self.session.closed_at is None and self.may_hold

    @property
    def may_hold(self) -> bool:
        return may(self.viewer, "studies.hold", self.session.body_id)

    @property
    def count(self) -> bool:
        """Sees how many of each branch were there, and of those of the answers that may be told."""
        return self.may_hold or may(self.viewer, "studies.follow", self.session.body_id)

    @property
    def own_branch(self) -> int | None:
        """The viewer's branch, where it stands in or under the body that held it."""
        if self.viewer.member_id is None:
            return None
        branch = branch_on(self.viewer.member_id, today())
        place = Closure.objects.filter(valid_on(today()), ancestor=self.session.body_id, descendant=branch)
        return branch if branch and place.exists() else None

    @property
    def mark(self) -> bool:
        """Says who of the own branch was there."""
        branch = self.own_branch
        return self.is_begun and branch is not None and may(self.viewer, "studies.mark", branch)

    @property
    def take_check(self) -> bool:
        return (
            self.is_begun
            and self.own_branch is not None
            and self.session.check_questions.exists()
            and not self.session.taken.filter(member=self.viewer.member_id).exists()
        )

    @property
    def is_begun(self) -> bool:
        return self.session.closed_at is None and self.session.held_at <= now()

    def sometime(self, verb: str) -> bool:
        """The right alone, before it begins and after it is closed."""
        if verb == "hold":
            return self.may_hold
        branch = self.own_branch
        if verb == "mark":
            return branch is not None and may(self.viewer, "studies.mark", branch)
        return branch is not None
