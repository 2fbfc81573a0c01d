from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.forms import model_to_dict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nenep.assignments import correcting, operations, providers
from nenep.assignments.access import AssignmentAccess, may_hand_out
from nenep.assignments.forms import AssignmentForm, CorrectionForm, ProgressForm, ReviewForm
from nenep.assignments.models import Assignment, AssignmentStatus, Management, Result, Review
from nenep.assignments.providers import Source
from nenep.assignments.reads import cause_of, causes_of, reviewing
from nenep.assignments.settling import settle
from nenep.journal.operations import record_read
from nenep.meetings.access import MeetingAccess
from nenep.meetings.happened import moved_on
from nenep.meetings.models import AgendaItem, Meeting, MeetingStatus
from nenep.meetings.progress import meeting_day
from nenep.meetings.views.loading import people_shown, people_shown_on
from nenep.notices.operations import mark_seen
from nenep.organizations.models import Body
from nenep.resolutions.gaps import lacks
from nenep.resolutions.models import Target
from nenep.shared.moved_on import MovedOn, require_verb
from nenep.shared.vietnamese import lower_first
from nenep.shared.web import is_part, number_in, refusals_shown, refused_into
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.assignments.models import AssignmentQuerySet
    from nenep.shared.web import Request


_AFTER_REVIEW: dict[str, str] = {
    MeetingStatus.OPENED: "meetings:room",
    MeetingStatus.CLOSED: "meetings:minutes",
    MeetingStatus.ADOPTED: "meetings:page",
}


@require_GET
def assignment_list(request: Request) -> HttpResponse:
    """Open work of the viewer's branches, overdue first; what was reviewed is one link away."""
    found = Assignment.objects.visible_to(request.viewer).for_list()
    show_all = request.GET.get("all") == "1"
    rows = list(found.standing() if show_all else found.open())
    for body in sorted({row.body_id for row in rows if row.owner_id != request.viewer.member_id}):
        record_read("assignments.listed", by=request.viewer, body=body, obj=Body(pk=body))
    context = {"rows": rows, "show_all": show_all}
    return render(request, "assignments/assignment_list.html", context)


@require_GET
def mine(request: Request) -> HttpResponse:
    rows = Assignment.objects.filter(owner_id=request.viewer.member_id).for_list()
    context = {
        "open": rows.open(),
        "done": rows.filter(status=AssignmentStatus.REVIEWED),
        "helped": Assignment.objects.helped_by(request.viewer.member_id).open().for_list(),
    }
    return render(request, "assignments/mine.html", context)


@require_GET
def page(request: Request, pk: int) -> HttpResponse:
    """One assignment: its course, the owner's one-tap report, and the review at a meeting."""
    assignment, can = _load(request, pk)
    mark_seen(assignment, by=request.viewer)
    return _page(request, assignment, can, ProgressForm.starting_at(assignment))


@require_POST
@refusals_shown
def progress(request: Request, pk: int) -> HttpResponse:
    assignment, can = _load(request, pk)
    _require(can, "report")
    form = ProgressForm(request.POST)
    if form.is_valid():
        status, line = AssignmentStatus(form.cleaned_data["status"]), form.cleaned_data["line"]
        said = _("Đã ghi: %(state)s.") % {"state": status.label.lower()}
        if is_part(request):  # one tap in a list: nothing was typed that a refusal could lose
            operations.report_progress(assignment, status=status, line=line, by=request.viewer)
            context = {"assignment": assignment, "with_report": True, "said": said}
            return render(request, "assignments/_line.html", context)
        with refused_into(form):
            operations.report_progress(assignment, status=status, line=line, by=request.viewer)
            messages.success(request, said)
            return redirect("assignments:page", pk)
    return _page(request, assignment, can, form)


@require_POST
@refusals_shown
def management(request: Request, pk: int) -> HttpResponse:
    """One press: the management has to agree, has agreed, or is not needed."""
    assignment, can = _load(request, pk)
    _require(can, "settle")
    wish = request.POST.get("management")
    if wish not in Management.values:
        raise BadRequest(f"no such mark: {wish!r}")
    settle(assignment, management=Management(wish), by=request.viewer)
    messages.success(request, _("Đã ghi: %(state)s.") % {"state": lower_first(str(Management(wish).label))})
    return redirect("assignments:page", pk)


