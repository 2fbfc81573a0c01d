"""Step 3: the meeting itself. One page to run the room, one for the roll call, one for a vote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nenep.journal.operations import record_read
from nenep.meetings import attendance, operations, providers, recording, voting
from nenep.meetings.agenda import suggestions_for
from nenep.meetings.forms import ItemRecordForm, RoomForm, VoteForm, mark_forms
from nenep.meetings.models import AgendaItem, Presence
from nenep.meetings.progress import meeting_day, steps_of
from nenep.meetings.views.loading import load_item, load_meeting
from nenep.organizations.reads import name_on
from nenep.shared.dates import today
from nenep.shared.web import number_in, refusals_shown

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.meetings.models import Vote
    from nenep.shared.web import Request


@require_POST
@refusals_shown
def opening(request: Request, pk: int) -> HttpResponse:
    meeting, _can = load_meeting(request, pk, "open")
    operations.open_meeting(meeting, by=request.viewer)
    return redirect("meetings:roll_call", pk)


@require_GET
def room(request: Request, pk: int) -> HttpResponse:
    """The chair's and note-taker's page: counts, opening lines, every item with its notes and conclusion."""
    meeting, can = load_meeting(request, pk, "run")
    items = list(meeting.items.select_related("presenter").prefetch_related("votes"))
    kept, _dropped = suggestions_for(meeting)
    lines = providers.lines_by_item(meeting)
    context = {
        "meeting": meeting,
        "can": can,
        "steps": steps_of(meeting, today()),
        "body_name": name_on(meeting.body_id, meeting_day(meeting)),
        "counts": attendance.count(meeting),
        "room_form": RoomForm(instance=meeting),
        "items": [(item, lines.get(item.pk, [])) for item in items],
        "suggestions": kept,
        "links": providers.links.ask(request.viewer, meeting),
        "loose_votes": meeting.votes.filter(item=None),
    }
    return render(request, "meetings/room.html", context)


@refusals_shown
def roll_call(request: Request, pk: int) -> HttpResponse:
    """Everybody is there unless marked; an excuse needs its reason."""
    meeting, _can = load_meeting(request, pk, "run")
    lines = attendance.lines_of(meeting)
    rows = mark_forms(lines, request.POST if request.method == "POST" else None)
    if request.method == "POST" and all(form.is_valid() for _line, form in rows):
        marks = {
            line.entry.member_id: attendance.Mark(Presence(data["presence"]), data["reason"])
            for line, form in rows
            if (data := form.cleaned_data)["presence"]
        }
        attendance.record_attendance(meeting, marks=marks, by=request.viewer)
        messages.success(request, _("Đã lưu điểm danh."))
        return redirect("meetings:room", pk)
    record_read("attendance.read", by=request.viewer, body=meeting.body_id, obj=meeting)
    has_errors = any(form.errors for _line, form in rows)
    context = {"meeting": meeting, "rows": rows, "counts": attendance.count(meeting, lines)}
    return render(request, "meetings/roll_call.html", context, status=422 if has_errors else 200)


@require_POST
@refusals_shown
def opening_lines(request: Request, pk: int) -> HttpResponse:
    meeting, _can = load_meeting(request, pk, "run")
    form = RoomForm(request.POST, instance=meeting)
    if form.is_valid():
        recording.record_opening(meeting, by=request.viewer, **form.cleaned_data)
        messages.success(request, _("Đã lưu."))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("meetings:room", pk)


@refusals_shown
def item_record(request: Request, pk: int) -> HttpResponse:
    """Write down one item. A stale save shows both texts and loses neither."""
    item = load_item(request, pk, "record")
    back = reverse(
        f"meetings:{'room' if item.meeting.status == 'opened' else 'minutes'}", args=[item.meeting_id]
    )
    initial = {"revision": item.revision}
    form = ItemRecordForm(request.POST or None, instance=AgendaItem.objects.get(pk=pk), initial=initial)
    clash, status = None, 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            recording.record_item(
                item,
                notes=data["notes"],
                conclusion=data["conclusion"],
                seen_revision=data["revision"],
                by=request.viewer,
            )
        except recording.StaleRecord as stale:
            clash, status = stale, 409
            form = _with_revision(request, stale.item)
        else:
            messages.success(request, _("Đã lưu “%(title)s”.") % {"title": item.title})
            return redirect(back + f"#item-{item.pk}")
    context = {
        "item": item,
        "meeting": item.meeting,
        "form": form,
        "clash": clash,
        "back": back,
        "lines": providers.lines_by_item(item.meeting).get(item.pk, []),
    }
    return render(request, "meetings/item_record.html", context, status=422 if form.errors else status)


@refusals_shown
def vote(request: Request, pk: int) -> HttpResponse:
    """Count a show of hands. The page says the base and its parts before anybody raises a hand."""
    meeting, _can = load_meeting(request, pk, "run")
    rules = voting.hand_votes(meeting)
    counts = attendance.count(meeting)
    item = AgendaItem.objects.filter(meeting=meeting, pk=number_in(request, "item")).first()
    form = VoteForm(
        request.POST or None, rules=rules, initial={"subject": request.GET.get("subject", "")[:300]}
    )
    if request.method == "POST" and form.is_valid():
        found = voting.count_vote(meeting, item=item, by=request.viewer, **form.cleaned_data)
        messages.success(request, _outcome(found))
        return redirect("meetings:room", pk)
    base = voting.base_now(meeting, "ordinary_resolution", counts)
    context = {"meeting": meeting, "form": form, "item": item, "counts": counts, "base": base}
    return render(request, "meetings/vote.html", context, status=422 if form.errors else 200)


@refusals_shown
def closing(request: Request, pk: int) -> HttpResponse:
    """GET shows what will be frozen and which parts have no text yet; POST ends the discussion."""
    meeting, _can = load_meeting(request, pk, "run")
    if request.method == "POST":
        operations.close_meeting(meeting, by=request.viewer)
        messages.success(request, _("Đã kết thúc thảo luận. Bây giờ thư ký đọc lại biên bản."))
        return redirect("meetings:minutes", pk)
    items = meeting.items.all()
    context = {
        "meeting": meeting,
        "counts": attendance.count(meeting),
        "empty_items": [item for item in items if item.is_required and not (item.notes or item.conclusion)],
        "links": providers.links.ask(request.viewer, meeting),
    }
    return render(request, "meetings/closing.html", context)


def _with_revision(request: Request, item: AgendaItem) -> ItemRecordForm:
    """The form with what was typed, ready to be saved over the other's text that is shown beside it."""
    data = request.POST.copy()
    data["revision"] = str(item.revision)
    # An instance of its own: validating the form writes what was typed into it.
    return ItemRecordForm(data, instance=AgendaItem.objects.get(pk=item.pk))


def _outcome(vote_row: Vote) -> str:
    words = {"votes": vote_row.votes_for, "base": vote_row.base}
    if vote_row.passed:
        return _("Thông qua với %(votes)d trên %(base)d đảng viên chính thức.") % words
    return _("Không thông qua: %(votes)d trên %(base)d đảng viên chính thức tán thành.") % words
