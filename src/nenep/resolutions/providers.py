"""What higher modules tell a draft about the resolution before it: each registers a function in `ready()`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.shared.registries import Registry

if TYPE_CHECKING:
    from nenep.meetings.models import Meeting


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a target: the result or the state of its work in words, and why where it fell short."""

    words: str
    cause: str = ""


# (meeting that drafts, id of the resolution before) -> (id of a target, what became of it)
outcomes: Registry[[Meeting, int], tuple[int, Outcome]] = Registry()