def review(request: Request, pk: int) -> HttpResponse:
    """Met, partly or not met, and why: at the meeting that is running, or at one that was entered from paper."""
    assignment, can = _load(request, pk)
    _require(can, "review")
    meetings = {meeting.pk: meeting for meeting in reviewing(assignment)}
    latest = next(iter(meetings.values()), None)
    on_paper = [(pk, day_words(meeting_day(row))) for pk, row in meetings.items() if row.is_from_paper]
    causes = causes_of(latest or assignment.meeting)
    form = ReviewForm(request.POST or None, causes=causes, on_paper=on_paper)
    if request.method == "POST" and latest and form.is_valid():
        data = {**form.cleaned_data, "result": Result(form.cleaned_data["result"])}
        meeting = meetings[data.pop("meeting", latest.pk)]
        with refused_into(form):
            operations.review(assignment, meeting=meeting, by=request.viewer, **data)
            messages.success(request, _("Đã kiểm điểm việc này."))
            return redirect(_AFTER_REVIEW[meeting.status], meeting.pk)
    context = {"assignment": assignment, "meeting": latest, "form": form}
    return render(request, "assignments/review.html", context, status=422 if form.errors else 200)


def handing_out(request: Request, meeting_pk: int) -> HttpResponse:
    """Give a piece of work during or after a meeting; `item`, `target` of the resolution or `from` say whence."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.viewer), pk=meeting_pk)
    if not may_hand_out(request.viewer, meeting.body_id):
        raise PermissionDenied
    if meeting.is_being_prepared or meeting.is_called_off:
        raise moved_on(MeetingAccess(request.viewer, meeting))
    item = AgendaItem.objects.filter(meeting=meeting, pk=number_in(request, "item")).first()
    people = people_shown(request, meeting)
    target = Target.objects.filter(
        resolution__meeting=meeting, assignment=None, pk=number_in(request, "target")
    ).first()
    source = _source(request, meeting)
    form = AssignmentForm(request.POST or None, roster=people, initial=_from(target or source))
    if request.method == "POST" and form.is_valid():
        with refused_into(form), transaction.atomic():
            work = operations.hand_out(
                meeting, item=item, target=target, by=request.viewer, **form.cleaned_data
            )
            if source:
                source.keep(work)
            messages.success(request, _("Đã giao việc và báo cho người thực hiện."))
            return redirect(_after_giving(meeting, target), meeting.pk)
    context = {
        "form": form,
        "meeting": meeting,
        "item": item,
        "target": target,
        "source": source,
        "given": _with_access(
            request,
            Assignment.objects.given_at(meeting)
            .select_related("meeting__minutes")
            .prefetch_related("helpers"),
        ),
    }
    return render(request, "assignments/handing_out.html", context, status=422 if form.errors else 200)


def correction(request: Request, pk: int) -> HttpResponse:
    """Change what was given wrongly, until the minutes are adopted; what was taken over, until it is judged."""
    assignment, can = _load(request, pk)
    _require(can, "correct")
    people = people_shown_on(request, assignment.body_id, correcting.naming_day(assignment))
    form = CorrectionForm(request.POST or None, roster=people, initial=model_to_dict(assignment))
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            correcting.correct(assignment, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("Đã sửa việc được giao và báo cho người thực hiện."))
            return redirect("assignments:page", pk)
    context = {"form": form, "assignment": assignment}
    return render(request, "assignments/correction.html", context, status=422 if form.errors else 200)


@refusals_shown
def withdrawal(request: Request, pk: int) -> HttpResponse:
    """GET asks once more; POST takes back what was given by mistake."""
    assignment, can = _load(request, pk)
    _require(can, "correct")
    if request.method == "POST":
        correcting.withdraw(assignment, by=request.viewer)
        messages.success(request, _("Đã bỏ việc “%(what)s”.") % {"what": assignment.what})
        if assignment.is_taken_over:  # the meeting is of a branch that has ended
            return redirect("assignments:list")
        return redirect("assignments:handing_out", assignment.meeting_id)
    context = {
        "question": _("Bỏ việc “%(what)s”") % {"what": assignment.what},
        "consequences": [
            _("Việc này không còn trong danh sách phân công. Người thực hiện được báo.")
            if assignment.is_taken_over
            else _("Việc này không còn trong biên bản và danh sách phân công. Người thực hiện được báo."),
        ],
        "facts": [
            (_("Người thực hiện"), assignment.owner.full_name),
            (_("Thời hạn"), day_words(assignment.due_on)),
        ],
        "action": _("Bỏ việc này"),
        "back_url": reverse("assignments:page", args=[pk]),
    }
    return render(request, "ui/confirm.html", context)


@require_POST
@refusals_shown
def from_resolution(request: Request, meeting_pk: int) -> HttpResponse:
    """Hand out every target of the adopted resolution that has a leader and a deadline; say which are left."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.viewer), pk=meeting_pk)
    if not may_hand_out(request.viewer, meeting.body_id):
        raise PermissionDenied
    if not hasattr(meeting, "resolution"):
        raise moved_on(MeetingAccess(request.viewer, meeting), _("Kỳ sinh hoạt này không có nghị quyết."))
    given, left = operations.hand_out_targets(meeting, by=request.viewer)
    counts = {"count": len(given), "all": len(given) + len(left)}
    if not left:
        messages.success(request, _("Đã giao %(count)d việc theo nghị quyết.") % counts)
        return redirect("meetings:page", meeting.pk)
    some = (
        _("Đã giao %(count)d trong %(all)d việc.")
        if given
        else _("Chưa giao được việc nào trong %(all)d việc.")
    )
    sentences = [some % counts]
    for target in left:
        words = {"what": target.what, "lacks": lacks(target, meeting_day(meeting))}
        sentences.append(_("Còn việc “%(what)s” %(lacks)s.") % words)
    messages.warning(request, " ".join(sentences))
    return redirect("resolutions:page", meeting.pk)


