"""Step 1: the secretary prepares. One page with the checklist, the plan and the agenda."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nenep.journal.operations import Draft, record_reads
from nenep.meetings import agenda, answers, operations, recording
from nenep.meetings.forms import AgendaItemForm, CommitteeMeetingForm, PlanForm, PostponeForm, ReplyForm
from nenep.meetings.models import CommitteeMeeting, Meeting, MeetingKind, Opinion
from nenep.meetings.preparation import steps_before_notice
from nenep.meetings.progress import meeting_day, steps_of
from nenep.meetings.rules import least_minutes
from nenep.meetings.views.loading import at_revision, load_item, load_meeting
from nenep.organizations.reach import may
from nenep.organizations.reads import name_on
from nenep.people.models import Post
from nenep.people.reads import office_holders, roster
from nenep.people.showing import roster_shown
from nenep.shared.dates import today
from nenep.shared.web import is_part, refusals_shown, refused_into

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
    kept, dropped = agenda.suggestions_for(meeting)
    minimum = least_minutes(meeting) if meeting.kind == MeetingKind.REGULAR else None
    context = {
        "meeting": meeting,
        "can": can,
        "steps": steps_of(meeting, today()),
        "body_name": name_on(meeting.body_id, meeting_day(meeting)),
        "checklist": steps_before_notice(meeting),
        **_agenda(meeting),
        "agenda_open": request.GET.get("agenda") == "1",
        "minimum": minimum,
        "suggestions": kept,
        "dropped": dropped,
        "opinions": meeting.opinions.count(),
    }
    return render(request, "meetings/preparation.html", context)


def plan(request: Request, pk: int) -> HttpResponse:
    meeting, can = load_meeting(request, pk, "prepare")
    people = [
        entry.member_id for entry in roster_shown(meeting.body_id, meeting_day(meeting), by=request.viewer)
    ]
    form = PlanForm(request.POST or None, instance=meeting, roster=people, chooses=can.choose_people)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            fresh = Meeting.objects.get(pk=pk)
            operations.plan(fresh, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("Đã lưu thời gian, địa điểm và phân công."))
            return redirect("meetings:preparation", pk)
    return _form_page(request, form, meeting, _("Thời gian, địa điểm, chủ trì"), _("Lưu"))


def postponement(request: Request, pk: int) -> HttpResponse:
    meeting, _can = load_meeting(request, pk, "postpone")
    form = PostponeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            operations.postpone(meeting, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("Đã đổi thời gian họp."))
            return redirect("meetings:page", pk)
    lead = _("Nếu đã thông báo, chương trình sẽ báo lại cho tất cả đảng viên.")
    return _form_page(request, form, meeting, _("Hoãn hoặc đổi ngày họp"), _("Đổi thời gian họp"), lead)


def committee_meeting(request: Request, pk: int) -> HttpResponse:
    meeting, _can = load_meeting(request, pk, "prepare")
    row = CommitteeMeeting.objects.filter(meeting=meeting).first()
    initial: dict[str, Any] = (
        {"revision": row.revision} if row else {"present": _committee_names(meeting), "revision": 0}
    )
    form = CommitteeMeetingForm(request.POST or None, instance=row, initial=initial)
    clash = None
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            fields = dict(form.cleaned_data)
            seen = fields.pop("revision") or 0
            try:
                recording.record_committee_meeting(meeting, by=request.viewer, seen_revision=seen, **fields)
            except recording.StaleLines as stale:
                clash, form = stale, CommitteeMeetingForm(at_revision(request, stale.revision))
            else:
                messages.success(request, _("Đã lưu biên bản họp chi ủy."))
                return redirect("meetings:preparation", pk)
    return _form_page(
        request,
        form,
        meeting,
        _("Biên bản họp chi ủy"),
        _("Lưu biên bản họp chi ủy"),
        kept_as="committee",
        lines_clash=clash,
    )


def item_addition(request: Request, pk: int) -> HttpResponse:
    meeting, _can = load_meeting(request, pk, "prepare")
    people = [
        entry.member_id for entry in roster_shown(meeting.body_id, meeting_day(meeting), by=request.viewer)
    ]
    form = AgendaItemForm(request.POST or None, roster=people)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            agenda.add_item(meeting, by=request.viewer, category="discussion", **form.cleaned_data)
            return redirect(_agenda_address(pk, "agenda"))
    return _form_page(request, form, meeting, _("Thêm nội dung"), _("Thêm vào chương trình"))


def item_change(request: Request, pk: int) -> HttpResponse:
    item = load_item(request, pk, "prepare")
    meeting = item.meeting
    people = [
        entry.member_id for entry in roster_shown(meeting.body_id, meeting_day(meeting), by=request.viewer)
    ]
    form = AgendaItemForm(request.POST or None, instance=item, roster=people)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            agenda.change_item(item, by=request.viewer, **form.cleaned_data)
            return redirect(_agenda_address(meeting.pk, f"item-{item.pk}"))
    return _form_page(request, form, meeting, _("Sửa nội dung"), _("Lưu"))


@require_POST
@refusals_shown
def item_position(request: Request, pk: int) -> HttpResponse:
    item = load_item(request, pk, "prepare")
    agenda.move_item(item, step=-1 if request.POST.get("to") == "up" else 1, by=request.viewer)
    if is_part(request):
        return render(request, "meetings/_agenda_edit.html", _agenda(item.meeting))
    return redirect(_agenda_address(item.meeting_id, f"item-{item.pk}"))


@require_POST
@refusals_shown
def item_removal(request: Request, pk: int) -> HttpResponse:
    item = load_item(request, pk, "prepare")
    agenda.remove_item(item, by=request.viewer)
    messages.success(request, _("Đã bỏ “%(title)s” khỏi chương trình.") % {"title": item.title})
    return redirect(_agenda_address(item.meeting_id, "agenda"))


@require_POST
@refusals_shown
def suggestion_choice(request: Request, pk: int) -> HttpResponse:
    """Take a suggested point off this month's agenda, or put it back."""
    meeting, _can = load_meeting(request, pk, "prepare")
    choose = agenda.drop_suggestion if request.POST.get("choice") == "drop" else agenda.restore_suggestion
    choose(meeting, key=request.POST.get("key", "")[:60], by=request.viewer)
    return redirect(reverse("meetings:preparation", args=[pk]) + "#suggestions")


