"""Step 1: the secretary prepares. One page with the checklist, the plan and the agenda."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nenep.documents.exports import Format, document_response
from nenep.journal.operations import Draft, record_read, record_reads
from nenep.meetings import answers, committee, operations, providers, recording
from nenep.meetings.access import MeetingAccess
from nenep.meetings.agenda_forms import as_proposal_reply
from nenep.meetings.balance import CATEGORIES, balance_of
from nenep.meetings.forms import CommitteeMeetingForm, PlanForm, PostponeForm, ReplyForm
from nenep.meetings.models import CommitteeMeeting, Meeting, Opinion, Reply
from nenep.meetings.progress import meeting_day, steps_of
from nenep.meetings.readiness import readiness_of
from nenep.meetings.suggesting import suggested_for
from nenep.meetings.views.loading import (
    after_saving,
    load_meeting,
    may_go_on,
    people_shown,
)
from nenep.organizations.reach import may
from nenep.organizations.reads import name_on
from nenep.people.models import Post
from nenep.people.reads import office_holders, roster
from nenep.shared.dates import now, today
from nenep.shared.web import refusals_shown, refused_into

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.forms import BaseForm

    from nenep.shared.web import Request


@require_POST
@refusals_shown
def opening_of_month(request: Request, body_id: int) -> HttpResponse:
    """Plan this month's regular meeting of a branch, born filled."""
    if not may(request.viewer, "meetings.read", body_id):
        raise Http404
    if not may(request.viewer, "meetings.prepare", body_id):
        raise PermissionDenied
    meeting = operations.open_month(body_id, month=today(), by=request.viewer)
    return redirect("meetings:preparation", meeting.pk)


@require_GET
def preparation(request: Request, pk: int) -> HttpResponse:
    meeting, can = load_meeting(request, pk, "prepare")
    prefetch_related_objects([meeting], "items", "opinions")  # checklist and suggestions ask for them too
    items = list(meeting.items.all())
    readiness = readiness_of(meeting)
    context = {
        "meeting": meeting,
        "can": can,
        "steps": steps_of(meeting, today()),
        "body_name": name_on(meeting.body_id, meeting_day(meeting)),
        "readiness": readiness,
        "next_step": next(
            (line.step for line in readiness.lines if line.step.in_turn and not line.step.is_done), None
        ),
        "items": items,
        "taken": providers.with_origins([i for i in items if i.origin_type], request.viewer, meeting),
        "balance": balance_of(meeting, items),
        "suggested": suggested_for(meeting, items, with_points=False),
        "opinions": _opinions_said(meeting.opinions.all()),
        "visitors": providers.visitors.ask(request.viewer, meeting),
        "lessons": providers.lessons.ask(request.viewer, meeting),
    }
    return render(request, "meetings/preparation.html", context)


def _opinions_said(rows: Iterable[Opinion]) -> str:
    """How many members' opinions came beforehand and how many lack an answer (R140); "" for none.

    A proposal is none: it stands among the suggestions for the agenda.
    """
    opinions = [row for row in rows if not row.is_proposal]
    if not opinions:
        return ""
    words = {"all": len(opinions), "open": sum(row.reply == Reply.OPEN for row in opinions)}
    if not words["open"]:
        return _("Có %(all)d ý kiến, đã trả lời cả.") % words
    return _("Có %(all)d ý kiến, %(open)d ý kiến chưa trả lời.") % words


def plan(request: Request, pk: int) -> HttpResponse:
    meeting, can = load_meeting(request, pk, "prepare")
    people = people_shown(request, meeting)
    form = PlanForm(request.POST or None, instance=meeting, roster=people, chooses=can.choose_people)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            fresh = Meeting.objects.get(pk=pk)
            operations.plan(fresh, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("Đã lưu thời gian, địa điểm và phân công."))
            return redirect(after_saving(request, pk, reverse("meetings:preparation", args=[pk])))
    return _form_page(
        request, form, meeting, _("Thời gian, địa điểm, chủ trì"), _("Lưu"), goes_on=may_go_on(meeting)
    )


def postponement(request: Request, pk: int) -> HttpResponse:
    meeting, _can = load_meeting(request, pk, "postpone")
    form = PostponeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            operations.postpone(meeting, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("Đã đổi thời gian họp."))
            return redirect("meetings:page", pk)
    lead = _("Nếu đã thông báo hoặc đã công bố trong kế hoạch năm, phần mềm sẽ báo cho tất cả đảng viên.")
    return _form_page(request, form, meeting, _("Hoãn hoặc đổi ngày họp"), _("Đổi thời gian họp"), lead)


