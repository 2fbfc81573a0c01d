"""Heads of chains kept outside the database, in backups and on paper: a rewritten journal no longer fits them.

Written `CHAIN:NUMBER:HASH`; on paper the first half of the hash, in groups (0:1287:4fd0-91b3-…).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from nenep.journal.chains import INSTALLATION
from nenep.journal.models import START, Chain, Event

if TYPE_CHECKING:
    from collections.abc import Iterable

# Half of a SHA-256 is still more than anybody can search for a second text with the same one.
PRINTED, GROUP = 32, 4
_WRITTEN = re.compile(r"(?<![\w:])(\d{1,10}):(\d{1,10}):([0-9a-f][0-9a-f-]+)(?![\w:])", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Head:
    """Event `number` of `chain` has this hash, or one that begins so."""

    chain: int
    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.chain}:{self.number}:{self.hash}"

    def in_groups(self) -> str:
        """For paper: short enough to be typed."""
        groups = [self.hash[at : at + GROUP] for at in range(0, PRINTED, GROUP)]
        return f"{self.chain}:{self.number}:{'-'.join(groups)}"


def head_in(line: str) -> Head:
    """The one head in a line, whatever words stand around it; ValueError where there is none, or more."""
    (written,) = _WRITTEN.findall(line)
    chain, number, digits = written[0], written[1], written[2].replace("-", "").lower()
    if not PRINTED <= len(digits) <= len(START):
        raise ValueError(
            f"{line!r} has {len(digits)} digits of a hash; allowed are {PRINTED} to {len(START)}"
        )
    return Head(int(chain), int(number), digits)


def heads_of(keys: Any) -> dict[int, str]:
    """The last hash of each of these chains that has begun; `keys` may be a query. Another one: something happened."""
    return dict(Chain.objects.filter(key__in=keys).values_list("key", "head"))


def top_head() -> Head | None:
    """The head of the chain into which all others are witnessed, step by step; None while it is empty."""
    chain = Chain.objects.filter(key=INSTALLATION, length__gt=0).first()
    return Head(chain.key, chain.length, chain.head) if chain else None


def first_fallen(heads: Iterable[Head]) -> Head | None:
    """The first of these that no event bears any more; one query for each chain."""
    for chain, group in groupby(sorted(heads), key=lambda head: head.chain):
        asked = list(group)
        events = Event.objects.filter(chain=chain, number__in=[head.number for head in asked])
        hashes = {0: START, **dict(events.values_list("number", "hash"))}
        for head in asked:
            if not hashes.get(head.number, "").startswith(head.hash):
                return head
    return None
