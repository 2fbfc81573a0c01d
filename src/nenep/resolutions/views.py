from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nenep.documents.exports import Format, document_response
from nenep.journal.operations import record_read
from nenep.meetings import voting
from nenep.meetings.access import MeetingAccess
from nenep.meetings.happened import moved_on
from nenep.meetings.models import Meeting, MeetingKind
from nenep.meetings.preparation import late_words
from nenep.meetings.progress import meeting_day
from nenep.meetings.views.loading import after_saving, may_go_on, people_shown
from nenep.resolutions import operations
from nenep.resolutions.access import ResolutionAccess
from nenep.resolutions.beside import beside, with_carried
from nenep.resolutions.exports import content_of
from nenep.resolutions.forms import AdoptionForm, DraftForm, target_forms, targets_typed
from nenep.resolutions.gaps import gaps, lacks
from nenep.resolutions.loading import require
from nenep.resolutions.models import Resolution, ResolutionStatus
from nenep.resolutions.versions import changes
from nenep.shared.web import number_in, refusals_shown, refused_into

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.shared.web import Request


@require_GET
def page(request: Request, meeting_pk: int) -> HttpResponse:
    resolution, can = _load(request, meeting_pk)
    _record_read(request, resolution)
    # The reverse side of assignments, which stand on a higher floor.
    free = list(resolution.targets.filter(assignment=None)) if can.hand_out else []
    lacking = [(target, lacks(target, meeting_day(resolution.meeting))) for target in free]
    context = {
        "resolution": resolution,
        "meeting": resolution.meeting,
        "can": can,
        "content": content_of(resolution),
        "is_draft": resolution.status == ResolutionStatus.DRAFT,
        "has_targets_to_give": any(not words for _target, words in lacking),
        "left": [(target, words) for target, words in lacking if words],
    }
    return render(request, "resolutions/resolution_page.html", context)


@require_GET
def versions(request: Request, meeting_pk: int) -> HttpResponse:
    """Every version of the draft, the last first: who saved it when, and what it changed."""
    resolution, _can = _load(request, meeting_pk)
    rows = list(resolution.versions.select_related("by", "vote"))
    before = [None, *rows[:-1]]
    found = [(row, changes(old, row) if old else []) for old, row in zip(before, rows, strict=True)]
    context = {"meeting": resolution.meeting, "versions": found[::-1]}
    _record_read(request, resolution)
    return render(request, "resolutions/versions.html", context)


@require_GET
def file(request: Request, meeting_pk: int, fmt: Format) -> HttpResponse:
    """The resolution as Word or PDF in the official layout."""
    resolution, _can = _load(request, meeting_pk)
    _record_read(request, resolution)
    name = _("Nghị quyết tháng %(month)s") % {"month": resolution.meeting.month.strftime("%m-%Y")}
    return document_response(content_of(resolution), fmt, name)


