"""What higher modules tell a plan without being imported: each registers a typed function in `ready()`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.meetings.providers import Registry

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Focus:
    """What a committee above asks a branch to discuss from one month to another, both included."""

    first_month: date
    last_month: date
    title: str
    url: str


# (viewer, branch id, year) -> the focuses of committees above for its months, where the viewer may open them
focuses: Registry[Focus] = Registry()
