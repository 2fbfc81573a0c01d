"""Who is told of an event when it is written, in its transaction; higher modules register in `ready()`."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nenep.journal.models import Event

    Follower = Callable[[Event], None]

_followers: dict[str, list[Follower]] = defaultdict(list)


def follow(verbs: Iterable[str], follower: Follower) -> None:
    """Call `follower` with every event of these verbs. It may change nothing: the event is already written."""
    for verb in verbs:
        if follower not in _followers[verb]:
            _followers[verb].append(follower)


def tell(events: Iterable[Event]) -> None:
    for event in events:
        for follower in _followers.get(event.verb, ()):
            follower(event)
