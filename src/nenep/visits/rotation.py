"""The proposal: who goes where, by fair rotation. Plain values in, plain values out; nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nenep.visits.slots import Slot


@dataclass(frozen=True, slots=True)
class Place:
    """A branch without anybody. `months_since` None: nobody came as yet; `last` is the officer who came last.

    `barred`: officers who are members of the branch, or have said that they cannot come this time.
    """

    branch_id: int
    slot: Slot
    months_since: int | None = None
    last: int | None = None
    barred: frozenset[int] = frozenset()


@dataclass(slots=True)
class Hand:
    """An officer: `load` counts the visits of twelve months, `slots` the hours that are taken in this one."""

    officer_id: int
    load: int = 0
    slots: list[Slot] = field(default_factory=list)

    def can_take(self, place: Place, each: int) -> bool:
        is_free = not any(place.slot.clashes(taken) for taken in self.slots)
        return len(self.slots) < each and self.officer_id not in place.barred and is_free


def fill(places: Iterable[Place], hands: Iterable[Hand], *, each: int) -> dict[int, int]:
    """Branch -> officer. Branches longest without a visit come first, never visited before all; ties in their order.

    Of those who can take it the least loaded goes; of equals somebody else than last time, then by the order of
    `hands`. A branch that does not meet this month, or that nobody can take, stays empty.
    """
    ready, given = list(hands), dict[int, int]()
    waiting = sorted(places, key=lambda place: (place.months_since is not None, -(place.months_since or 0)))
    for place in waiting:
        free = [hand for hand in ready if hand.can_take(place, each)]
        if place.slot.is_off or not free:
            continue
        chosen = min(free, key=lambda hand: (hand.load, hand.officer_id == place.last))
        chosen.load += 1
        chosen.slots.append(place.slot)
        given[place.branch_id] = chosen.officer_id
    return given
