"""What a meeting learns from its resolution (`meetings.providers`), and what of it can be found (`search.sources`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.meetings.models import Reply
from nenep.meetings.progress import meeting_day
from nenep.meetings.providers import Link, PreparationStep
from nenep.organizations.reach import may
from nenep.resolutions.models import DraftComment, Resolution, ResolutionStatus
from nenep.search.sources import Draft
from nenep.shared.vietnamese import clean

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nenep.meetings.models import Meeting
    from nenep.shared.viewer import Viewer


def preparation(meeting: Meeting) -> list[PreparationStep]:
    """The draft, and its comments once there are any: asked for together."""
    rows = Resolution.objects.filter(meeting=meeting)
    replies = list(rows.values_list("versions__comments__reply", flat=True))
    is_there = bool(replies)
    hint = _("Đã có dự thảo.") if is_there else _("Viết dự thảo để đảng viên đọc trước.")
    url = reverse("resolutions:draft", args=[meeting.pk])
    step = PreparationStep(_("Dự thảo nghị quyết"), is_there, hint, url, key="draft", in_turn=True)
    return [step, *_comments(meeting, [reply for reply in replies if reply])]


def _comments(meeting: Meeting, replies: list[str]) -> list[PreparationStep]:
    if not replies:
        return []
    words = {"all": len(replies), "open": replies.count(Reply.OPEN)}
    hint = _("Có %(all)d góp ý, %(open)d góp ý chưa trả lời.") % words
    url = reverse("resolutions:comment_inbox", args=[meeting.pk])
    return [PreparationStep(_("Trả lời góp ý dự thảo"), not words["open"], hint, url, key="comments")]


def links(viewer: Viewer, meeting: Meeting) -> list[Link]:
    resolution = Resolution.objects.filter(meeting=meeting).first()
    if resolution is None or not may(viewer, "resolutions.read", meeting.body_id):
        return []
    page = Link(_status_words(resolution), reverse("resolutions:page", args=[meeting.pk]))
    if not meeting.is_adopted or resolution.status != ResolutionStatus.ADOPTED:
        return [page]
    return [page, Link(_("In nghị quyết (PDF)"), reverse("resolutions:file", args=[meeting.pk, "pdf"]))]


def figures(meeting: Meeting) -> list[tuple[str, int]]:
    """A draft counts as prepared when it was written before the meeting was opened."""
    resolution = Resolution.objects.filter(meeting=meeting).first()
    in_time = resolution is not None and (
        meeting.opened_at is None or resolution.drafted_at < meeting.opened_at
    )
    comments = DraftComment.objects.filter(version__resolution__meeting=meeting)
    replies = list(comments.values_list("reply", flat=True))
    adapted = replies.count(Reply.ADAPTED)
    return [
        ("draft_prepared", int(in_time)),
        ("draft_comments", len(replies)),
        ("draft_comments_taken", replies.count(Reply.ADOPTED) + adapted),
        ("draft_comments_adapted", adapted),
        ("draft_comments_declined", replies.count(Reply.DECLINED)),
    ]


def records() -> QuerySet[Resolution]:
    return Resolution.objects.select_related("meeting", "document").prefetch_related("targets")


def draft(resolution: Resolution) -> Draft | None:
    """What the branch adopted, with its targets and without the names of who leads them; no draft is found."""
    if resolution.status != ResolutionStatus.ADOPTED:
        return None
    meeting, symbol = resolution.meeting, resolution.document.symbol if resolution.document else ""
    title = _("Nghị quyết %(symbol)s %(title)s") % {"symbol": symbol, "title": resolution.title}
    targets = [part for target in resolution.targets.all() for part in (target.what, target.measure)]
    texts = [resolution.review, resolution.direction, *targets, resolution.organization]
    return Draft(meeting.body_id, meeting_day(meeting), clean(title), "\n".join(filter(None, texts)))


def address(resolution: Resolution) -> str:
    return reverse("resolutions:page", args=[resolution.meeting_id])


def _status_words(resolution: Resolution) -> str:
    if resolution.status == ResolutionStatus.DRAFT:
        return _("Đọc dự thảo nghị quyết")
    return _("Nghị quyết (%(state)s)") % {"state": resolution.get_status_display().lower()}