def committee_meeting(request: Request, pk: int) -> HttpResponse:
    meeting, _can = load_meeting(request, pk, "prepare")
    row = CommitteeMeeting.objects.filter(meeting=meeting).first()
    initial: dict[str, Any] = {"revision": row.revision} if row else _usual_committee(meeting)
    form = CommitteeMeetingForm(request.POST or None, instance=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            fields = dict(form.cleaned_data)
            seen = fields.pop("revision") or 0
            recording.record_committee_meeting(meeting, by=request.viewer, seen_revision=seen, **fields)
            messages.success(request, _("Đã lưu biên bản họp chi ủy."))
            return redirect(after_saving(request, pk, reverse("meetings:preparation", args=[pk])))
    context = {
        "meeting": meeting,
        "form": form,
        "row": row,
        "submit": _("Lưu biên bản họp chi ủy"),
        "goes_on": may_go_on(meeting),
    }
    return render(request, "meetings/committee_meeting.html", context, status=422 if form.errors else 200)


@require_GET
def committee_file(request: Request, pk: int, fmt: Format) -> HttpResponse:
    """The committee's minutes as Word or PDF in the official layout."""
    meeting, _can = load_meeting(request, pk, "read_committee_meeting")
    row = get_object_or_404(CommitteeMeeting.objects.select_related("meeting"), meeting=meeting)
    record_read("committee_meeting.read", by=request.viewer, body=meeting.body_id, obj=row)
    name = _("Biên bản họp chi ủy %(day)s") % {"day": f"{timezone.localdate(row.held_at):%d-%m-%Y}"}
    return document_response(committee.content_of(row), fmt, name)


@require_GET
def opinion_inbox(request: Request, pk: int) -> HttpResponse:
    """What members wrote beforehand, for those who owe an answer."""
    meeting, _can = load_meeting(request, pk, "read_opinions")
    return _inbox(request, meeting, answered={})


@require_POST
def opinion_reply(request: Request, pk: int) -> HttpResponse:
    opinion = get_object_or_404(Opinion.objects.select_related("meeting"), pk=pk)
    meeting, _can = load_meeting(request, opinion.meeting_id, "read_opinions")
    form = _reply_form(opinion, request.POST)
    if form.is_valid():
        with refused_into(form):
            answers.answer_opinion(opinion, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("Đã trả lời ý kiến."))
            return redirect("meetings:opinion_inbox", meeting.pk)
    return _inbox(request, meeting, answered={opinion.pk: form}, status=422)


def _inbox(
    request: Request, meeting: Meeting, *, answered: dict[int, ReplyForm], status: int = 200
) -> HttpResponse:
    opinions = list(meeting.opinions.select_related("author", "written_by", "item").order_by("at"))
    _record_authors_read(request, meeting, opinions)
    rows = [(row, answered.get(row.pk) or _reply_form(row)) for row in opinions]
    context = {
        "meeting": meeting,
        "rows": rows,
        "can": MeetingAccess(request.viewer, meeting),
        "first_open": next((opinion.pk for opinion in opinions if opinion.reply == Reply.OPEN), None),
    }
    return render(request, "meetings/opinion_inbox.html", context, status=status)


def _reply_form(opinion: Opinion, data: Any = None) -> ReplyForm:
    form = ReplyForm(data, prefix=f"o{opinion.pk}")
    if opinion.is_proposal:
        as_proposal_reply(form)
    return form


def _record_authors_read(request: Request, meeting: Meeting, opinions: Iterable[Opinion]) -> None:
    """One event for each author, who sees later who read it."""
    kind = Meeting._meta.label_lower
    drafts = [
        Draft("opinions.read", meeting.body_id, kind, meeting.pk, subject=opinion.author_id)
        for opinion in opinions
        if opinion.author_id is not None
    ]
    record_reads(drafts, by=request.viewer)


def _usual_committee(meeting: Meeting) -> dict[str, Any]:
    """What the minutes of a committee's meeting start with, to be looked over: who sits on it, where it met last,
    this agenda; and now, as they are written when it has met."""
    before = CommitteeMeeting.objects.filter(
        meeting__body_id=meeting.body_id, meeting__starts_at__lt=meeting.starts_at
    )
    last = before.order_by("-meeting__starts_at").first()
    inner = [item.title for item in meeting.items.all() if item.category in CATEGORIES]
    return {
        "revision": 0,
        "present": _committee_names(meeting),
        "held_at": now() if now() < meeting.starts_at else None,
        "place": last.place if last else meeting.place,
        "content": "\n".join([_("Thống nhất nội dung, chương trình kỳ sinh hoạt:"), *inner]),
    }


def _committee_names(meeting: Meeting) -> str:
    day = meeting_day(meeting)
    posts = (Post.SECRETARY, Post.DEPUTY, Post.COMMITTEE_MEMBER)
    committee = {member for post in posts for member in office_holders(meeting.body_id, post, day)}
    return "\n".join(entry.name for entry in roster(meeting.body_id, day) if entry.member_id in committee)


def _form_page(
    request: Request,
    form: BaseForm,
    meeting: Meeting,
    heading: str,
    submit: str,
    lead: str = "",
    *,
    goes_on: bool = False,
) -> HttpResponse:
    context = {
        "form": form,
        "meeting": meeting,
        "heading": heading,
        "submit": submit,
        "lead": lead,
        "goes_on": goes_on,
    }
    return render(request, "meetings/form.html", context, status=422 if form.errors else 200)
