"""Handing out work, reporting on it, reviewing it with a cause, carrying it over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.assignments.models import (
    REPORTED,
    Assignment,
    AssignmentStatus,
    Management,
    Progress,
    Result,
    Review,
)
from nenep.assignments.providing import figures
from nenep.assignments.reads import causes_of
from nenep.journal.operations import record
from nenep.meetings.circle import require_summoned, summoned
from nenep.meetings.minutes import keep_late_figures
from nenep.meetings.models import AgendaItem, Meeting, MeetingStatus
from nenep.meetings.progress import meeting_day
from nenep.notices.operations import notify
from nenep.resolutions.gaps import lacks
from nenep.resolutions.models import ResolutionStatus
from nenep.shared.dates import now
from nenep.shared.once import made_before
from nenep.shared.states import Refused, hold, move
from nenep.shared.viewer import member_of
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from nenep.people.models import Member
    from nenep.resolutions.models import Target
    from nenep.shared.viewer import Viewer


@transaction.atomic
def hand_out(
    meeting: Meeting,
    *,
    what: str,
    owner: Member,
    due_on: date,
    measure: str = "",
    helpers: Sequence[Member] = (),
    item: AgendaItem | None = None,
    target: Target | None = None,
    continues: Assignment | None = None,
    once: UUID | None = None,
    by: Viewer | None,
) -> Assignment:
    """Give a piece of work to a member of the branch, from an item, a target or a piece of unfinished work.

    Owner and helpers stand on the roster of the meeting's day; who owns it is no helper. `once` is the key of the
    page that sends it: a second sending returns what the first one made.
    """
    hold(
        meeting,
        MeetingStatus.OPENED,
        MeetingStatus.CLOSED,
        MeetingStatus.ADOPTED,
        says=_("Phân công được ghi trong và sau kỳ sinh hoạt. Đồng chí khai mạc trước."),
    )
    if found := made_before(Assignment.objects.filter(meeting=meeting), once):
        return found
    day = meeting_day(meeting)
    require_due_after(day, due_on)
    require_summoned(meeting, [owner], field="owner")
    require_summoned(meeting, helpers, field="helpers")
    if item is not None and item.meeting_id != meeting.pk:
        raise ValueError(f"item {item.pk} belongs to meeting {item.meeting_id}, not {meeting.pk}")
    if target is not None:
        _require_free(target, meeting)
    assignment = Assignment(
        body_id=meeting.body_id,
        meeting=meeting,
        what=what,
        owner=owner,
        due_on=due_on,
        measure=measure,
        item=item,
        target=target,
        continues=continues,
        # What is carried over needs the same people as before.
        management=continues.management if continues else Management.NOT_NEEDED,
        once=once,
        given_at=now(),
    )
    assignment.full_clean()
    assignment.save()
    assignment.helpers.set([person for person in helpers if person != owner])
    record("assignment.given", by=by, body=meeting.body_id, obj=assignment, subject=owner.pk)
    tell(assignment, [owner.pk], "assignment.given", _("Đồng chí được giao một việc"), by=by)
    tell_helpers(assignment, assignment.helpers.values_list("pk", flat=True), by=by)
    return assignment


@transaction.atomic
def report_progress(
    assignment: Assignment, *, status: AssignmentStatus, line: str = "", by: Viewer | None
) -> Progress:
    """The owner says in one tap where the work stands; being stuck needs a line about what is in the way."""
    if status == AssignmentStatus.STUCK and not line.strip():
        raise Refused(_("Đồng chí ghi một dòng về điều đang vướng để chi bộ giúp gỡ."), field="line")
    if status not in REPORTED:
        raise ValueError(f"{status!r} is not something an owner reports")
    hold_open(assignment)
    if assignment.status != status:
        move(assignment, status)
    progress = Progress.objects.create(
        assignment=assignment, status=status, line=line, at=now(), by_id=member_of(by)
    )
    record("assignment.reported", by=by, body=assignment.body_id, obj=assignment, subject=assignment.owner_id)
    return progress


@transaction.atomic
def review(
    assignment: Assignment,
    *,
    meeting: Meeting,
    result: Result,
    cause: str,
    cause_text: str = "",
    actual: str = "",
    carry_to: date | None = None,
    by: Viewer | None,
) -> Review:
    """Judge a piece of work at a meeting. Without a cause it cannot be closed or carried over (R116).

    `carry_to` hands the unfinished rest out again with a new deadline; what is met is not carried over.
    Of a meeting held on paper the judgement is entered after its minutes, and counted then.
    """
    causes = {term.code for term in causes_of(meeting)}
    if cause not in causes:
        sentence = _("Đồng chí chọn nguyên nhân. Không có nguyên nhân thì chưa kiểm điểm xong.")
        raise Refused(sentence, field="cause")
    if meeting.body_id != assignment.body_id:
        raise ValueError(f"meeting {meeting.pk} is not of body {assignment.body_id}")
    late = [MeetingStatus.ADOPTED] if meeting.is_from_paper else []
    hold(
        meeting,
        MeetingStatus.OPENED,
        MeetingStatus.CLOSED,
        *late,
        says=_("Kiểm điểm được ghi trong kỳ sinh hoạt, trước khi thông qua biên bản."),
    )
    if late and meeting.starts_at <= assignment.meeting.starts_at:
        raise Refused(_("Việc này giao sau kỳ sinh hoạt ấy nên chưa thể kiểm điểm tại đó."), field="meeting")
    if carry_to and result == Result.MET:
        raise Refused(_("Việc đã đạt thì không chuyển tiếp sang tháng sau."), field="carry_to")
    move(assignment, AssignmentStatus.REVIEWED)
    row = Review(
        assignment=assignment,
        meeting=meeting,
        result=result,
        actual=actual,
        cause=cause,
        cause_text=cause_text,
        at=now(),
    )
    row.full_clean()
    row.save()
    if meeting.status == MeetingStatus.ADOPTED:
        # Before the event, as at adoption: facts first, then the chain.
        keep_late_figures(meeting, **dict(figures(meeting)))
    record("assignment.reviewed", by=by, body=assignment.body_id, obj=assignment, subject=assignment.owner_id)
    if carry_to:
        hand_out(
            meeting,
            what=assignment.what,
            owner=assignment.owner,
            due_on=carry_to,
            measure=assignment.measure,
            helpers=_still_there(assignment, meeting),
            continues=assignment,
            by=by,
        )
    return row


@transaction.atomic
def hand_out_targets(meeting: Meeting, *, by: Viewer | None) -> tuple[list[Assignment], list[Target]]:
    """Turn the targets of the adopted resolution into assignments; returns those, and the targets left to be given.

    Left are those without a leader or without a deadline after the meeting: nobody and no day is made up.
    """
    hold(meeting)
    if meeting.resolution.status != ResolutionStatus.ADOPTED:
        raise Refused(_("Nghị quyết chưa được thông qua nên chưa giao việc theo nghị quyết được."))
    free = list(meeting.resolution.targets.filter(assignment=None).select_related("lead"))
    left = [target for target in free if lacks(target, meeting_day(meeting))]
    given = [
        hand_out(
            meeting,
            what=target.what,
            owner=target.lead,  # type: ignore[arg-type]  # those without one are left
            due_on=target.due_on,  # type: ignore[arg-type]
            measure=target.measure,
            target=target,
            by=by,
        )
        for target in free
        if target not in left
    ]
    return given, left


def tell(
    assignment: Assignment, member_ids: Iterable[int], kind: str, title: str, *, by: Viewer | None
) -> None:
    notify(
        member_ids,
        kind=kind,
        title=title,
        text=_("Hạn %(due)s.") % {"due": day_words(assignment.due_on)},
        url=reverse("assignments:page", args=[assignment.pk]),
        body=assignment.body_id,
        about=assignment,
        by=by,
    )


def tell_helpers(assignment: Assignment, member_ids: Iterable[int], *, by: Viewer | None) -> None:
    title = _("Đồng chí được phân công phối hợp một việc")
    tell(assignment, member_ids, "assignment.given", title, by=by)


def hold_open(assignment: Assignment) -> None:
    """Lock it; refused with what has become of it when nothing more is to be said of it."""
    hold(assignment)
    if not assignment.is_open:
        raise Refused(assignment.state_words)


def require_due_after(day: date, due_on: date) -> None:
    if due_on <= day:
        sentence = _("Thời hạn phải sau ngày họp %(day)s. Đồng chí xem lại ngày.")
        raise Refused(sentence % {"day": day_words(day)}, field="due_on")


def _still_there(assignment: Assignment, meeting: Meeting) -> list[Member]:
    """The helpers whom this meeting may name: whoever has left meanwhile holds nothing up."""
    there = summoned(meeting)
    return [person for person in assignment.helpers.all() if person.pk in there]


def _require_free(target: Target, meeting: Meeting) -> None:
    """A target is given once, at its own meeting, after the branch has adopted it."""
    if target.resolution.meeting_id != meeting.pk:
        raise ValueError(f"target {target.pk} is not of meeting {meeting.pk}")
    if target.resolution.status != ResolutionStatus.ADOPTED:
        raise Refused(_("Nghị quyết chưa được thông qua nên chưa giao việc theo nghị quyết được."))
    if Assignment.objects.filter(target=target).exists():
        raise Refused(_("Việc này của nghị quyết đã được giao rồi."))
