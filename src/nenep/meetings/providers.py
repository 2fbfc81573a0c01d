"""What higher modules tell a meeting without being imported: each registers a typed function in `ready()`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.shared.registries import Hook, Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from django.forms import BaseForm
    from django.http import QueryDict

    from nenep.documents.content import Block
    from nenep.meetings.models import AgendaItem, Meeting, MeetingKind
    from nenep.people.models import Member
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Point:
    """A matter that stands under the first part of its category, and why; never an item of its own.

    `key` stays the same from day to day ("assignment:12"). `is_work`: somebody was given it to do; `target_id`: the
    target of a resolution that it comes from.
    """

    key: str
    category: str
    title: str
    why: str
    url: str = ""
    is_work: bool = False
    target_id: int | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A matter that the secretary may make an item of the agenda, filled with what stands here.

    `origin` is the record it comes from (`shared.references`). An item taken from one of `older`, earlier
    versions of that record, is brought up to date instead of made twice. `decline_url`: where it is declined with a
    reason for whoever proposed it; without one it is dropped for this month. `put_off`: at how many earlier meetings
    of the branch it was dropped; the agenda counts that, no provider. `is_from_above`: part of what committees above
    have selected for the month, which is taken together by one press (R111).
    """

    key: str
    category: str
    title: str
    why: str
    origin: tuple[str, int]
    url: str = ""
    questions: str = ""
    why_it_matters: str = ""
    minutes: int = 10
    older: tuple[int, ...] = ()
    decline_url: str = ""
    put_off: int = 0
    is_from_above: bool = False


@dataclass(frozen=True, slots=True)
class PreparationStep:
    """One line of the preparation. `hint` says what lacks, or what has been done; `url` is where that is mended.

    `key` is the name by which somebody is given the step. The first page insists on those that are expected; without
    one that is blocking there is no notice. Who saves the page of a step and goes on is led through those `in_turn`.
    """

    label: str
    is_done: bool
    hint: str
    url: str
    key: str = ""
    is_expected: bool = False
    is_blocking: bool = False
    in_turn: bool = False


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
    """A paper for a part of the agenda, as members meet it: what it means for the branch comes before its name.

    `readers`: how many have said that they read it beforehand.
    """

    title: str
    digest: str
    source: str
    url: str
    readers: int = 0


@dataclass(frozen=True, slots=True)
class ItemPapers:
    """What belongs to a part of the agenda beforehand; `mark` says how it stands with the unit's management."""

    papers: tuple[Paper, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ItemPart:
    """A form of a higher module within the one in which an item is written: saved with it or not at all.

    Left empty it says nothing. `record` keeps what was typed into the valid form, or raises Refused.
    """

    legend: str
    form: BaseForm
    record: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Link:
    """A page of a higher module that belongs beside this meeting."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Planned:
    """What the branch has planned for a meeting that is not made yet; `place` and `theme` may be empty."""

    starts_at: datetime
    place: str
    theme: str
    presenter: Member | None


@dataclass(frozen=True, slots=True)
class Replanned:
    """A meeting that nobody was called to yet as it is after its change; `reason` may be empty for another place."""

    meeting: Meeting
    reason: str
    by: Viewer | None


# The meeting no longer runs: what lives only in its room goes, and what is asked afterwards begins.
room_left: Hook[Meeting] = Hook()
# A meeting was just made and has its agenda.
born: Hook[Meeting] = Hook()
# A meeting was called, got another hour, after its notice another place, or was cancelled: who outside the branch has
# to know.
announced: Hook[Meeting] = Hook()
# A meeting was moved, got another place or was cancelled before its notice: who read of its day elsewhere has to know.
replanned: Hook[Replanned] = Hook()
# Ids of the members who read elsewhere when it is held, before its notice
awaiting: Registry[[Meeting], int] = Registry()
# (body id, kind of meeting, month) -> what is planned for the regular meeting of the month, or the next thematic one
planned: Registry[[int, MeetingKind, date], Planned] = Registry()
# Points that stand under a part of its agenda
points: Registry[[Meeting], Point] = Registry()
# What may become items of its agenda
suggestions: Registry[[Meeting], Suggestion] = Registry()
# (viewer, meeting, items that were taken from a record) -> (id of an item, the page of its record), where the
# viewer may open it
origins: Registry[[Viewer, Meeting, list[AgendaItem]], tuple[int, str]] = Registry()
# Lines of the preparation checklist
preparation: Registry[[Meeting], PreparationStep] = Registry()
# Sentences: what must be finished before the meeting can be closed
obstacles: Registry[[Meeting], str] = Registry()
# Pages to open from the meeting
links: Registry[[Viewer, Meeting], Link] = Registry()
# Who comes from outside the branch; the preparation names them
visitors: Registry[[Viewer, Meeting], Link] = Registry()
# Pages that tell what earlier months taught; its preparation unfolds their part #lessons
lessons: Registry[[Viewer, Meeting], Link] = Registry()
# Where its discussion being ended leads before the minutes are read back
after_closing: Registry[[Viewer, Meeting], Link] = Registry()
# Where its papers being signed leads
after_signing: Registry[[Viewer, Meeting], Link] = Registry()
# Paragraphs of the minutes after the agenda items
minutes_blocks: Registry[[Meeting], Block] = Registry()
# (column of MeetingFigures, value)
figures: Registry[[Meeting], tuple[str, int]] = Registry()
# What it lacks to count as what it is called, although it can be closed
shortfalls: Registry[[Meeting], Shortfall] = Registry()
# (key of a step of the preparation, who does it by when)
duties: Registry[[Meeting], tuple[str, Due]] = Registry()
# (id of an item, its papers)
item_papers: Registry[[Meeting], tuple[int, ItemPapers]] = Registry()
# (id of an item, a short line to show under it: "giao đồng chí ...")
item_lines: Registry[[Meeting], tuple[int, str]] = Registry()
# (viewer, item, function that gives the ids of the members whom its forms may name, what was typed or None) -> what is
# written together with it
item_parts: Registry[[Viewer, AgendaItem, Callable[[], Iterable[int]], QueryDict | None], ItemPart] = (
    Registry()
)


def with_origins(items: Iterable[AgendaItem], viewer: Viewer, meeting: Meeting) -> list[AgendaItem]:
    """The items with `origin_url`: the page of the record each was taken from, "" where there is none to open.

    Nobody is asked when no item was taken from a record.
    """
    items = list(items)
    taken = [item for item in items if item.origin_type]
    urls = dict(origins.ask(viewer, meeting, taken)) if taken else {}
    for item in items:
        item.origin_url = urls.get(item.pk, "")
    return items


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
