"""Walks every chain from its start and finds the first row that does not follow from the one before."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from nenep.journal.heads import Head, first_fallen, top_head
from nenep.journal.models import START, Chain, Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Break:
    """The first broken row. `seq` is its key, or that of the last good row when rows are missing."""

    seq: int | None
    chain: int
    number: int
    reason: str  # changed | missing | cut | witness | head


@dataclass(frozen=True, slots=True)
class Verification:
    events: int
    chains: int
    broken: Break | None
    head: Head | None  # of the chain on top: what to keep elsewhere

    @property
    def ok(self) -> bool:
        return self.broken is None

    def as_json(self) -> dict[str, Any]:
        return {"ok": self.ok, **asdict(self), "head": str(self.head) if self.head else None}


def verify(kept: Iterable[Head] = ()) -> Verification:
    """Check order, hashes, heads and witnessed heads of all chains as they stand at one moment.

    `kept` are older heads from outside the database; they must still stand. People go on writing meanwhile.
    O(events), constant memory per chain.
    """
    with _one_moment():
        return walk(kept)


def walk(kept: Iterable[Head] = ()) -> Verification:
    """The check itself; an event that is written between its reads looks like a cut chain."""
    heads = {chain.key: chain for chain in Chain.objects.all()}
    last: dict[int, tuple[int, str, int | None]] = {}
    witnessed: dict[Head, int] = {}
    events = 0
    broken: Break | None = None
    for event in Event.objects.order_by("chain", "number").iterator(chunk_size=5000):
        events += 1
        broken = broken or _break_at(event, last)
        last[event.chain] = (event.number, event.hash, event.seq)
        if event.verb == "journal.witnessed":
            known = event.details
            witnessed.setdefault(Head(known["chain"], known["length"], known["head"]), event.seq)
    broken = broken or _cut_chain(heads, last)
    if not broken and (fallen := first_fallen(witnessed)):
        broken = Break(witnessed[fallen], fallen.chain, fallen.number, "witness")
    if not broken and (fallen := first_fallen(kept)):
        broken = Break(_row_at(fallen), fallen.chain, fallen.number, "head")
    return Verification(events, len(heads), broken, top_head())


@contextmanager
def _one_moment() -> Iterator[None]:
    """Every read inside sees the same state. Whoever already is in a transaction keeps that one."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")  # not atomic(), which takes the lock of the writers
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _break_at(event: Event, last: dict[int, tuple[int, str, int | None]]) -> Break | None:
    number, head, seq = last.get(event.chain, (0, START, None))
    if event.number != number + 1:
        return Break(seq, event.chain, number + 1, "missing")
    if event.previous != head or event.hash != event.computed_hash():
        return Break(event.seq, event.chain, event.number, "changed")
    return None


def _cut_chain(heads: dict[int, Chain], last: dict[int, tuple[int, str, int | None]]) -> Break | None:
    for key in sorted(heads.keys() | last.keys()):
        number, head, seq = last.get(key, (0, START, None))
        kept = heads.get(key)
        if kept is None or (kept.length, kept.head) != (number, head):
            return Break(seq, key, number + 1, "cut")
    return None


def _row_at(head: Head) -> int | None:
    """The event that stands where the head was, or the last one before."""
    events = Event.objects.filter(chain=head.chain, number__lte=head.number)
    return events.order_by("number").values_list("seq", flat=True).last()
