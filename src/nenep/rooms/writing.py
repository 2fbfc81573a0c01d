"""Who is writing down a part of the agenda just now, so that two do not write the same.

In the cache alone, until saved or a minute after the last sign of life: no row, no event, and not a word of what is
typed. Two signs in the same instant may lose one; the next, seconds later, mends it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.cache import cache

from nenep.people.models import Member
from nenep.shared.dates import now

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nenep.journal.models import Event
    from nenep.meetings.models import AgendaItem, Meeting
    from nenep.shared.viewer import Viewer

LASTS = timedelta(seconds=60)

# What is kept for an item: who (the journal's word for an actor) -> (member id, until when, in seconds of the epoch).
Writers = dict[str, tuple[int, float]]


def show_life(item: AgendaItem, *, by: Viewer) -> None:
    """The viewer has the form of this item in hand."""
    if by.member_id is not None:
        until = (now() + LASTS).timestamp()
        _keep(item.pk, {**_alive(cache.get(_key(item.pk))), by.actor: (by.member_id, until)})


def forget_writer(event: Event) -> None:
    """Whoever saved an item has written it."""
    if event.object_id is None:
        return
    writers = _alive(cache.get(_key(event.object_id)))
    if writers.pop(event.actor, None):
        _keep(event.object_id, writers)


def forget_writers(meeting: Meeting) -> None:
    """The meeting no longer runs."""
    cache.delete_many([_key(pk) for pk in _items(meeting)])


def writers_in(meeting: Meeting, *, viewer: Viewer) -> dict[int, list[str]]:
    """For every item of the agenda the names of those who write it down now, the viewer left out."""
    items = _items(meeting)
    kept = cache.get_many([_key(pk) for pk in items])
    members = {
        pk: [member for who, (member, _until) in _alive(kept.get(_key(pk))).items() if who != viewer.actor]
        for pk in items
    }
    asked = {member for found in members.values() for member in found}
    names = dict(Member.objects.filter(pk__in=asked).values_list("pk", "full_name")) if asked else {}
    return {pk: sorted(names[member] for member in found) for pk, found in members.items()}


def _items(meeting: Meeting) -> list[int]:
    return list(meeting.items.values_list("pk", flat=True))


def _key(item_pk: int) -> str:
    return f"rooms.writing:{item_pk}"


def _alive(kept: Mapping[str, tuple[int, float]] | None) -> Writers:
    at = now().timestamp()
    return {who: (member, until) for who, (member, until) in (kept or {}).items() if until > at}


def _keep(item_pk: int, writers: Writers) -> None:
    if writers:
        cache.set(_key(item_pk), writers, LASTS.total_seconds())
    else:
        cache.delete(_key(item_pk))