@require_GET
def opinion_inbox(request: Request, pk: int) -> HttpResponse:
    """What members wrote beforehand, for those who owe an answer."""
    meeting, _can = load_meeting(request, pk, "read_opinions")
    return _inbox(request, meeting, answered={})


@require_POST
def opinion_reply(request: Request, pk: int) -> HttpResponse:
    opinion = get_object_or_404(Opinion.objects.select_related("meeting"), pk=pk)
    meeting, _can = load_meeting(request, opinion.meeting_id, "read_opinions")
    form = ReplyForm(request.POST, prefix=f"o{opinion.pk}")
    if form.is_valid():
        with refused_into(form):
            answers.answer_opinion(opinion, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("Đã trả lời ý kiến."))
            return redirect("meetings:opinion_inbox", meeting.pk)
    return _inbox(request, meeting, answered={opinion.pk: form}, status=422)


def _inbox(
    request: Request, meeting: Meeting, *, answered: dict[int, ReplyForm], status: int = 200
) -> HttpResponse:
    opinions = list(meeting.opinions.select_related("author", "item").order_by("at"))
    _record_authors_read(request, meeting, opinions)
    rows = [(row, answered.get(row.pk) or ReplyForm(prefix=f"o{row.pk}")) for row in opinions]
    return render(request, "meetings/opinion_inbox.html", {"meeting": meeting, "rows": rows}, status=status)


def _record_authors_read(request: Request, meeting: Meeting, opinions: Iterable[Opinion]) -> None:
    """One event for each author, who sees later who read it."""
    kind = Meeting._meta.label_lower
    drafts = [
        Draft("opinions.read", meeting.body_id, kind, meeting.pk, subject=opinion.author_id)
        for opinion in opinions
    ]
    record_reads(drafts, by=request.viewer)


def _agenda(meeting: Meeting) -> dict[str, Any]:
    """The items, and the one source that most of them come from, to be said once above them."""
    items = list(meeting.items.select_related("presenter"))
    sources = Counter(item.why for item in items if item.step)
    return {
        "items": items,
        "total_minutes": sum(item.minutes for item in items),
        "source": sources.most_common(1)[0][0] if sources else "",
    }


def _agenda_address(pk: int, place: str) -> str:
    """The preparation with its agenda unfolded, at one of its lines."""
    return reverse("meetings:preparation", args=[pk]) + f"?agenda=1#{place}"


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
    **more: Any,
) -> HttpResponse:
    context = {"form": form, "meeting": meeting, "heading": heading, "submit": submit, "lead": lead, **more}
    status = 409 if more.get("lines_clash") else 422 if form.errors else 200
    return render(request, "meetings/form.html", context, status=status)
