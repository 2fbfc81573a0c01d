"""The agenda while the meeting runs: which item is on, what is written, and the form of the one that is open.

In the room the form stands in the agenda, elsewhere on a page of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.meetings import providers, recording
from nenep.meetings.circle import summoned
from nenep.meetings.forms import RECORDED, ItemRecordForm
from nenep.meetings.models import AgendaItem
from nenep.meetings.views.loading import load_item, people_shown
from nenep.shared.web import is_part, refused_into

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpResponse, QueryDict

    from nenep.meetings.models import Meeting
    from nenep.meetings.providers import ItemPart
    from nenep.shared.viewer import Viewer
    from nenep.shared.web import Request

    People = Callable[[], Iterable[int]]


@dataclass(frozen=True, slots=True)
class ItemForms:
    """What is written of an item on one page: its texts, and with them what higher modules keep."""

    item: AgendaItem
    texts: ItemRecordForm
    parts: list[ItemPart]

    @classmethod
    def of(
        cls, item: AgendaItem, *, viewer: Viewer, people: People, typed: QueryDict | None = None
    ) -> ItemForms:
        """`people` gives the members whom the forms may name; asked only where a form names somebody."""
        # An instance of its own: validating the form writes what was typed into it.
        own = AgendaItem(pk=item.pk, **{name: getattr(item, name) for name in RECORDED})
        texts = ItemRecordForm(typed, instance=own, initial={"revision": item.revision})
        return cls(item, texts, providers.item_parts.ask(viewer, item, people, typed))

    @property
    def are_valid(self) -> bool:
        """Whether all are: the errors of all are shown at once."""
        return all([self.texts.is_valid(), *(part.form.is_valid() for part in self.parts)])

    @property
    def are_folded(self) -> bool:
        """Whether decision and work need not be seen: at the opening, as long as nothing was typed."""
        return self.item.category == "opening" and not (self.item.decision or self.have_changed)

    @property
    def have_changed(self) -> bool:
        return self.texts.is_bound and (
            self.texts.has_changed() or any(part.form.has_changed() for part in self.parts)
        )

    def save(self, *, by: Viewer) -> None:
        """Keep what was typed, all of it or nothing; what is refused says why in its form."""
        with transaction.atomic():
            if self.texts.has_changed():
                data = self.texts.cleaned_data
                texts = {name: data[name] for name in RECORDED}
                with refused_into(self.texts):
                    recording.record_item(self.item, **texts, seen_revision=data["revision"], by=by)
            for part in self.parts:
                if part.form.has_changed():
                    with refused_into(part.form):
                        part.record()
            if not self.are_valid:
                transaction.set_rollback(True)


@dataclass(frozen=True, slots=True)
class RoomItem:
    """An item, what higher modules tell about it, and its forms when it is the one that is on."""

    item: AgendaItem
    lines: list[str]
    forms: ItemForms | None = None

    @property
    def is_written(self) -> bool:
        return bool(self.item.has_text or self.lines or self.item.votes.all())


def room_items(meeting: Meeting, at: int, forms_of: Callable[[AgendaItem], ItemForms]) -> dict[str, Any]:
    """`items`, the one with the key `at` open (0: the one after the last that is written), and `onward`.

    `onward` is the number of the item that comes after the open one, None at the end.
    """
    asked = meeting.items.select_related("presenter").prefetch_related("votes")
    items = providers.with_papers(meeting, asked)
    below = providers.lines_by_item(meeting)
    rows = [RoomItem(item, below.get(item.pk, [])) for item in items]
    place = next((n for n, item in enumerate(items) if item.pk == at), _following(rows))
    if place < len(rows):
        item = items[place]
        rows[place] = RoomItem(item, rows[place].lines, forms_of(item))
    return {"items": rows, "onward": place + 2 if place + 1 < len(rows) else None}


def _following(rows: list[RoomItem]) -> int:
    written = [number for number, row in enumerate(rows) if row.is_written]
    return written[-1] + 1 if written else 0


def item_record(request: Request, pk: int) -> HttpResponse:
    """Write down one item, here or in the room. A stale save shows both texts and loses neither."""
    item = load_item(request, pk, "record")
    meeting = item.meeting
    people: People = partial(people_shown, request, meeting)
    if is_part(request):  # the room has shown these names
        people = partial(summoned, meeting)
    forms_of = partial(ItemForms.of, viewer=request.viewer, people=people)
    forms = forms_of(item, typed=request.POST if request.method == "POST" else None)
    if request.method == "POST" and forms.are_valid:
        forms.save(by=request.viewer)
        if forms.are_valid:
            return _onward(request, item, forms)
    status = 200 if request.method == "GET" else 422
    if is_part(request):
        context = room_items(meeting, item.pk, lambda _item: forms) | {"meeting": meeting}
        return render(request, "meetings/_room_items.html", context, status=status)
    context = {
        "item": item,
        "meeting": meeting,
        "forms": forms,
        "back": _back(meeting),
        "lines": providers.lines_by_item(meeting).get(item.pk, []),
    }
    return render(request, "meetings/item_record.html", context, status=status)


def _onward(request: Request, item: AgendaItem, forms: ItemForms) -> HttpResponse:
    """After saving: in the room the next item opens or this one stays, elsewhere the page that led here."""
    meeting = item.meeting
    # The words of a lost connection are sent again without the button that was pressed, and go on.
    stays = "stay" in request.POST
    goes_on = "onward" in request.POST and not stays
    following = meeting.items.filter(position__gt=item.position).first() if goes_on else None
    shown = following or item
    if is_part(request):
        forms_of = partial(ItemForms.of, viewer=request.viewer, people=partial(summoned, meeting))
        context = room_items(meeting, shown.pk, forms_of) | {"meeting": meeting, "is_swapped": True}
        return render(request, "meetings/_room_items.html", context)
    if forms.have_changed:
        messages.success(request, _("Đã lưu “%(title)s”.") % {"title": item.title})
    at = f"?at={shown.pk}" if following or stays else ""
    return redirect(f"{_back(meeting)}{at}#item-{shown.pk}")


def _back(meeting: Meeting) -> str:
    return reverse(f"meetings:{'room' if meeting.is_running else 'minutes'}", args=[meeting.pk])
