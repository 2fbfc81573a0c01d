"""Drafting and adopting the resolution of a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.documents.operations import issue_number
from nenep.journal.operations import record
from nenep.meetings.models import BEING_PREPARED, Meeting, MeetingStatus, Vote
from nenep.meetings.progress import meeting_day
from nenep.meetings.voting import count_vote
from nenep.resolutions.models import Resolution, ResolutionStatus, Target
from nenep.shared.dates import next_month, now
from nenep.shared.states import Refused, hold, move

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nenep.shared.viewer import Viewer


class StaleText(Refused):
    """Somebody else saved the draft in the meantime; `resolution` holds what they wrote."""

    def __init__(self, resolution: Resolution) -> None:
        super().__init__(
            _("Đồng chí khác vừa lưu dự thảo. Cả hai bản đều ở dưới đây; đồng chí xem rồi lưu lại.")
        )
        self.resolution = resolution


def usual_title(meeting: Meeting) -> str:
    """The title of a monthly resolution: it leads the month after the meeting's review."""
    return _("lãnh đạo thực hiện nhiệm vụ tháng %(month)s") % {
        "month": next_month(meeting.month).strftime("%m/%Y")
    }


@transaction.atomic
def draft(
    meeting: Meeting,
    *,
    title: str,
    review: str,
    direction: str,
    organization: str,
    targets: Sequence[dict[str, Any]],
    seen_revision: int,
    by: Viewer | None,
) -> Resolution:
    """Write or rewrite the draft and its targets; a deadline lies after the day of the meeting.

    `targets` are dicts of Target's columns in order; `seen_revision` is the revision the writer started from
    (0 for a new draft). Raises StaleText when somebody saved in between: nothing is overwritten.
    """
    hold(
        meeting,
        *BEING_PREPARED,
        MeetingStatus.OPENED,
        MeetingStatus.CLOSED,
        says=_("Biên bản đã thông qua nên không sửa dự thảo nghị quyết được nữa."),
    )
    resolution = Resolution.objects.filter(meeting=meeting).first()
    if resolution is None:
        resolution = Resolution(
            meeting=meeting, drafted_at=now(), drafted_by_id=by.member_id if by else None, revision=0
        )
    if resolution.status != ResolutionStatus.DRAFT:
        raise Refused(_("Nghị quyết đã biểu quyết nên không sửa được nữa."))
    if resolution.revision != seen_revision:
        raise StaleText(resolution)
    resolution.title, resolution.review = title, review
    resolution.direction, resolution.organization = direction, organization
    resolution.revision += 1
    resolution.full_clean(exclude=["meeting"])
    resolution.save()
    resolution.targets.all().delete()
    rows = [
        Target(resolution=resolution, position=place, **columns) for place, columns in enumerate(targets, 1)
    ]
    for row in rows:
        _check(row, meeting)
    Target.objects.bulk_create(rows)
    record("resolution.drafted", by=by, body=meeting.body_id, obj=resolution, revision=resolution.revision)
    return resolution


def _check(target: Target, meeting: Meeting) -> None:
    day = meeting_day(meeting)
    if target.due_on is not None and target.due_on <= day:
        raise Refused(
            _("Thời hạn của việc %(number)d phải sau ngày họp %(day)s.")
            % {"number": target.position, "day": f"{day:%d/%m/%Y}"}
        )
    target.full_clean(exclude=["resolution"])


@transaction.atomic
def put_to_vote(
    resolution: Resolution, *, votes_for: int, votes_against: int, votes_other: int, by: Viewer | None
) -> Vote:
    """Count the hands for the draft and adopt or reject it, in one step."""
    vote = count_vote(
        resolution.meeting,
        subject=_("Thông qua nghị quyết %(title)s") % {"title": resolution.title},
        kind="ordinary_resolution",
        votes_for=votes_for,
        votes_against=votes_against,
        votes_other=votes_other,
        by=by,
    )
    adopt(resolution, vote=vote, by=by)
    return vote


@transaction.atomic
def adopt(resolution: Resolution, *, vote: Vote, by: Viewer | None) -> None:
    """Adopt (or reject) the draft by the branch's vote; an adopted one gets its number (regulations.md F-03)."""
    meeting = resolution.meeting
    hold(
        meeting, MeetingStatus.OPENED, says=_("Nghị quyết chỉ thông qua được khi kỳ sinh hoạt đang diễn ra.")
    )
    if vote.meeting_id != meeting.pk:
        raise ValueError(f"vote {vote.pk} belongs to meeting {vote.meeting_id}, not {meeting.pk}")
    if not vote.passed:
        move(resolution, ResolutionStatus.REJECTED, vote=vote)
        record("resolution.rejected", by=by, body=meeting.body_id, obj=resolution)
        return
    document = issue_number(
        meeting.body,
        "NQ",
        day=meeting_day(meeting),
        subject=resolution.title,
        source=resolution,
        by=by,
    )
    move(resolution, ResolutionStatus.ADOPTED, vote=vote, adopted_at=now(), document=document)
    record("resolution.adopted", by=by, body=meeting.body_id, obj=resolution)
