from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.directives.models import DirectiveStatus, Receipt
from nenep.organizations.reach import may
from nenep.people.reads import branch_on, secretary_on
from nenep.shared.dates import today
from nenep.shared.moved_on import is_allowed_sometime

if TYPE_CHECKING:
    from nenep.directives.models import Directive, Programme
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class DirectiveAccess:
    """What a viewer may do with a directive that is seen."""

    viewer: Viewer
    directive: Directive

    @property
    def revise(self) -> bool:
        return self.directive.is_draft and self.issue

    @property
    def withdraw(self) -> bool:
        return not self.directive.is_withdrawn and self.issue

    @property
    def confirm(self) -> bool:
        """Whoever belongs to a branch that got it, and has not confirmed yet."""
        return self.directive.is_issued and self.own_branch is not None

    @property
    def issue(self) -> bool:
        """Acts for the committee that issues it, and sees every body that got it."""
        return may(self.viewer, "directives.issue", self.directive.keeper_id)

    @property
    def own_branch(self) -> Receipt | None:
        """What the viewer's own branch received."""
        if self.viewer.member_id is None:
            return None
        branch = branch_on(self.viewer.member_id, today())
        if branch is None or branch not in self.viewer.where("directives.confirm").own:
            return None
        return self.directive.receipts.filter(body=branch, ended_at=None).first()

    def sometime(self, verb: str) -> bool:
        """Whether the right is there in any state."""
        return is_allowed_sometime(
            lambda one: getattr(DirectiveAccess(self.viewer, one), verb), self.directive, DirectiveStatus
        )


@dataclass(frozen=True, slots=True)
class ReceiptAccess:
    """What a viewer may do for a body that got a directive."""

    viewer: Viewer
    receipt: Receipt

    @property
    def is_in_force(self) -> bool:
        return self.receipt.directive.is_issued and self.receipt.ended_at is None

    @property
    def acknowledge(self) -> bool:
        return self.is_in_force and self.receipt.acknowledged_at is None and self.may_answer

    @property
    def answer(self) -> bool:
        """Link what the body made of it, say that it is implemented."""
        return self.is_in_force and self.may_answer

    @property
    def hand_down(self) -> bool:
        return (
            self.is_in_force
            and not self.receipt.is_branch
            and may(self.viewer, "directives.issue", self.receipt.body_id)
        )

    @property
    def give_work(self) -> bool:
        return (
            self.is_in_force
            and self.receipt.is_branch
            and may(self.viewer, "assignments.hand_out", self.receipt.body_id)
        )

    @property
    def plan(self) -> bool:
        """Puts a paragraph into the plan of a year."""
        return self.answer and may(self.viewer, "plans.publish", self.receipt.body_id)

    @property
    def see_members(self) -> bool:
        """Who of the branch has confirmed: for its own secretary alone, for a deputy while there is none."""
        body = self.receipt.body_id
        if not self.receipt.is_branch or not may(self.viewer, "directives.see_members", body):
            return False
        return secretary_on(body, today()) in {None, self.viewer.member_id}

    @property
    def may_answer(self) -> bool:
        return may(self.viewer, "directives.answer", self.receipt.body_id)

    def sometime(self, verb: str) -> bool:
        """The right alone, whatever has become of the directive."""
        if verb == "hand_down":
            return not self.receipt.is_branch and may(self.viewer, "directives.issue", self.receipt.body_id)
        if verb == "see_members":
            return self.see_members
        return self.may_answer


@dataclass(frozen=True, slots=True)
class ProgrammeAccess:
    viewer: Viewer
    programme: Programme

    @property
    def keep(self) -> bool:
        return may(self.viewer, "directives.issue", self.programme.keeper_id)
