"""The index from scratch, from the records of all sources; and what a rebuild would change."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import connection, transaction

from nenep.organizations.bulk import in_batches
from nenep.search import tables
from nenep.search.abbreviations import FILE
from nenep.search.folding import RULES
from nenep.search.models import Built, Entry
from nenep.search.operations import entry_of
from nenep.search.sources import SOURCES
from nenep.shared.dates import now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nenep.search.sources import Source

BATCH = 500
COLUMNS = ("type", "body_id", "day", "head", "plain", "marked", "place")


@dataclass(frozen=True, slots=True)
class Difference:
    """A record that the index does not hold as it is. `kind`: missing, changed, or left over without its record.

    "out of step", without a record: the words beside the entries are not those of the entries.
    """

    type: str
    object_id: int
    kind: str


def version() -> str:
    """What the entries depend on beside the records: the rules, the abbreviations, the kinds of records."""
    parts = [
        str(RULES),
        *sorted(source.model for source in SOURCES.values()),
        FILE.read_text(encoding="utf-8"),
    ]
    return sha256("\n".join(parts).encode()).hexdigest()


@transaction.atomic
def rebuild() -> list[Difference]:
    """Make all entries anew; returns what was different before."""
    _keep_writers_out()
    found = list(differences())
    with tables.renewed(connection):
        Entry.objects.all().delete()
        for source in SOURCES.values():
            Entry.objects.bulk_create(_entries(source), batch_size=BATCH)
    Built.objects.update_or_create(pk=1, defaults={"version": version(), "at": now()})
    return found


def bring_up_to_date() -> bool:
    """Rebuild if the index was never built, or by other rules than these; whether it did."""
    if Built.objects.filter(version=version()).exists():
        return False
    rebuild()
    return True


def differences() -> Iterator[Difference]:
    """What a rebuild would change, in entries and in the words beside them."""
    if not tables.are_in_step(connection):
        yield Difference("", 0, "out of step")
    for source in SOURCES.values():
        left = set(Entry.objects.filter(type=source.key).values_list("object_id", flat=True))
        for batch in in_batches(_entries(source), BATCH):
            there = {
                entry.object_id: entry for entry in Entry.objects.filter(pk__in=[one.pk for one in batch])
            }
            for made in batch:
                kept = there.get(made.object_id)
                if made.object_id not in left:
                    yield Difference(source.key, made.object_id, "missing")
                elif kept is None or any(getattr(kept, name) != getattr(made, name) for name in COLUMNS):
                    yield Difference(source.key, made.object_id, "changed")
                left.discard(made.object_id)
        for object_id in sorted(left):
            yield Difference(source.key, object_id, "left over")


def _entries(source: Source) -> Iterator[Entry]:
    for record in source.records().iterator(chunk_size=BATCH):
        draft = source.draft(record)
        if draft is not None:
            yield entry_of(source, record.pk, draft)


def _keep_writers_out() -> None:
    """Else what somebody writes meanwhile would be overwritten by what was read before."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Entry._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
