"""Step 2: the notice. A preview, the sending, who has seen it, and what a member answers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nenep.journal.operations import record_read
from nenep.meetings import answers, operations, preparation
from nenep.meetings.agenda_forms import ProposalForm
from nenep.meetings.exports import neutral_text
from nenep.meetings.forms import CallForm, OpinionForm, ResponseForm
from nenep.meetings.models import Answer, OpinionKind, Response
from nenep.meetings.notice import SHOWN, deliveries_of, reminded_today
from nenep.meetings.progress import meeting_day
from nenep.meetings.reminding import remind_unseen, to_remind
from nenep.meetings.rules import rules_of
from nenep.meetings.views.loading import load_meeting
from nenep.meetings.views.reading import as_members_read
from nenep.notices.models import Channel
from nenep.notices.tasks import mail_text
from nenep.notices.ways import ways_of
from nenep.organizations.reads import name_on
from nenep.people.reads import roster
from nenep.people.showing import roster_shown
from nenep.shared.dates import now
from nenep.shared.web import refusals_shown, refused_into
from nenep.shared.words import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from nenep.meetings.models import Meeting
    from nenep.notices.ways import Way
    from nenep.shared.web import Request


def call(request: Request, pk: int) -> HttpResponse:
    """GET shows exactly what members will see and what is still missing; POST sends it."""
    meeting, _can = load_meeting(request, pk, "call")
    form = CallForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            told = operations.call_meeting(meeting, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("Đã thông báo cho %(count)d đồng chí.") % {"count": told})
            return redirect("meetings:notice", pk)
    entries = roster_shown(meeting.body_id, meeting_day(meeting), by=request.viewer)
    ways = ways_of(entry.member_id for entry in entries)
    used = Counter(way.channel for each in ways.values() for way in each)
    by_hand = [entry for entry in entries if not ways[entry.member_id] or _needs_hand(ways[entry.member_id])]
    context = {
        "meeting": meeting,
        "body_name": name_on(meeting.body_id, meeting_day(meeting)),
        "form": form,
        "asks_reason": not hasattr(meeting, "committee_meeting"),
        "as_read": as_members_read(request, meeting),
        "words": {
            "title": operations.call_title(),
            "text": operations.call_text(meeting),
            "mail": mail_text(operations.call_title(), reverse("meetings:page", args=[pk])),
        },
        "blocking": preparation.blocking(meeting),
        "shortfalls": preparation.warnings(meeting),
        "lead_time": preparation.lead_time(meeting),
        "recipients": [(entry, ways[entry.member_id]) for entry in entries],
        "channels": [(channel.label, used[channel]) for channel in Channel if used[channel]],
        "uses_push": bool(used[Channel.PUSH]),
        "by_hand": by_hand,
    }
    return render(request, "meetings/call.html", context, status=422 if form.errors else 200)


def _needs_hand(ways: Iterable[Way]) -> bool:
    return any(way.is_by_hand for way in ways)


@require_GET
def notice(request: Request, pk: int) -> HttpResponse:
    """Who has seen the notice and who will come, narrowed by `show`; the paper and the neutral text to copy."""
    meeting, can = load_meeting(request, pk, "follow_notice")
    record_read("attendance.read", by=request.viewer, body=meeting.body_id, obj=meeting)
    rows = deliveries_of(meeting)
    asked = request.GET.get("show", "")
    shown = asked if asked in SHOWN else SHOWN[0]
    labels = (_("Tất cả"), _("Chưa nhận tin"), _("Phải báo trực tiếp"), _("Không gửi được"))
    context = {
        "meeting": meeting,
        "can": can,
        "rows": [row for row in rows if row.belongs_to(shown)],
        "shown": shown,
        "filters": [
            (key, label, count)
            for key, label in zip(SHOWN, labels, strict=True)
            if (count := sum(row.belongs_to(key) for row in rows)) or key in {shown, SHOWN[0]}
        ],
        "total": len(rows),
        "reached": sum(row.is_reached for row in rows),
        "newcomers": sum(row.latest is None for row in rows) if can.call_more else 0,
        "reminded": reminded_today(rows),
        "unseen": len(to_remind(rows, by=request.viewer)) if can.remind and meeting.starts_at > now() else 0,
        "was_changed": any(len(row.tellings) > 1 for row in rows),
        "printed_at": now(),
        "neutral_text": neutral_text(meeting, request.build_absolute_uri(f"/meetings/{meeting.pk}/")),
    }
    return render(request, "meetings/notice.html", context)


@require_POST
@refusals_shown
def newcomers(request: Request, pk: int) -> HttpResponse:
    meeting, _can = load_meeting(request, pk, "call_more")
    told = operations.call_newcomers(meeting, by=request.viewer)
    said = _("Đã thông báo cho %(count)d đồng chí.")
    messages.success(request, count_words(told, said, _("Không còn đồng chí nào phải báo thêm.")))
    return redirect("meetings:notice", pk)


@require_POST
@refusals_shown
def reminder(request: Request, pk: int) -> HttpResponse:
    """Those who have not seen the notice are reminded, at most once a day."""
    meeting, _can = load_meeting(request, pk, "remind")
    told = remind_unseen(meeting, by=request.viewer)
    messages.success(request, _("Đã nhắc %(count)d đồng chí.") % {"count": told})
    return redirect("meetings:notice", pk)


@require_GET
def sign_in_sheet(request: Request, pk: int) -> HttpResponse:
    """What everybody signs at the door: A4, a line for each, and the totals to be counted by hand."""
    meeting, _can = load_meeting(request, pk, "follow_notice")
    record_read("attendance.read", by=request.viewer, body=meeting.body_id, obj=meeting)
    context = {
        "meeting": meeting,
        "body_name": name_on(meeting.body_id, meeting_day(meeting)),
        "entries": roster(meeting.body_id, meeting_day(meeting)),
    }
    return render(request, "meetings/sign_in_sheet.html", context)


@require_GET
def invitation_sheet(request: Request, pk: int) -> HttpResponse:
    """The paper twin of the notice: invitation, and the list to sign on receipt."""
    meeting, _can = load_meeting(request, pk, "follow_notice")
    record_read("attendance.read", by=request.viewer, body=meeting.body_id, obj=meeting)
    context = {
        "meeting": meeting,
        "body_name": name_on(meeting.body_id, meeting_day(meeting)),
        "items": meeting.items.select_related("presenter"),
        "entries": roster(meeting.body_id, meeting_day(meeting)),
    }
    return render(request, "meetings/invitation_sheet.html", context)


def response(request: Request, pk: int) -> HttpResponse:
    """A member will come or asks leave; one tap for the first, a reason for the second."""
    meeting, _can = load_meeting(request, pk, "respond")
    answered = redirect("meetings:page", pk)
    return _answer(request, meeting, request.viewer.member_id or 0, answered=answered)


def response_for(request: Request, pk: int, member_pk: int) -> HttpResponse:
    """The secretary writes down what a member without an account said on the telephone or on paper."""
    meeting, _can = load_meeting(request, pk, "answer_for_others")
    known = {entry.member_id: entry.name for entry in roster(meeting.body_id, meeting_day(meeting))}
    if member_pk not in known:
        raise Http404
    record_read("attendance.read", by=request.viewer, body=meeting.body_id, obj=meeting, subject=member_pk)
    answered = redirect(reverse("meetings:notice", args=[pk]) + f"#member-{member_pk}")
    return _answer(request, meeting, member_pk, answered=answered, name=known[member_pk])


def _answer(
    request: Request, meeting: Meeting, member_id: int, *, answered: HttpResponse, name: str = ""
) -> HttpResponse:
    """The form for the own answer, or with `name` for that of another; `answered` is where it goes on."""
    # "Without a reason" is what the roll call finds, not something to ask leave for.
    reasons = [term for term in rules_of(meeting).vocabulary.absence_reasons if term.is_excused]
    given = Response.objects.filter(meeting=meeting, member_id=member_id).select_related("written_by").first()
    initial = {"answer": request.GET.get("answer", "")}
    asked_again = answers.given_for(given, meeting.postponements.all())
    if given and asked_again is None:
        initial = {"answer": given.answer, "reason": given.reason, "note": given.note}
    form = ResponseForm(request.POST or None, reasons=reasons, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            data = form.cleaned_data
            answers.respond(
                meeting,
                answer=Answer(data["answer"]),
                reason=data["reason"],
                note=data["note"],
                member_id=member_id,
                by=request.viewer,
            )
            if name:
                messages.success(request, _("Đã ghi trả lời của đồng chí %(name)s.") % {"name": name})
            else:
                messages.success(request, _("Đã ghi nhận. Đồng chí có thể sửa đến khi khai mạc."))
            return answered
    context = {"form": form, "meeting": meeting, "given": given, "asked_again": asked_again, "name": name}
    return render(request, "meetings/response.html", context, status=422 if form.errors else 200)


def opinions(request: Request, pk: int) -> HttpResponse:
    """A member writes an opinion beforehand and sees what became of the own ones."""
    meeting, can = load_meeting(request, pk, "write_opinion" if request.method == "POST" else "")
    form = OpinionForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            item = form.cleaned_data["item"]
            answers.write_opinion(
                meeting, text=form.cleaned_data["text"], item_id=item.pk if item else None, by=request.viewer
            )
            messages.success(request, _("Đã gửi ý kiến tới chi ủy."))
            return redirect("meetings:opinions", pk)
    own = meeting.opinions.filter(kind=OpinionKind.OPINION, author_id=request.viewer.member_id)
    own = own.select_related("item", "written_by").order_by("at")
    context = {"form": form, "meeting": meeting, "can": can, "own": own}
    return render(request, "meetings/opinions.html", context, status=422 if form.errors else 200)


def proposals(request: Request, pk: int) -> HttpResponse:
    """A member asks for an item of the agenda and sees what became of the own proposals."""
    meeting, can = load_meeting(request, pk, "propose" if request.method == "POST" else "")
    form = ProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            answers.propose(meeting, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("Đã gửi đề nghị tới chi ủy."))
            return redirect("meetings:proposals", pk)
    own = meeting.opinions.filter(kind=OpinionKind.PROPOSAL, author_id=request.viewer.member_id).order_by(
        "at"
    )
    context = {"form": form, "meeting": meeting, "can": can, "own": own}
    return render(request, "meetings/proposals.html", context, status=422 if form.errors else 200)
