"""The agenda while the meeting runs: which item is on, what is written, and the form of the one that is open.

In the room the form stands in the agenda, elsewhere on a page of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.meetings import providers, recording
from nenep.meetings.forms import RECORDED, ItemRecordForm
from nenep.meetings.models import AgendaItem
from nenep.meetings.views.loading import load_item
from nenep.shared.web import is_part

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.meetings.models import Meeting
    from nenep.shared.web import Request


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


def item_record(request: Request, pk: int) -> HttpResponse:
    """Write down one item, here or in the room. A stale save shows both texts and loses neither."""
    item = load_item(request, pk, "record")
    form = record_form(item, request.POST if request.method == "POST" else None)
    clash = None
    if request.method == "POST" and form.is_valid():
        clash = _record(request, item, form)
        if clash is None:
            return _onward(request, item)
        form = _with_revision(request, clash.item)
    status = 422 if form.errors or clash else 200
    if is_part(request):
        context = room_items(item.meeting, item.pk, form) | {"meeting": item.meeting, "clash": clash}
        return render(request, "meetings/_room_items.html", context, status=status)
    context = {
        "item": item,
        "meeting": item.meeting,
        "form": form,
        "clash": clash,
        "back": _back(item.meeting),
        "lines": providers.lines_by_item(item.meeting).get(item.pk, []),
    }
    return render(request, "meetings/item_record.html", context, status=409 if clash else status)


def _record(request: Request, item: AgendaItem, form: ItemRecordForm) -> recording.StaleRecord | None:
    """Save what was typed, if anything was; what stood in the way when somebody else had saved first."""
    if not form.has_changed():
        return None
    data = form.cleaned_data
    texts = {name: data[name] for name in RECORDED}
    try:
        recording.record_item(item, **texts, seen_revision=data["revision"], by=request.viewer)
    except recording.StaleRecord as stale:
        return stale
    if not is_part(request):
        messages.success(request, _("Đã lưu “%(title)s”.") % {"title": item.title})
    return None


def _onward(request: Request, item: AgendaItem) -> HttpResponse:
    """After saving: in the room the next item opens, elsewhere the page that led here."""
    meeting = item.meeting
    following = meeting.items.filter(position__gt=item.position).first() if "onward" in request.POST else None
    if is_part(request):
        context = room_items(meeting, (following or item).pk) | {"meeting": meeting, "is_swapped": True}
        return render(request, "meetings/_room_items.html", context)
    at = f"?at={following.pk}" if following else ""
    return redirect(f"{_back(meeting)}{at}#item-{(following or item).pk}")


def _back(meeting: Meeting) -> str:
    return reverse(f"meetings:{'room' if meeting.is_running else 'minutes'}", args=[meeting.pk])


def _with_revision(request: Request, item: AgendaItem) -> ItemRecordForm:
    """The form with what was typed, ready to be saved over the other's text that is shown beside it."""
    data = request.POST.copy()
    data["revision"] = str(item.revision)
    return record_form(item, data)
