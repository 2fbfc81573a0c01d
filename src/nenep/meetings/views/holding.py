"""Step 3: the meeting itself. One page to run the room, one for the roll call, one for a vote."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nenep.journal.operations import record_read
from nenep.meetings import attendance, operations, providers, recording, voting
from nenep.meetings.forms import (
    ClosingForm,
    OpeningForm,
    RoomForm,
    VoteForm,
    mark_forms,
    spelled,
)
from nenep.meetings.models import AgendaItem, Meeting, Presence, Vote
from nenep.meetings.progress import meeting_day, steps_of
from nenep.meetings.readiness import readiness_of
from nenep.meetings.rules import online_rule
from nenep.meetings.suggesting import points_for
from nenep.meetings.views.items import ItemForms, room_items
from nenep.meetings.views.loading import load_meeting, require
from nenep.organizations.reads import name_on
from nenep.shared.dates import now, today
from nenep.shared.web import is_part, number_in, refusals_shown, refused_into

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse, QueryDict

    from nenep.meetings.access import MeetingAccess
    from nenep.meetings.attendance import Line
    from nenep.meetings.forms import MarkForm
    from nenep.shared.web import Request


def opening(request: Request, pk: int) -> HttpResponse:
    """GET asks, since opening ends the preparation; POST opens, at the hour when the branch really began."""
    meeting, _can = load_meeting(request, pk, "open")
    form = OpeningForm(request.POST or None, initial={"began_at": _usual_beginning(meeting)})
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            operations.open_meeting(meeting, by=request.viewer, **form.cleaned_data)
            return redirect("meetings:roll_call", pk)
    context = {
        "meeting": meeting,
        "form": form,
        "question": _("Khai mạc kỳ sinh hoạt?"),
        "consequences": [
            *_readiness(meeting),
            _(
                "Sau khi khai mạc không sửa được chương trình, đảng viên không xin vắng qua phần mềm được nữa."
            ),
        ],
        "action": _("Khai mạc"),
        "back_url": reverse("meetings:page", args=[pk]),
    }
    return render(request, "meetings/confirm.html", context, status=422 if form.errors else 200)


def _readiness(meeting: Meeting) -> list[str]:
    """How far the preparation came, before opening ends it."""
    readiness = readiness_of(meeting)
    if not readiness.lacks:
        return [_("Đã chuẩn bị xong tất cả các bước.")]
    words = {"percent": readiness.percent, "lacks": ", ".join(readiness.lacks)}
    return [_("Đã chuẩn bị %(percent)d%%. Còn thiếu: %(lacks)s.") % words]


@require_POST
@refusals_shown
def opening_withdrawal(request: Request, pk: int) -> HttpResponse:
    meeting, _can = load_meeting(request, pk, "take_opening_back")
    operations.take_opening_back(meeting, by=request.viewer)
    messages.success(request, _("Kỳ sinh hoạt trở lại trước khai mạc."))
    return redirect("meetings:page", pk)


@require_GET
def room(request: Request, pk: int) -> HttpResponse:
    """The chair's and note-taker's page: counts, opening lines, every item with its notes and conclusion."""
    meeting, can = load_meeting(request, pk, "run")
    lines = attendance.lines_of(meeting)
    form = _room_form(meeting, can, lines)
    return render(request, "meetings/room.html", _room(request, meeting, can, lines, form))


@refusals_shown
def roll_call(request: Request, pk: int) -> HttpResponse:
    """Call everybody; an excuse needs its reason. Only what was changed on this page is written.

    A tap sends its own line alone and gets that line and the count back.
    """
    meeting, can = load_meeting(request, pk, "run")
    lines = attendance.lines_of(meeting)
    rows = mark_forms(lines, request.POST if request.method == "POST" else None)
    is_sound = request.method == "GET" or (_are_fresh(rows) and all(form.is_valid() for _line, form in rows))
    if request.method == "POST" and is_sound:
        _write_roll(request, meeting, rows)
        if not is_part(request):
            messages.success(request, _("Đã lưu điểm danh."))
            return redirect("meetings:room", pk)
        lines = attendance.lines_of(meeting)
    if is_part(request):
        rows = _sent(request, mark_forms(lines) if is_sound else rows)
    record_read("attendance.read", by=request.viewer, body=meeting.body_id, obj=meeting)
    context = {"meeting": meeting, "can": can, "rows": rows}
    context |= voting.numbers_now(meeting, attendance.count(meeting, lines))
    if not is_part(request):
        context["body_name"] = name_on(meeting.body_id, meeting_day(meeting))
    template = "meetings/_roll_lines.html" if is_part(request) else "meetings/roll_call.html"
    return render(request, template, context, status=200 if is_sound else 422)


@require_POST
def opening_lines(request: Request, pk: int) -> HttpResponse:
    meeting, can = load_meeting(request, pk, "run")
    lines = attendance.lines_of(meeting)
    form = _room_form(Meeting.objects.get(pk=pk), can, lines, request.POST)
    if form.is_valid():
        with refused_into(form):
            fields = dict(form.cleaned_data)
            revision = fields.pop("revision") or 0
            recording.record_opening(meeting, by=request.viewer, seen_revision=revision, **fields)
            messages.success(request, _("Đã lưu phần khai mạc."))
            return redirect("meetings:room", pk)
    return render(request, "meetings/room.html", _room(request, meeting, can, lines, form), status=422)


def vote(request: Request, pk: int) -> HttpResponse:
    """Count a show of hands. The page says the base and its parts before anybody raises a hand."""
    meeting, _can = load_meeting(request, pk, "run")
    numbers = voting.numbers_now(meeting)
    item = AgendaItem.objects.filter(meeting=meeting, pk=number_in(request, "item")).first()
    form = VoteForm(
        request.POST or None,
        rules=voting.hand_votes(meeting),
        present=numbers["counts"].present_official,
        initial={"subject": request.GET.get("subject", "")[:300]},
    )
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            found = voting.count_vote(meeting, item=item, by=request.viewer, **form.cleaned_data)
            messages.success(request, _outcome(found))
            at = f"?at={item.pk}#item-{item.pk}" if item else ""
            return redirect(reverse("meetings:room", args=[meeting.pk]) + at)
    context = {"meeting": meeting, "form": form, "item": item, **numbers}
    return render(request, "meetings/vote.html", context, status=422 if form.errors else 200)


@require_POST
@refusals_shown
def vote_withdrawal(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Vote.objects.select_related("meeting"), pk=pk)
    meeting, _can = load_meeting(request, found.meeting_id, "run")
    voting.withdraw_vote(found, by=request.viewer)
    messages.success(request, _("Đã bỏ kết quả biểu quyết “%(subject)s”.") % {"subject": found.subject})
    return redirect("meetings:room", meeting.pk)


def closing(request: Request, pk: int) -> HttpResponse:
    """GET shows what will be frozen and what is still missing; POST ends the discussion.

    The same words sent again, by a second press or after a lost answer, are answered as the first time.
    """
    meeting, can = load_meeting(request, pk)
    if request.method == "POST" and can.resume and _has_closed(meeting, request.POST):
        return redirect(_after_closing(request, meeting))
    require(can, "run")
    told = providers.lines_by_item(meeting)
    items = meeting.items.prefetch_related("votes")
    empty = [i for i in items if i.awaits_text and not (told.get(i.pk) or i.votes.all())]
    lines = attendance.lines_of(meeting)
    asked = online_rule(meeting) if attendance.online_of(lines) else None
    initial = {
        "ended_at": _usual_end(meeting),
        "online_basis": attendance.last_online_basis(meeting) if asked else "",
    }
    form = ClosingForm(request.POST or None, parts=empty, asks_basis=asked is not None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            operations.close_meeting(
                meeting,
                ended_at=form.cleaned_data["ended_at"],
                skipped=form.skipped,
                online_basis=form.cleaned_data.get("online_basis", ""),
                by=request.viewer,
            )
            return redirect(_after_closing(request, meeting))
    context = {
        "meeting": meeting,
        "form": form,
        "online": asked,
        "counts": attendance.count(meeting, lines),
        "obstacles": operations.closing_obstacles(meeting, lines),
        "shortfalls": providers.shortfalls.ask(meeting),
        "empty_items": empty,
        "points": points_for(meeting),
        "links": providers.links.ask(request.viewer, meeting),
    }
    return render(request, "meetings/closing.html", context, status=422 if form.errors else 200)


def _has_closed(meeting: Meeting, typed: QueryDict) -> bool:
    """Whether the closed meeting holds just what was typed: its end, and why parts were not dealt with."""
    items = list(meeting.items.all())
    form = ClosingForm(typed, parts=[item for item in items if f"s{item.pk}" in typed])
    return (
        form.is_valid()
        and form.cleaned_data["ended_at"] == meeting.ended_at
        and typed.get("online_basis", "").strip() == meeting.online_basis
        and all(item.skipped_because == form.skipped[item.pk].strip() for item in form.parts)
    )


def _after_closing(request: Request, meeting: Meeting) -> str:
    """To what a higher module asks first (the self-check stands before the reading back on the agenda), or to that."""
    first = next(iter(providers.after_closing.ask(request.viewer, meeting)), None)
    if first:
        messages.success(request, _("Đã kết thúc thảo luận."))
        return first.url
    messages.success(request, _("Đã kết thúc thảo luận. Bây giờ thư ký đọc lại biên bản."))
    return reverse("meetings:minutes", args=[meeting.pk])


@require_POST
@refusals_shown
def resumption(request: Request, pk: int) -> HttpResponse:
    """Back from the reading of the minutes into the room, to mend what is not right."""
    meeting, _can = load_meeting(request, pk, "resume")
    operations.resume_meeting(meeting, by=request.viewer)
    messages.success(request, _("Kỳ sinh hoạt mở lại. Đồng chí sửa rồi kết thúc thảo luận lần nữa."))
    return redirect("meetings:room", pk)


def _room(
    request: Request, meeting: Meeting, can: MeetingAccess, lines: list[Line], form: RoomForm
) -> dict[str, Any]:
    forms_of = partial(ItemForms.of, viewer=request.viewer, people=partial(_called, lines))
    shown = room_items(meeting, number_in(request, "at"), forms_of)
    return {
        "meeting": meeting,
        "can": can,
        "steps": steps_of(meeting, today()),
        "body_name": name_on(meeting.body_id, meeting_day(meeting)),
        **voting.numbers_now(meeting, attendance.count(meeting, lines)),
        "obstacles": operations.closing_obstacles(meeting, lines),
        "room_form": form,
        "fees": recording.fee_line(meeting),
        **shown,
        "points": points_for(meeting),
        "links": providers.links.ask(request.viewer, meeting),
        "loose_votes": meeting.votes.filter(item=None),
        "may_take_back": can.take_opening_back
        and not any(row.is_written for row in shown["items"])
        and not operations.has_records(meeting),
    }


def _room_form(meeting: Meeting, can: MeetingAccess, lines: list[Line], data: Any = None) -> RoomForm:
    return RoomForm(
        data,
        instance=meeting,
        roster=_called(lines),
        chooses=can.choose_people_now,
        initial={"revision": meeting.opening_revision},
    )


def _called(lines: list[Line]) -> list[int]:
    """Whom a form of this meeting may name, as `circle.summoned` has it."""
    return [line.entry.member_id for line in lines if not line.entry.is_suspended]


def _are_fresh(rows: list[tuple[Line, MarkForm]]) -> bool:
    """Whether nobody else has called one of those whose line was changed here; if so, it says so on that line."""
    is_fresh = True
    for line, form in rows:
        if not form.is_valid() or not form.is_changed or form.says(line.mark):
            continue
        if form.cleaned_data["was"] != spelled(line.mark):
            words = line.mark.presence.label if line.mark else _("Chưa điểm danh")
            form.add_error(
                "presence", _("Đồng chí khác vừa ghi “%(mark)s”. Đồng chí xem lại.") % {"mark": words}
            )
            form.accept(line.mark)
            is_fresh = False
    return is_fresh


def _sent(request: Request, rows: list[tuple[Line, MarkForm]]) -> list[tuple[Line, MarkForm]]:
    return [(line, form) for line, form in rows if form.add_prefix("was") in request.POST]


def _write_roll(request: Request, meeting: Meeting, rows: list[tuple[Line, MarkForm]]) -> None:
    marks = {
        line.entry.member_id: attendance.Mark(
            Presence(form.cleaned_data["presence"]), form.cleaned_data["reason"]
        )
        for line, form in rows
        if form.is_changed and form.cleaned_data["presence"]
    }
    attendance.record_attendance(meeting, marks=marks, by=request.viewer)
    if "rest" in request.POST:
        attendance.call_the_rest_present(meeting, by=request.viewer)


def _usual_beginning(meeting: Meeting) -> datetime:
    """The planned hour once it has come; a branch that begins early begins now."""
    return min(meeting.starts_at, now())


def _usual_end(meeting: Meeting) -> datetime:
    """Now, or on a later day an hour and a half after the beginning: minutes may be typed in from paper."""
    began = meeting.began_at or meeting.starts_at
    return now() if timezone.localdate(began) == today() else began + timedelta(minutes=90)


def _outcome(vote_row: Vote) -> str:
    words = {"votes": vote_row.votes_for, "base": vote_row.base}
    if vote_row.passed:
        return _("Thông qua với %(votes)d trên %(base)d đảng viên chính thức.") % words
    return _("Không thông qua: %(votes)d trên %(base)d đảng viên chính thức tán thành.") % words
