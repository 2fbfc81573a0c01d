"""The agenda while the meeting runs: which item is on, what is written, and the form of the one that is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nenep.meetings import providers
from nenep.meetings.forms import RECORDED, ItemRecordForm
from nenep.meetings.models import AgendaItem

if TYPE_CHECKING:
    from nenep.meetings.models import Meeting


@dataclass(frozen=True, slots=True)
class RoomItem:
    """An item, what higher modules tell about it, and its form when it is the one that is on."""

    item: AgendaItem
    lines: list[str]
    form: ItemRecordForm | None

    @property
    def is_written(self) -> bool:
        return bool(self.item.has_text or self.lines or self.item.votes.all())


def room_items(meeting: Meeting, at: int, form: ItemRecordForm | None = None) -> dict[str, Any]:
    """`items`, the one with the key `at` open (0: the one after the last that is written), and `onward`.

    `onward` is the number of the item that comes after the open one, None at the end.
    """
    asked = meeting.items.select_related("presenter").prefetch_related("votes")
    items = providers.with_papers(meeting, asked)
    below = providers.lines_by_item(meeting)
    rows = [RoomItem(item, below.get(item.pk, []), None) for item in items]
    place = next((n for n, item in enumerate(items) if item.pk == at), _following(rows))
    if place < len(rows):
        item = items[place]
        rows[place] = RoomItem(item, rows[place].lines, form or record_form(item))
    return {"items": rows, "onward": place + 2 if place + 1 < len(rows) else None}


def record_form(item: AgendaItem, data: Any = None) -> ItemRecordForm:
    # An instance of its own: validating the form writes what was typed into it.
    own = AgendaItem(pk=item.pk, **{name: getattr(item, name) for name in RECORDED})
    return ItemRecordForm(data, instance=own, initial={"revision": item.revision})


def _following(rows: list[RoomItem]) -> int:
    written = [number for number, row in enumerate(rows) if row.is_written]
    return written[-1] + 1 if written else 0
