"""Writing to the journal: always inside the transaction of the change that it records."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from nenep.journal import chains, following
from nenep.journal.models import Chain, Event
from nenep.journal.verbs import LABELS
from nenep.shared.dates import now
from nenep.shared.references import reference_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.db.models import Model

    from nenep.shared.viewer import Viewer

SYSTEM = "system"
# Looking twice at the same page within this time is one read.
READ_MERGED_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Draft:
    """An event to be written. `details` holds counts, codes and ids, never a name or a text."""

    verb: str
    body: int | None
    object_type: str = ""
    object_id: int | None = None
    subject: int | None = None
    purpose: str = ""
    details: dict[str, Any] = field(default_factory=dict)


def record(
    verb: str,
    *,
    by: Viewer | None,
    body: int | None,
    obj: Model | None = None,
    subject: int | None = None,
    purpose: str = "",
    **details: Any,
) -> Event:
    """Write one event.

    `verb` is registered ("meeting.called"); `body` is the id of the body it concerns (None: installation);
    `obj` is the record that changed; `subject` is the id of the member whose data were read or changed.
    Raises RuntimeError outside a transaction: an event without its change would be a lie.
    """
    draft = Draft(verb, body, *reference_to(obj), subject, purpose, details)
    return record_many([draft], by=by)[0]


def record_many(drafts: Iterable[Draft], *, by: Viewer | None) -> list[Event]:
    """Write many events at once (imports); each chain is locked once, in ascending order."""
    if not connection.in_atomic_block:
        raise RuntimeError("a journal event is written in the transaction of its change")
    actor, at = (by.actor if by else SYSTEM), now()
    by_chain: dict[int, list[Draft]] = defaultdict(list)
    chain_of = cache(chains.chain_of)  # an import writes hundreds of events of one body
    for draft in drafts:
        if draft.verb not in LABELS:
            raise ValueError(f"journal verb {draft.verb!r} is not registered")
        by_chain[chain_of(draft.body)].append(draft)
    events: list[Event] = []
    for key in sorted(by_chain):
        events += _append(key, by_chain[key], actor=actor, at=at)
    return events


def record_read(
    verb: str,
    *,
    by: Viewer,
    body: int | None,
    obj: Model | None = None,
    subject: int | None = None,
    purpose: str = "",
) -> None:
    """Write that personal data were looked at; one's own, or again within 10 minutes, is no news."""
    if subject is not None and subject == by.member_id:
        return
    object_type, object_id = reference_to(obj)
    seen = Event.objects.filter(
        body=body, object_type=object_type, object_id=object_id, subject=subject, actor=by.actor, verb=verb
    )
    if seen.filter(at__gt=now() - READ_MERGED_WITHIN).exists():
        return
    with transaction.atomic():
        record(verb, by=by, body=body, obj=obj, subject=subject, purpose=purpose)


def record_reads(drafts: Iterable[Draft], *, by: Viewer) -> None:
    """`record_read` for what one page shows of several people: one event for each, in a constant number of queries.

    Every draft has its subject.
    """
    news = {
        (draft.verb, draft.body, draft.object_type, draft.object_id, draft.subject): draft
        for draft in drafts
        if draft.subject != by.member_id
    }
    people = {draft.subject for draft in news.values()}
    seen = Event.objects.filter(actor=by.actor, at__gt=now() - READ_MERGED_WITHIN, subject__in=people)
    for look in seen.values_list("verb", "body", "object_type", "object_id", "subject"):
        news.pop(look, None)
    if news:
        with transaction.atomic():
            record_many(news.values(), by=by)


def witness_chains() -> int:
    """Write the head of each chain into the chain above it (a daily job); returns how many were written.

    Cutting the end off a chain is then found by whoever holds the chain above. From the bottom up, so that the
    head on top stands for all that was written before; one at a time, so that no writer waits for two chains.
    """
    above = cache(chains.chain_above)
    depths: dict[int, int] = {}
    for key in Chain.objects.exclude(key=chains.INSTALLATION).values_list("key", flat=True):
        path = list(_upwards(key, above))
        depths |= {passed: len(path) - place for place, passed in enumerate(path)}
    for key in sorted(depths, key=lambda each: (-depths[each], each)):
        _witness(key, above(key))
    return len(depths)


def _upwards(key: int, above: Callable[[int], int]) -> Iterator[int]:
    while key != chains.INSTALLATION:
        yield key
        key = above(key)


@transaction.atomic
def _witness(key: int, above: int) -> None:
    chain = Chain.objects.get(key=key)
    details = {"chain": key, "length": chain.length, "head": chain.head}
    _append(above, [Draft("journal.witnessed", None, details=details)], actor=SYSTEM, at=now())


def _append(key: int, drafts: list[Draft], *, actor: str, at: Any) -> list[Event]:
    chain = _locked_chain(key)
    events = []
    for draft in drafts:
        event = Event(
            chain=key,
            number=chain.length + 1,
            at=at,
            actor=actor,
            verb=draft.verb,
            body=draft.body,
            object_type=draft.object_type,
            object_id=draft.object_id,
            subject=draft.subject,
            purpose=draft.purpose,
            details=draft.details,
            previous=chain.head,
        )
        event.hash = event.computed_hash()
        chain.length, chain.head = event.number, event.hash
        events.append(event)
    if len(events) == 1:
        events[0].save(force_insert=True)
    else:
        Event.objects.bulk_create(events, batch_size=500)
    chain.save(update_fields=["length", "head"])
    following.tell(events)
    return events


def _locked_chain(key: int) -> Chain:
    locked = Chain.objects.select_for_update().filter(key=key)
    chain = locked.first()
    if chain is None:
        Chain.objects.bulk_create([Chain(key=key)], ignore_conflicts=True)  # somebody else may be quicker
        chain = locked.get()
    return chain
