"""What higher modules tell a meeting without being imported: each registers a typed function in `ready()`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from nenep.documents.content import Block
    from nenep.meetings.models import AgendaItem, Meeting
    from nenep.shared.viewer import Viewer

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A point that belongs on the agenda, and why. `key` stays the same from day to day ("assignment:12")."""

    key: str
    category: str
    title: str
    why: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class PreparationStep:
    """One line of the preparation. `hint` says what lacks, or what has been done; `url` is where that is mended.

    `key` is the name by which somebody is given the step. The first page insists on those that are expected; without
    one that is blocking there is no notice.
    """

    label: str
    is_done: bool
    hint: str
    url: str
    key: str = ""
    is_expected: bool = False
    is_blocking: bool = False


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A part without which a meeting does not count: the code that its figures keep, and a sentence."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Due:
    """By when a step is to be done (None: no day is known) and who does it; `url` is where that is changed."""

    due_on: date | None
    owner: str = ""
    is_reported: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper for a part of the agenda, as members meet it: what it means for the branch comes before its name."""

    title: str
    digest: str
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class ItemPapers:
    """What belongs to a part of the agenda beforehand; `mark` says how it stands with the unit's management."""

    papers: tuple[Paper, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A page of a higher module that belongs beside this meeting."""

    label: str
    url: str


class Registry(Generic[T]):
    """Functions in the order of their registration, each asked in turn."""

    def __init__(self) -> None:
        self._functions: list[Callable[..., list[T]]] = []

    def register(self, function: Callable[..., list[T]]) -> None:
        if function not in self._functions:
            self._functions.append(function)

    def ask(self, *arguments: Meeting | Viewer) -> list[T]:
        return [answer for function in self._functions for answer in function(*arguments)]


class Hook:
    """Functions that are called with a meeting, in the transaction of its change."""

    def __init__(self) -> None:
        self._functions: list[Callable[[Meeting], None]] = []

    def register(self, function: Callable[[Meeting], None]) -> None:
        if function not in self._functions:
            self._functions.append(function)

    def call(self, meeting: Meeting) -> None:
        for function in self._functions:
            function(meeting)


# The meeting no longer runs: what lives only in its room goes.
room_left = Hook()
# (meeting) -> points for its agenda
suggestions: Registry[Suggestion] = Registry()
# (meeting) -> lines of the preparation checklist
preparation: Registry[PreparationStep] = Registry()
# (meeting) -> sentences: what must be finished before the meeting can be closed
obstacles: Registry[str] = Registry()
# (viewer, meeting) -> pages to open from the meeting
links: Registry[Link] = Registry()
# (meeting) -> paragraphs of the minutes after the agenda items
minutes_blocks: Registry[Block] = Registry()
# (meeting) -> (column of MeetingFigures, value)
figures: Registry[tuple[str, int]] = Registry()
# (meeting) -> what it lacks to count as what it is called, although it can be closed
shortfalls: Registry[Shortfall] = Registry()
# (meeting) -> (key of a step of the preparation, who does it by when)
duties: Registry[tuple[str, Due]] = Registry()
# (meeting) -> (id of an item, its papers)
item_papers: Registry[tuple[int, ItemPapers]] = Registry()
# (meeting) -> (id of an item, a short line to show under it: "giao đồng chí ...")
item_lines: Registry[tuple[int, str]] = Registry()


def lines_by_item(meeting: Meeting) -> dict[int, list[str]]:
    """The lines of every item of a meeting, asked for once."""
    lines: dict[int, list[str]] = defaultdict(list)
    for item_id, line in item_lines.ask(meeting):
        lines[item_id].append(line)
    return dict(lines)


def with_papers(meeting: Meeting, items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """The items, each with its `papers` (None: it has none), asked for once."""
    papers, shown = dict(item_papers.ask(meeting)), list(items)
    for item in shown:
        item.papers = papers.get(item.pk)  # type: ignore[attr-defined]
    return shown
