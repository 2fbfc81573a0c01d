"""What higher modules tell about a piece of work without being imported; each registers in `ready()`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.shared.registries import Registry

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from nenep.assignments.models import Assignment
    from nenep.meetings.models import Meeting
    from nenep.meetings.providers import Link
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Source:
    """What a piece of work may be given from: a record of a higher module, by the `key` that an address carries.

    The form starts with `what` and `due_on` (None: no day is known); `keep` links the work to the record, in the
    transaction that gives it.
    """

    key: str
    title: str
    url: str
    what: str
    due_on: date | None
    keep: Callable[[Assignment], object]


# (viewer, meeting, key) -> the record of that key, where the viewer may give work from it at this meeting
sources: Registry[[Viewer, Meeting, str], Source] = Registry()
# Pages that tell where a piece of work comes from
pages: Registry[[Viewer, Assignment], Link] = Registry()
