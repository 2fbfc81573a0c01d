"""Heads of chains as they once were: a rewritten journal no longer fits them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from nenep.journal.models import START, Event

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, order=True)
class Head:
    """Event `number` of `chain` has this hash."""

    chain: int
    number: int
    hash: str


def first_fallen(heads: Iterable[Head]) -> Head | None:
    """The first of these that no event bears any more; one query for each chain."""
    for chain, group in groupby(sorted(heads), key=lambda head: head.chain):
        asked = list(group)
        events = Event.objects.filter(chain=chain, number__in=[head.number for head in asked])
        hashes = {0: START, **dict(events.values_list("number", "hash"))}
        for head in asked:
            if hashes.get(head.number) != head.hash:
                return head
    return None
