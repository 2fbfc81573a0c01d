"""What members say about single lines of the draft before the meeting, and what became of each word (R127).

The author is kept for the author and for those who owe the answer; nobody else reads who said what.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.meetings.models import BEING_PREPARED, Reply
from nenep.notices.operations import notify
from nenep.people.models import Member
from nenep.resolutions.models import DraftComment, DraftVersion, Resolution, ResolutionStatus
from nenep.resolutions.versions import parts_of
from nenep.shared.dates import now
from nenep.shared.once import made_before
from nenep.shared.states import Refused, hold

if TYPE_CHECKING:
    from uuid import UUID

    from nenep.shared.viewer import Viewer

# In the order of `parts_of`.
COLUMNS = ("title", "review", "direction", "targets", "organization")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a version: `place` names it ("direction:2", "target:15"), `part` is the heading above it."""

    place: str
    part: str
    text: str


def lines_on(version: DraftVersion) -> list[Line]:
    found = []
    for column, (part, texts) in zip(COLUMNS, parts_of(version).items(), strict=True):
        for number, text in enumerate(texts, 1):
            target = column == "targets"
            place = f"target:{version.targets[number - 1]['id']}" if target else f"{column}:{number}"
            found.append(Line(place, part, text))
    return found


@transaction.atomic
def comment(
    resolution: Resolution, *, number: int, place: str, text: str, once: UUID | None = None, by: Viewer
) -> DraftComment:
    """Say something about a line of version `number`, the one that was read; until the meeting is opened."""
    says = _("Kỳ sinh hoạt đã khai mạc. Đồng chí phát biểu trực tiếp tại cuộc họp.")
    hold(resolution.meeting, *BEING_PREPARED, says=says)
    hold(resolution, ResolutionStatus.DRAFT, says=_("Dự thảo đã biểu quyết nên không góp ý được nữa."))
    if found := made_before(DraftComment.objects.filter(author=by.member_id), once):
        return found
    version = resolution.versions.filter(number=number).first()
    line = next((line for line in lines_on(version) if line.place == place), None) if version else None
    if version is None or line is None:
        raise Refused(_("Dòng này không còn trong dự thảo. Đồng chí mở lại trang và chọn dòng."))
    author = Member.objects.get(pk=by.member_id or 0)
    row = DraftComment(
        version=version, place=place, quote=line.text, author=author, text=text, once=once, at=now()
    )
    row.full_clean()
    row.save()
    body = resolution.meeting.body_id
    record("draft_comment.written", by=by, body=body, obj=row, subject=by.member_id)
    return row


@transaction.atomic
def answer_comment(row: DraftComment, *, reply: Reply, reason: str, by: Viewer) -> None:
    """Say once what became of a comment; taking it in part or not at all needs a reason, which the author is told."""
    hold(row)
    if row.reply != Reply.OPEN:
        raise Refused(_("Góp ý này đã được trả lời. Đồng chí tải lại trang để xem."))
    if reply in {Reply.ADAPTED, Reply.DECLINED} and not reason.strip():
        raise Refused(_("Đồng chí ghi lý do để người góp ý được biết."), field="reason")
    row.reply, row.reply_reason, row.replied_at = reply, reason, now()
    row.replied_by_id = by.member_id
    row.full_clean()
    row.save(update_fields=["reply", "reply_reason", "replied_at", "replied_by"])
    meeting = row.version.resolution.meeting
    record("draft_comment.answered", by=by, body=meeting.body_id, obj=row, subject=row.author_id)
    notify(
        [row.author_id],
        kind="draft_comment.answered",
        title=_("Góp ý dự thảo của đồng chí đã được trả lời"),
        text=row.get_reply_display(),
        url=reverse("resolutions:comments", args=[meeting.pk]),
        body=meeting.body_id,
        by=by,
    )
