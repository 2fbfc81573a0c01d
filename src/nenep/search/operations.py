"""What is found and what no longer: always in the transaction of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from nenep.search.abbreviations import occurrences
from nenep.search.folding import words_of
from nenep.search.keys import key_of, month_word, place_word
from nenep.search.models import Entry
from nenep.search.sources import source_of
from nenep.shared.vietnamese import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from nenep.search.sources import Draft, Source

# Forty pages of a document can be found.
MOST_WORDS = 15_000
ROWS_PER_INSERT = 500


@transaction.atomic
def put(record: Model) -> None:
    """Let a record be found as it is now, or no longer, when its source gives no draft. Twice is as once."""
    source = source_of(record)
    draft = source.draft(record)
    if draft is None:
        take_out(record)
        return
    entry = entry_of(source, record.pk, draft)
    there = Entry.objects.filter(type=source.key, object_id=record.pk)
    there.exclude(pk=entry.pk).delete()  # its day was another
    entry.pk = _free_key(entry)
    entry.save()


@transaction.atomic
def put_all(records: Iterable[Model]) -> None:
    """`put` for many records of one kind, in a few statements."""
    rows = list(records)
    if not rows:
        return
    source = source_of(rows[0])
    drafts = [(row.pk, draft) for row in rows if (draft := source.draft(row))]
    entries = [entry_of(source, key, draft) for key, draft in drafts]
    Entry.objects.filter(type=source.key, object_id__in=[row.pk for row in rows]).delete()
    taken = set(Entry.objects.filter(pk__in=[entry.pk for entry in entries]).values_list("pk", flat=True))
    for entry in entries:
        while entry.pk in taken:  # as in `_free_key`
            entry.pk += 1
        taken.add(entry.pk)
    Entry.objects.bulk_create(entries, batch_size=ROWS_PER_INSERT)


@transaction.atomic
def take_out(record: Model) -> None:
    """Let a record be found no longer. Before it is deleted, while it still has its key."""
    Entry.objects.filter(type=source_of(record).key, object_id=record.pk).delete()


@transaction.atomic
def erase(record: Model) -> None:
    """As `take_out`, and no word of it stays in the database's file.

    SQLite keeps the words of a row that was taken out until it writes the index anew, which this does: for what must
    be forgotten, not for every change. On PostgreSQL the usual vacuum does it, as for all tables.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Not every build of SQLite overwrites freed pages by itself.
            cursor.execute("PRAGMA secure_delete = ON")
        take_out(record)
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO search_words(search_words) VALUES ('optimize')")


def entry_of(source: Source, object_id: int, draft: Draft) -> Entry:
    head_plain, head_marked = _words(draft.title)
    plain, marked = _words(draft.text)
    return Entry(
        pk=key_of(source.key, object_id, draft.day),
        type=source.key,
        object_id=object_id,
        body_id=draft.body_id,
        day=draft.day,
        head=head_plain,
        plain=plain,
        marked=f"{head_marked} {marked}".strip(),
        place=f"{place_word(source.key, draft.body_id)} {month_word(draft.day)}",
    )


def _free_key(entry: Entry) -> int:
    """The next key where another record of that day has just this one, once in a thousand years."""
    key: int = entry.pk
    while Entry.objects.filter(pk=key).exclude(type=entry.type, object_id=entry.object_id).exists():
        key += 1
    return key


def _words(text: str) -> tuple[str, str]:
    """The words without and with marks. What is written short is there in full too, after the others."""
    lines = clean(text)
    words = list(words_of(lines))[:MOST_WORDS]
    longs = {long for found in occurrences(lines, words) for long in found.abbreviation.longs}
    in_full = [" ".join(long) for long in sorted(longs)]
    return " ".join([*(word.folded for word in words), *in_full]), " ".join(word.marked for word in words)
