from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.concerns.models import ConcernStatus, Theme
from nenep.concerns.reads import keepers_of
from nenep.organizations.reach import may
from nenep.shared.moved_on import is_allowed_sometime

if TYPE_CHECKING:
    from collections.abc import Collection

    from nenep.concerns.models import Concern
    from nenep.shared.viewer import Viewer


def access_to(viewer: Viewer, concern: Concern) -> ConcernAccess:
    return ConcernAccess(viewer, concern, keepers_of(concern.body_id, concern.author_id))


def is_publishable(concern: Concern) -> bool:
    is_answered = concern.theme == Theme.DOUBT and concern.status == ConcernStatus.ANSWERED
    return is_answered and concern.committee_id is not None and not hasattr(concern, "published")


@dataclass(frozen=True, slots=True)
class ConcernAccess:
    """What a viewer may do with a concern that is seen; `keepers` owe its answer today."""

    viewer: Viewer
    concern: Concern
    keepers: Collection[int]

    @property
    def is_author(self) -> bool:
        return self.concern.author_id is not None and self.concern.author_id == self.viewer.member_id

    @property
    def keeps(self) -> bool:
        """Owes the answer in the branch, or owed it before it was passed up."""
        is_keeper = self.viewer.member_id in self.keepers
        return is_keeper and may(self.viewer, "concerns.answer", self.concern.body_id)

    @property
    def receives(self) -> bool:
        """Acts for the committee that it was passed up to."""
        committee = self.concern.committee_id
        return (
            committee is not None
            and not self.is_author
            and may(self.viewer, "concerns.answer_passed", committee)
        )

    @property
    def see_name(self) -> bool:
        return self.is_author or self.keeps or (self.receives and self.concern.is_named_above)

    @property
    def answer(self) -> bool:
        if self.concern.status == ConcernStatus.RAISED:
            return self.keeps
        return self.concern.status == ConcernStatus.PASSED_UP and self.receives

    @property
    def pass_up(self) -> bool:
        return self.concern.status == ConcernStatus.RAISED and self.keeps

    @property
    def publish(self) -> bool:
        """Of a doubtful item that the committee has answered, once; other concerns are nobody else's."""
        return self.receives and is_publishable(self.concern)

    @property
    def take_back(self) -> bool:
        return self.concern.is_open and self.is_author

    def sometime(self, verb: str) -> bool:
        """Whether the right is there in any state."""
        if verb == "publish":
            return self.receives and self.concern.theme == Theme.DOUBT
        return is_allowed_sometime(
            lambda one: getattr(ConcernAccess(self.viewer, one, self.keepers), verb),
            self.concern,
            ConcernStatus,
        )
