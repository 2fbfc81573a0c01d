"""What a meeting learns from its resolution (see `meetings.providers`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.meetings.models import Reply
from nenep.meetings.providers import Link, PreparationStep
from nenep.organizations.reach import may
from nenep.resolutions.models import DraftComment, Resolution, ResolutionStatus

if TYPE_CHECKING:
    from nenep.meetings.models import Meeting
    from nenep.shared.viewer import Viewer


def preparation(meeting: Meeting) -> list[PreparationStep]:
    is_there = Resolution.objects.filter(meeting=meeting).exists()
    hint = _("Đã có dự thảo.") if is_there else _("Viết dự thảo để đảng viên đọc trước.")
    url = reverse("resolutions:draft", args=[meeting.pk])
    return [PreparationStep(_("Dự thảo nghị quyết"), is_there, hint, url), *_comments(meeting)]


def _comments(meeting: Meeting) -> list[PreparationStep]:
    replies = _replies(meeting)
    if not replies:
        return []
    words = {"all": len(replies), "open": replies.count(Reply.OPEN)}
    hint = _("Có %(all)d góp ý, %(open)d góp ý chưa trả lời.") % words
    url = reverse("resolutions:comment_inbox", args=[meeting.pk])
    return [PreparationStep(_("Trả lời góp ý dự thảo"), not words["open"], hint, url)]


def _replies(meeting: Meeting) -> list[str]:
    rows = DraftComment.objects.filter(version__resolution__meeting=meeting)
    return list(rows.values_list("reply", flat=True))


def links(viewer: Viewer, meeting: Meeting) -> list[Link]:
    resolution = Resolution.objects.filter(meeting=meeting).first()
    if resolution is None or not may(viewer, "resolutions.read", meeting.body_id):
        return []
    return [Link(_status_words(resolution), reverse("resolutions:page", args=[meeting.pk]))]


def figures(meeting: Meeting) -> list[tuple[str, int]]:
    """A draft counts as prepared when it was written before the meeting was opened."""
    resolution = Resolution.objects.filter(meeting=meeting).first()
    in_time = resolution is not None and (
        meeting.opened_at is None or resolution.drafted_at < meeting.opened_at
    )
    replies = _replies(meeting)
    taken = replies.count(Reply.ADOPTED) + replies.count(Reply.ADAPTED)
    return [
        ("draft_prepared", int(in_time)),
        ("draft_comments", len(replies)),
        ("draft_comments_taken", taken),
    ]


def _status_words(resolution: Resolution) -> str:
    if resolution.status == ResolutionStatus.DRAFT:
        return _("Đọc dự thảo nghị quyết")
    return _("Nghị quyết (%(state)s)") % {"state": resolution.get_status_display().lower()}