def draft(request: Request, meeting_pk: int) -> HttpResponse:
    """Write the draft; a stale save shows what the other person wrote beside what was typed here."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.viewer).for_page(), pk=meeting_pk)
    require(ResolutionAccess(request.viewer, meeting), "draft")
    row = Resolution.objects.filter(meeting=meeting).prefetch_related("targets").first()
    _require_open_words(request, row)
    people = people_shown(request, meeting)
    initial = {"revision": row.revision} if row else operations.usual_words(meeting)
    is_thematic = meeting.kind == MeetingKind.THEMATIC
    form = DraftForm(request.POST or None, instance=row, initial=initial, is_thematic=is_thematic)
    lines = target_forms(
        list(row.targets.all()) if row else [], people, meeting_day(meeting), request.POST or None
    )
    status, around = 200, beside(meeting, row)
    carried = around.target(number_in(request, "carry"))
    if request.method == "POST":
        status = 422
        if form.is_valid() and all(line.is_valid() for line in lines):
            with refused_into(form):
                typed = targets_typed(lines)
                if carried:
                    typed = with_carried(meeting, typed, carried)
                saved = _save(request, meeting, form.cleaned_data, typed)
                if carried:
                    messages.success(request, _("Đã chuyển việc ấy sang dự thảo. Đồng chí ghi thời hạn mới."))
                    return redirect(reverse("resolutions:draft", args=[meeting.pk]) + "#targets")
                messages.success(request, _("Đã lưu dự thảo nghị quyết."))
                for sentence in [*gaps(saved), *filter(None, [late_words(meeting)])]:
                    messages.warning(request, sentence)
                page_of_draft = reverse("resolutions:page", args=[meeting.pk])
                return redirect(after_saving(request, meeting.pk, page_of_draft))
    context = {
        "meeting": meeting,
        "form": form,
        "lines": lines,
        "beside": around,
        "resolution": row,
        "goes_on": may_go_on(meeting),
    }
    return render(request, "resolutions/draft.html", context, status=status)


def adoption(request: Request, meeting_pk: int) -> HttpResponse:
    """The vote on the draft: count and adopt in one step, on the base of the pack."""
    resolution, can = _load(request, meeting_pk)
    meeting = resolution.meeting
    require(can, "adopt")
    _require_open_words(request, resolution, ResolutionStatus.REJECTED)
    form = AdoptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            operations.put_to_vote(resolution, by=request.viewer, **form.cleaned_data)
            _tell_outcome(request, resolution)
            return redirect("meetings:room", meeting.pk)
    numbers = voting.numbers_now(meeting)
    context = {
        "resolution": resolution,
        "meeting": meeting,
        "form": form,
        "gaps": gaps(resolution),
        "needed": numbers["vote_rule"].needed(numbers["base"]),
        **numbers,
    }
    return render(request, "resolutions/adoption.html", context, status=422 if form.errors else 200)


@require_POST
@refusals_shown
def named_vote(request: Request, meeting_pk: int) -> HttpResponse:
    """The vote on the draft by name: closing it adopts or rejects."""
    resolution, can = _load(request, meeting_pk)
    require(can, "adopt")
    _require_open_words(request, resolution, ResolutionStatus.REJECTED)
    vote = operations.put_to_named_vote(resolution, by=request.viewer)
    return redirect("votes:page", vote.pk)


def _load(request: Request, meeting_pk: int) -> tuple[Resolution, ResolutionAccess]:
    resolution = get_object_or_404(
        Resolution.objects.visible_to(request.viewer).for_page(), meeting_id=meeting_pk
    )
    return resolution, ResolutionAccess(request.viewer, resolution.meeting)


def _require_open_words(request: Request, resolution: Resolution | None, *voted: ResolutionStatus) -> None:
    """What the branch has adopted stays as it is; what it rejected is amended before it is `voted` on again."""
    if resolution is not None and resolution.status in {ResolutionStatus.ADOPTED, *voted}:
        words = {"state": resolution.get_status_display().lower()}
        sentence = _("Chi bộ đã biểu quyết nghị quyết này: %(state)s.") % words
        raise moved_on(MeetingAccess(request.viewer, resolution.meeting), sentence)


def _record_read(request: Request, resolution: Resolution) -> None:
    record_read("resolution.read", by=request.viewer, body=resolution.meeting.body_id, obj=resolution)


def _save(
    request: Request, meeting: Meeting, data: dict[str, Any], targets: list[dict[str, Any]]
) -> Resolution:
    return operations.draft(
        meeting,
        title=data["title"],
        review=data["review"],
        direction=data["direction"],
        organization=data["organization"],
        targets=targets,
        seen_revision=data["revision"],
        by=request.viewer,
    )


def _tell_outcome(request: Request, resolution: Resolution) -> None:
    vote = resolution.vote
    assert vote is not None
    words = {"votes": vote.votes_for, "base": vote.base}
    if vote.passed:
        messages.success(request, _("Nghị quyết đã thông qua với %(votes)d/%(base)d.") % words)
    else:
        messages.warning(request, _("Nghị quyết không thông qua: %(votes)d/%(base)d tán thành.") % words)
