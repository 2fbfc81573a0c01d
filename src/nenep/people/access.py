"""What a viewer may do with a member or with the people of a body; views and templates ask the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from nenep.organizations.models import Body
from nenep.organizations.reach import may, within
from nenep.people.models import IntroductionState, StatusPeriod
from nenep.people.reads import branch_on, last_membership
from nenep.shared.dates import today, valid_on

if TYPE_CHECKING:
    from nenep.people.models import Introduction, Member
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True)
class MemberAccess:
    """One attribute per verb; rights follow the branch of today, for reading also the branch of a stay."""

    viewer: Viewer
    member: Member

    @property
    def is_self(self) -> bool:
        return self.viewer.member_id == self.member.pk

    @cached_property
    def read(self) -> bool:
        """The page with dates, offices and contact: oneself, and who reads people of branch or host."""
        return self.is_self or any(may(self.viewer, "people.read", body) for body in self._branches)

    @cached_property
    def change(self) -> bool:
        """Transfer, status, recognition, leaving, and putting right what was typed."""
        return self.branch_id is not None and may(self.viewer, "people.change", self.branch_id)

    @property
    def move(self) -> bool:
        """Transfer and temporary activity give rights elsewhere: a colleague or the level above states them."""
        return self.change and not self.is_self

    def settles(self, branch_id: int) -> bool:
        """Whether a move there needs no other agreement: the viewer changes people on both sides."""
        return self.move and may(self.viewer, "people.change", branch_id)

    @property
    def change_contact(self) -> bool:
        return self.is_self or self.change

    @cached_property
    def appoint(self) -> bool:
        """An office gives rights, so nobody records the own one."""
        return not self.is_self and bool(self.bodies_to_appoint_in)

    @cached_property
    def bodies_to_appoint_in(self) -> list[Body]:
        """The member's branch, the bodies above it and their advisory units, where the viewer may appoint."""
        if self.branch_id is None:
            return []
        day = today()
        line = Body.objects.filter(
            valid_on(day, prefix="below__"), below__descendant=self.branch_id
        ).values_list("pk", flat=True)
        units = Body.objects.filter(
            valid_on(day, prefix="edges_up__"),
            valid_on(day, prefix="kinds__"),
            edges_up__parent__in=line,
            kinds__kind="advisory_unit",
        ).values_list("pk", flat=True)
        allowed = Body.objects.on(day).filter(within(self.viewer, "people.appoint", field="pk"))
        return list(allowed.filter(pk__in=[*line, *units]).order_by("code"))

    @cached_property
    def branch_id(self) -> int | None:
        """The branch of today; for who has left the last one, so that nobody is out of everybody's care."""
        found = branch_on(self.member.pk, today())
        if found is None and (last := last_membership(self.member.pk)):
            return last.branch_id
        return found

    @cached_property
    def _branches(self) -> list[int]:
        stays = StatusPeriod.objects.filter(valid_on(today()), member=self.member, host__isnull=False)
        hosts = list(stays.values_list("host_id", flat=True))
        return [body for body in [self.branch_id, *hosts] if body is not None]


@dataclass(frozen=True)
class IntroductionAccess:
    """What a viewer may do with an introduction that waits."""

    viewer: Viewer
    introduction: Introduction

    @cached_property
    def accept(self) -> bool:
        """Nobody accepts the own person."""
        return self.refuse and self.introduction.member_id != self.viewer.member_id

    @cached_property
    def refuse(self) -> bool:
        return self._may_at(self.introduction.destination_id)

    @cached_property
    def withdraw(self) -> bool:
        return self._may_at(self.introduction.origin_id)

    def _may_at(self, body_id: int) -> bool:
        waits = self.introduction.state == IntroductionState.WAITING
        return waits and may(self.viewer, "people.change", body_id)


@dataclass(frozen=True)
class PeopleAccess:
    """What a viewer may do with the people of one body."""

    viewer: Viewer
    body_id: int

    @cached_property
    def list(self) -> bool:
        """Names: in the bodies of the reach; whoever may list below a body may search from it."""
        return may(self.viewer, "people.list", self.body_id) or (
            self.body_id in self.viewer.where("people.list").below
        )

    @cached_property
    def count(self) -> bool:
        """How many there are, without a name."""
        return self.list or any(
            may(self.viewer, verb, self.body_id) or self.body_id in self.viewer.where(verb).below
            for verb in ("facts.read", "organizations.read")
        )

    @cached_property
    def admit(self) -> bool:
        return may(self.viewer, "people.change", self.body_id)

    @cached_property
    def appoint(self) -> bool:
        return may(self.viewer, "people.appoint", self.body_id)
