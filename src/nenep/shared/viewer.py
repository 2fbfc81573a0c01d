"""Who is looking: a plain value that `access` fills and every module reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Reach:
    """Where one verb is allowed: in the bodies `own`, and in every body below one of `below`."""

    own: frozenset[int] = frozenset()
    below: frozenset[int] = frozenset()


NOWHERE = Reach()


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person at work. `reach` maps each verb of the role table to where it is allowed.

    `roles` maps each role to the bodies where it is held: for what is demanded of a person, never for a right.

    `actor` is what the journal writes: "member:12", "account:3" (an administrator who is no member) or "".
    """

    actor: str = ""
    account_id: int | None = None
    member_id: int | None = None
    name: str = ""
    reach: Mapping[str, Reach] = field(default_factory=lambda: MappingProxyType({}))
    roles: Mapping[str, frozenset[int]] = field(default_factory=lambda: MappingProxyType({}))
    is_administrator: bool = False

    def where(self, verb: str) -> Reach:
        return self.reach.get(verb, NOWHERE)

    @property
    def is_signed_in(self) -> bool:
        return bool(self.actor)


NOBODY = Viewer()


def member_of(by: Viewer | None) -> int | None:
    """Whose name stands beside what was done: None for the program itself and for whoever is no member."""
    return by.member_id if by else None
