"""The agenda page of the preparation: one list in its order, its time, its focus, what is suggested for it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from nenep.meetings import agenda, providers, suggesting
from nenep.meetings.agenda_forms import AgendaItemForm, FocusForm, ItemLineForm, people_of
from nenep.meetings.balance import balance_of
from nenep.meetings.progress import meeting_day
from nenep.meetings.views.loading import after_saving, load_item, load_meeting, may_go_on, people_shown
from nenep.people.showing import roster_shown
from nenep.shared.web import LONGEST_NUMBER, is_part, number_in, refusals_shown, refused_into
from nenep.shared.words import count_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from nenep.meetings.models import AgendaItem, Meeting
    from nenep.meetings.providers import Point
    from nenep.shared.web import Request

DEEDS = ("up", "down", "remove")


def agenda_page(request: Request, pk: int) -> HttpResponse:
    """GET shows the list; POST writes the changed minutes and presenters, and moves or removes one item."""
    meeting, _can = load_meeting(request, pk, "prepare")
    lines = _lines(request, meeting, request.POST or None)
    valid = [line.is_valid() for line in lines]
    if request.method == "POST" and lines and all(valid):
        deed = _deed(request.POST.get("deed", ""))
        here = next((line for line in lines if deed and line.item.pk == deed[1]), lines[0])
        changes = {line.item.pk: line.changes for line in lines if line.has_changed()}
        with refused_into(here):
            agenda.arrange(meeting, changes=changes, deed=deed, by=request.viewer)
            if "onward" in request.POST:
                following = after_saving(request, pk, address(pk, "agenda"))
                return HttpResponseClientRedirect(following) if is_part(request) else redirect(following)
            if is_part(request):
                fresh = _context(
                    request, meeting, _lines(request, meeting, None), opened=deed[1] if deed else 0
                )
                return render(request, "meetings/_agenda_edit.html", fresh)
            if deed is None:
                messages.success(request, _("Đã lưu thời gian và người trình bày."))
            if deed and deed[0] != "remove":
                return redirect(address(pk, f"item-{deed[1]}", opened=deed[1]))
            return redirect(address(pk, "agenda"))
    wrong = any(line.errors for line in lines)
    template = "meetings/_agenda_edit.html" if is_part(request) else "meetings/agenda.html"
    return render(request, template, _context(request, meeting, lines), status=422 if wrong else 200)


def focus(request: Request, pk: int) -> HttpResponse:
    """The one question to settle, the item that it is discussed in, and the minutes kept for it."""
    meeting, _can = load_meeting(request, pk, "prepare")
    items = list(meeting.items.all())
    initial = {
        "question": meeting.focus_question,
        "item": next((item.pk for item in items if item.is_focus), None),
        "minutes": meeting.focus_minutes,
    }
    form = FocusForm(request.POST or None, items=items, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            agenda.set_focus(meeting, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("Đã lưu vấn đề trọng tâm."))
            return redirect(address(pk, "agenda"))
    return _form_page(
        request, form, meeting, _("Vấn đề trọng tâm"), _("Lưu"), stressed=agenda.stressed_in(meeting)
    )


def item_addition(request: Request, pk: int) -> HttpResponse:
    meeting, _can = load_meeting(request, pk, "prepare")
    form = AgendaItemForm(request.POST or None, roster=people_shown(request, meeting))
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            added = agenda.add_item(meeting, by=request.viewer, **form.cleaned_data)
            return redirect(address(pk, f"item-{added.pk}", opened=added.pk))
    return _form_page(request, form, meeting, _("Thêm mục"), _("Thêm vào chương trình"))


def item_change(request: Request, pk: int) -> HttpResponse:
    item = load_item(request, pk, "prepare")
    meeting = item.meeting
    form = AgendaItemForm(request.POST or None, instance=item, roster=people_shown(request, meeting))
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            agenda.change_item(item, by=request.viewer, **form.cleaned_data)
            return redirect(address(meeting.pk, f"item-{item.pk}", opened=item.pk))
    return _form_page(request, form, meeting, _("Sửa nội dung"), _("Lưu"))


@require_POST
@refusals_shown
def suggestion_choice(request: Request, pk: int) -> HttpResponse:
    """Take a suggestion onto the agenda, leave it out of this month, or put it back."""
    meeting, _can = load_meeting(request, pk, "prepare")
    if request.POST.get("choice") == "take_selected":
        keys = request.POST.getlist("keys")
        count = suggesting.take_selected(meeting, keys=keys, by=request.viewer)
        said = _("Đã đưa %(count)d nội dung vào chương trình. Đồng chí ghi số phút và người trình bày.")
        messages.success(request, count_words(count, said, _("Các nội dung này đã có trong chương trình.")))
        return redirect(address(pk, "agenda"))
    choices = {
        "take": suggesting.take_suggestion,
        "drop": suggesting.drop_suggestion,
        "restore": suggesting.restore_suggestion,
    }
    choice = request.POST.get("choice", "")
    choose = choices.get(choice, suggesting.restore_suggestion)
    choose(meeting, key=request.POST.get("key", "")[:60], by=request.viewer)
    if choice == "take":
        messages.success(request, _("Đã đưa vào chương trình. Đồng chí ghi số phút và người trình bày."))
    return redirect(address(pk, "suggestions" if choice != "take" else "agenda"))


def address(pk: int, place: str, *, opened: int = 0) -> str:
    """The agenda page at one of its places, with the line of the item `opened` unfolded."""
    return reverse("meetings:agenda", args=[pk]) + (f"?open={opened}" if opened else "") + f"#{place}"


def source_of(items: Sequence[AgendaItem]) -> str:
    """The one source that most items come from, to be said once above them."""
    sources = Counter(item.why for item in items if item.step)
    return sources.most_common(1)[0][0] if sources else ""


def _context(
    request: Request, meeting: Meeting, lines: list[ItemLineForm], *, opened: int = 0
) -> dict[str, Any]:
    items = providers.with_origins([line.item for line in lines], request.viewer, meeting)
    items = providers.with_papers(meeting, items)
    suggested = suggesting.suggested_for(meeting, items)
    under, loose = _points_under(items, suggested.points)
    return {
        "meeting": meeting,
        "goes_on": may_go_on(meeting),
        "opened": opened or number_in(request, "open"),
        "rows": [(line, under.get(line.item.pk, [])) for line in lines],
        "loose_points": loose,
        "suggested": suggested,
        "balance": balance_of(meeting, items),
        "source": source_of(items),
        "focus_item": next((item for item in items if item.is_focus), None),
    }


def _points_under(items: list[AgendaItem], points: list[Point]) -> tuple[dict[int, list[Point]], list[Point]]:
    """Item id -> the points under it: the first item of the pack in their category; and those that found none."""
    under: dict[int, list[Point]] = defaultdict(list)
    loose: list[Point] = []
    for point in points:
        part = next((item for item in items if item.step and item.category == point.category), None)
        (under[part.pk] if part else loose).append(point)
    return dict(under), loose


def _lines(request: Request, meeting: Meeting, data: Any) -> list[ItemLineForm]:
    people = people_of(roster_shown(meeting.body_id, meeting_day(meeting), by=request.viewer))
    items = meeting.items.select_related("presenter")
    # An item that was added meanwhile is not on the page that was sent.
    sent = [item for item in items if data is None or f"i{item.pk}-minutes" in data]
    return [ItemLineForm(data, item=item, people=people) for item in sent]


def _deed(text: str) -> tuple[str, int] | None:
    """ "up 12" -> ("up", 12); None for anything else."""
    name, _space, number = text.partition(" ")
    known = name in DEEDS and number.isascii() and number.isdecimal() and len(number) < LONGEST_NUMBER
    return (name, int(number)) if known else None


def _form_page(
    request: Request, form: Any, meeting: Meeting, heading: str, submit: str, **more: Any
) -> HttpResponse:
    context = {
        "form": form,
        "meeting": meeting,
        "heading": heading,
        "submit": submit,
        "back_url": reverse("meetings:agenda", args=[meeting.pk]),
        **more,
    }
    return render(request, "meetings/form.html", context, status=422 if form.errors else 200)