def _load(request: Request, pk: int) -> tuple[Assignment, AssignmentAccess]:
    rows = Assignment.objects.visible_to(request.viewer).prefetch_related("helpers")
    rows = rows.select_related("owner", "meeting__minutes", "item", "continues")
    assignment = get_object_or_404(rows, pk=pk)
    owner = assignment.owner_id
    record_read("assignment.read", by=request.viewer, body=assignment.body_id, obj=assignment, subject=owner)
    return assignment, AssignmentAccess(request.viewer, assignment)


def _require(can: AssignmentAccess, verb: str) -> None:
    require_verb(can, verb, lambda: _late(can.assignment))


def _late(work: Assignment) -> MovedOn:
    sentence = (
        _("Biên bản ghi việc này đã thông qua, hoặc người thực hiện đã báo tiến độ, nên không sửa được nữa.")
        if work.is_open
        else work.state_words
    )
    return MovedOn(sentence, reverse("assignments:page", args=[work.pk]), _("Về trang của việc này"))


def _with_access(request: Request, rows: AssignmentQuerySet) -> list[tuple[Assignment, AssignmentAccess]]:
    return [(row, AssignmentAccess(request.viewer, row)) for row in rows.for_list()]


def _source(request: Request, meeting: Meeting) -> Source | None:
    """The record of a higher module from which the work is given, by the address or the form."""
    key = (request.POST.get("from") or request.GET.get("from") or "")[:60]
    return next(iter(providers.sources.ask(request.viewer, meeting, key)), None) if key else None


def _from(origin: Target | Source | None) -> dict[str, Any]:
    """What a form to give it starts with."""
    if origin is None:
        return {}
    if isinstance(origin, Source):
        return {"what": origin.what, "due_on": origin.due_on}
    target = origin
    return {
        "what": target.what,
        "owner": target.lead_id,
        "due_on": target.due_on,
        "measure": target.measure,
    }


def _after_giving(meeting: Meeting, target: Target | None) -> str:
    if target is not None:
        return "resolutions:page"
    return "meetings:room" if meeting.status == MeetingStatus.OPENED else "meetings:page"


def _page(
    request: Request, assignment: Assignment, can: AssignmentAccess, form: ProgressForm
) -> HttpResponse:
    found = Review.objects.filter(assignment=assignment).select_related("meeting").first()
    progress = list(assignment.progress.select_related("by"))
    context = {
        "assignment": assignment,
        "can": can,
        "form": form,
        "progress": progress,
        "said_at": next((step.at for step in progress if step.status == AssignmentStatus.DONE), None),
        "review": found,
        "cause": cause_of(found) if found else "",
        "origins": providers.pages.ask(request.viewer, assignment),
        "successor": Assignment.objects.filter(continues=assignment).first(),
    }
    return render(request, "assignments/assignment_page.html", context, status=422 if form.errors else 200)
