"""Papers for the parts of an agenda: kept with their source and with what they mean for the branch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.files.models import Attachment
from nenep.files.operations import remove
from nenep.journal.operations import record
from nenep.meetings.agenda import presented_steps
from nenep.meetings.models import BEING_PREPARED
from nenep.meetings.rules import rules_of
from nenep.notices.operations import notify
from nenep.people.reads import leaders_on
from nenep.preparing.models import Material
from nenep.preparing.reading import begin_anew
from nenep.shared.dates import now, today
from nenep.shared.once import made_before
from nenep.shared.states import Refused, hold
from nenep.shared.viewer import member_of
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from uuid import UUID

    from nenep.meetings.models import Meeting
    from nenep.shared.viewer import Viewer


@transaction.atomic
def keep_material(
    meeting: Meeting,
    *,
    material: Material | None = None,
    once: UUID | None = None,
    by: Viewer | None,
    **fields: Any,
) -> Material:
    """Enter a paper for a part of the agenda, or change the one given as `material`.

    Refused where an official paper names no source (R128) and where its digest is longer than the rules of the
    meeting's day allow (R63). A second sending of the same page gives the first one's row.
    """
    _hold(meeting)
    if material is None and (found := made_before(Material.objects.filter(meeting=meeting), once)):
        return found
    row = material or Material(meeting=meeting, once=once, kept_by_id=member_of(by))
    if material is not None:
        begin_anew(material)
    for name, value in fields.items():
        setattr(row, name, value)
    if row.item is not None and row.item.meeting_id != meeting.pk:
        raise ValueError(f"item {row.item_id} belongs to another meeting than {meeting.pk}")
    _require_short(meeting, row.digest)
    row.kept_at = now()
    row.full_clean()
    row.save()
    record("material.kept", by=by, body=meeting.body_id, obj=row)
    if material is None:
        _tell_leaders(row, by=by)
    return row


@transaction.atomic
def remove_material(material: Material, *, by: Viewer | None) -> None:
    """Take a paper away, with its files."""
    _hold(material.meeting)
    for attachment in Attachment.objects.of(material):
        remove(attachment, by=by)
    record("material.removed", by=by, body=material.meeting.body_id, obj=material)
    material.delete()


def keep_presented(meeting: Meeting, *, by: Viewer | None) -> Material:
    """The paper that a thematic meeting held on paper had; one that was kept before the meeting stands for it.

    For whoever holds the meeting and writes its sheets down: nobody is told of what the branch has heard.
    """
    if found := Material.objects.filter(meeting=meeting, is_paper=True).first():
        return found
    row = Material(
        meeting=meeting,
        item=meeting.items.filter(step__in=presented_steps(meeting)).first(),
        title=_("Báo cáo chuyên đề"),
        is_official=False,
        is_paper=True,
        kept_at=now(),
        kept_by_id=member_of(by),
    )
    row.full_clean()
    row.save()
    record("material.kept", by=by, body=meeting.body_id, obj=row)
    return row


def source_of(material: Material) -> str:
    """Where it comes from in words: issuer, number, day; or the mark that it is not official (R128)."""
    if not material.is_official:
        return _("tài liệu tham khảo, không chính thức")
    number = _("số %(number)s") % {"number": material.number} if material.number else ""
    day = _("ngày %(day)s") % {"day": day_words(material.issued_on)} if material.issued_on else ""
    return (
        ", ".join(filter(None, [material.issuer, " ".join(filter(None, [number, day]))])) or material.address
    )


def _tell_leaders(row: Material, *, by: Viewer | None) -> None:
    """Whoever leads the branch learns that somebody else has brought a paper; nobody is told of the own deed."""
    body, day = row.meeting.body_id, today()
    leaders = leaders_on(body, day)
    if by is None or by.member_id in leaders:
        return
    words = {"name": by.name, "title": row.title, "item": row.item.title if row.item else ""}
    notify(
        leaders,
        kind="material.kept",
        title=_("Có tài liệu mới cho kỳ sinh hoạt"),
        text=_("Đồng chí %(name)s đưa lên “%(title)s” cho nội dung “%(item)s”.") % words,
        url=reverse("preparing:material", args=[row.pk]),
        body=body,
        about=row,
        by_hand=False,
        by=by,
    )


def _require_short(meeting: Meeting, digest: str) -> None:
    limit = rules_of(meeting).meeting.digest_length
    if limit.value is not None and len(digest) > limit.number:
        words = {"limit": limit.number, "length": len(digest)}
        raise Refused(
            _("Đồng chí rút ngắn còn nhiều nhất %(limit)d ký tự, hiện là %(length)d ký tự.") % words,
            field="digest",
        )


def _hold(meeting: Meeting) -> None:
    hold(meeting, *BEING_PREPARED, says=_("Kỳ sinh hoạt đã khai mạc nên không sửa tài liệu được nữa."))
