"""What higher modules tell a plan without being imported: each registers a typed function in `ready()`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.shared.registries import Registry

if TYPE_CHECKING:
    from datetime import date

    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Focus:
    """What a committee above asks a branch to discuss from one month to another, both included."""

    first_month: date
    last_month: date
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Record:
    """What the program keeps of a meeting that was held from an entry; `held_on` None: it is still being held."""

    entry_id: int
    held_on: date | None


# (viewer, branch id, year) -> the focuses of committees above for its months, where the viewer may open them
focuses: Registry[[Viewer, int, int], Focus] = Registry()
# (body id, year) -> the records of meetings of other modules that were opened from entries of its plan
records: Registry[[int, int], Record] = Registry()
