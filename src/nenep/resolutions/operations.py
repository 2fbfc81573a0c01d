"""Drafting and adopting the resolution of a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from nenep.documents.issuing import keep_content
from nenep.documents.operations import issue_number
from nenep.journal.operations import record
from nenep.meetings.models import BEING_PREPARED, Meeting, MeetingKind, MeetingStatus, Vote
from nenep.meetings.progress import meeting_day
from nenep.meetings.voting import count_vote
from nenep.resolutions.beside import last_adopted
from nenep.resolutions.exports import content_of
from nenep.resolutions.models import Resolution, ResolutionStatus, Target
from nenep.resolutions.versions import keep_version
from nenep.search.operations import put
from nenep.shared.dates import next_month, now
from nenep.shared.once import is_stored
from nenep.shared.stale import stale
from nenep.shared.states import Refused, hold, move
from nenep.shared.viewer import member_of
from nenep.shared.words import day_words, month_words
from nenep.votes.operations import open_vote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nenep.shared.viewer import Viewer
    from nenep.votes.models import NamedVote


MANY = 1000  # more targets than any draft has


# Letters of a theme in a title, whose whole length is 300.
LONGEST_THEME = 250


def usual_title(meeting: Meeting) -> str:
    """A monthly resolution leads the month after the meeting; a thematic one answers the question of its theme."""
    if meeting.kind == MeetingKind.THEMATIC:
        return _("về chuyên đề “%(theme)s”") % {"theme": meeting.focus_question[:LONGEST_THEME].rstrip(" ?.")}
    return _("lãnh đạo thực hiện nhiệm vụ tháng %(month)s") % {
        "month": month_words(next_month(meeting.month))
    }


def usual_words(meeting: Meeting) -> dict[str, Any]:
    """What a new draft starts with, by its columns: the title, and who follows up as the last resolution had it."""
    last = last_adopted(meeting)
    return {
        "revision": 0,
        "title": usual_title(meeting),
        "organization": last.organization if last else "",
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

    `targets` are dicts of Target's columns in order, with the `id` of one that was there before: it stays the same
    target. A draft that the branch did not adopt is amended here and may be voted on again. `seen_revision` is the
    revision the writer started from (0 for a new draft); Stale when somebody saved in between: nothing is lost.
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
        resolution = Resolution(meeting=meeting, drafted_at=now(), drafted_by_id=member_of(by), revision=0)
    if resolution.status == ResolutionStatus.ADOPTED:
        raise Refused(_("Nghị quyết đã thông qua nên không sửa được nữa."))
    _require_no_open_vote(resolution)
    texts = {"title": title, "review": review, "direction": direction, "organization": organization}
    if resolution.revision != seen_revision:
        if is_stored(resolution, texts) and _are_stored(resolution, targets):
            return resolution
        raise stale(resolution, texts, resolution.revision)
    for name, text in texts.items():
        setattr(resolution, name, text)
    resolution.revision += 1
    resolution.full_clean(exclude=["meeting"])
    resolution.save()
    if resolution.status == ResolutionStatus.REJECTED:
        move(resolution, ResolutionStatus.DRAFT, vote=None)
    rows = _set_targets(resolution, targets)
    keep_version(resolution, rows, by=by)
    record("resolution.drafted", by=by, body=meeting.body_id, obj=resolution, revision=resolution.revision)
    return resolution


def _are_stored(resolution: Resolution, typed: Sequence[dict[str, Any]]) -> bool:
    """Whether the targets are just these: see `is_stored`. One sent for the first time has no `id` the second time."""
    there = list(resolution.targets.all())
    columns = [{name: value for name, value in row.items() if name != "id"} for row in typed]
    return len(there) == len(columns) and all(map(is_stored, there, columns))


def _set_targets(resolution: Resolution, typed: Sequence[dict[str, Any]]) -> list[Target]:
    """Write the targets in their order: those named by `id` are changed, the others made, the rest taken out."""
    there = {target.pk: target for target in resolution.targets.all()}
    rows = []
    for place, columns in enumerate(typed, 1):
        row = there.pop(columns.get("id") or 0, None) or Target(resolution=resolution)
        row.position = place
        for name, value in columns.items():
            if name != "id":
                setattr(row, name, value)
        _check(row, resolution.meeting)
        rows.append(row)
    Target.objects.filter(pk__in=there).delete()
    # Out of the way first: no two targets hold one place at any moment.
    resolution.targets.update(position=F("position") + MANY)
    for row in rows:
        row.save()
    return rows


def _check(target: Target, meeting: Meeting) -> None:
    day = meeting_day(meeting)
    if target.due_on is not None and target.due_on <= day:
        raise Refused(
            _("Thời hạn của việc %(number)d phải sau ngày họp %(day)s.")
            % {"number": target.position, "day": day_words(day)}
        )
    target.full_clean(exclude=["resolution"], validate_constraints=False)


@transaction.atomic
def put_to_vote(
    resolution: Resolution, *, votes_for: int, votes_against: int, votes_other: int, by: Viewer | None
) -> Vote:
    """Count the hands for the draft and adopt or reject it, in one step."""
    hold(resolution.meeting)
    hold(
        resolution,
        ResolutionStatus.DRAFT,
        says=_("Dự thảo này đã biểu quyết. Đồng chí xem kết quả ở trang nghị quyết."),
    )
    _require_no_open_vote(resolution)
    vote = count_vote(
        resolution.meeting,
        subject=_subject(resolution),
        kind="ordinary_resolution",
        votes_for=votes_for,
        votes_against=votes_against,
        votes_other=votes_other,
        by=by,
    )
    adopt(resolution, vote=vote, by=by)
    return vote


@transaction.atomic
def put_to_named_vote(resolution: Resolution, *, by: Viewer | None) -> NamedVote:
    """Let the members vote on the draft by name; it stays as it is until the vote is closed, which decides on it."""
    hold(resolution.meeting)
    hold(
        resolution,
        ResolutionStatus.DRAFT,
        says=_("Dự thảo này đã biểu quyết. Đồng chí xem kết quả ở trang nghị quyết."),
    )
    vote = open_vote(
        resolution.meeting, subject=_subject(resolution)[:300], kind="ordinary_resolution", by=by
    )
    resolution.named_vote = vote
    resolution.save(update_fields=["named_vote"])
    return vote


def adopt_by_named_vote(vote: NamedVote, by: Viewer | None) -> None:
    """The vote by name has been counted: if it was on a draft, that is adopted or rejected with it."""
    resolution = Resolution.objects.filter(named_vote=vote).select_related("meeting__body").first()
    if resolution is not None and vote.result is not None:
        adopt(resolution, vote=vote.result, by=by)


def _subject(resolution: Resolution) -> str:
    return _("Thông qua nghị quyết %(title)s") % {"title": resolution.title}


def _require_no_open_vote(resolution: Resolution) -> None:
    """What is being voted on neither changes nor is counted in another way. Under the lock of the meeting."""
    if resolution.named_vote is not None and resolution.named_vote.is_open:
        raise Refused(
            _("Chi bộ đang biểu quyết ghi tên về dự thảo này. Đồng chí kết thúc biểu quyết ấy trước.")
        )


@transaction.atomic
def adopt(resolution: Resolution, *, vote: Vote, by: Viewer | None) -> None:
    """Adopt (or reject) the draft by the branch's vote; an adopted one gets its number (regulations.md F-03)."""
    meeting = resolution.meeting
    hold(
        meeting, MeetingStatus.OPENED, says=_("Nghị quyết chỉ thông qua được khi kỳ sinh hoạt đang diễn ra.")
    )
    if vote.meeting_id != meeting.pk:
        raise ValueError(f"vote {vote.pk} belongs to meeting {vote.meeting_id}, not {meeting.pk}")
    resolution.versions.filter(number=resolution.revision).update(vote=vote)
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
    keep_content(document, content_of(resolution))
    put(resolution)
    record("resolution.adopted", by=by, body=meeting.body_id, obj=resolution)
