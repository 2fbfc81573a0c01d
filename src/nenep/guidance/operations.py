"""Drafted, published to the branches below, revised by a next version, withdrawn: never changed without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.guidance.models import Guidance, GuidanceStatus, GuidanceVersion
from nenep.guidance.reads import branches_of, secretaries_of
from nenep.journal.operations import record
from nenep.notices.operations import notify
from nenep.organizations.reads import committee_name_on
from nenep.organizations.turns import take_turns
from nenep.shared.dates import month_start, now, today
from nenep.shared.once import made_before
from nenep.shared.stale import stale
from nenep.shared.states import Refused, hold, move
from nenep.shared.viewer import member_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from nenep.shared.viewer import Viewer


@transaction.atomic
def draft_guidance(
    body_id: int,
    *,
    frame: Mapping[str, Any],
    words: Mapping[str, Any],
    once: UUID | None = None,
    by: Viewer | None,
) -> Guidance:
    """A draft of a committee. `frame`: months and branches; `words`: the fields of `GuidanceVersion` that are typed."""
    take_turns(body_id)
    found: Guidance | None = made_before(Guidance.objects.filter(body=body_id), once)
    if found:
        return found
    guidance = Guidance(body_id=body_id, once=once, **frame)
    guidance.full_clean()
    guidance.save()
    _write(GuidanceVersion(guidance=guidance), words, by=by)
    record("guidance.drafted", by=by, body=body_id, obj=guidance)
    return guidance


@transaction.atomic
def revise_guidance(
    guidance: Guidance,
    *,
    words: Mapping[str, Any],
    frame: Mapping[str, Any] | None = None,
    seen: int,
    by: Viewer | None,
) -> int:
    """Change a draft in place; of a published one make the next version and tell the secretaries; returns how many.

    `frame` may change in a draft only. `seen`: the revision that the page showed; Stale when somebody saved since.
    """
    hold(
        guidance,
        GuidanceStatus.DRAFT,
        GuidanceStatus.PUBLISHED,
        says=_("Trọng tâm này đã thu hồi nên không sửa được nữa."),
    )
    current = GuidanceVersion.objects.filter(guidance=guidance).order_by("number").last()
    assert current is not None
    if guidance.revision != seen:
        raise stale(current, words, guidance.revision)
    guidance.revision += 1
    guidance.save(update_fields=["revision"])
    if guidance.is_draft:
        for name, value in (frame or {}).items():
            setattr(guidance, name, value)
        guidance.full_clean()
        guidance.save()
        _write(current, words, by=by)
        record("guidance.revised", by=by, body=guidance.body_id, obj=guidance, version=1)
        return 0
    version = GuidanceVersion(guidance=guidance, number=current.number + 1)
    _write(version, words, by=by)
    record("guidance.revised", by=by, body=guidance.body_id, obj=guidance, version=version.number)
    return _tell(guidance, _("Trọng tâm sinh hoạt đã sửa: %(title)s"), text=version.note, by=by)


@transaction.atomic
def publish_guidance(guidance: Guidance, *, by: Viewer | None) -> int:
    """Give it to the branches below; returns how many secretaries were told."""
    hold(guidance)
    if guidance.last_month < month_start(today()):
        raise Refused(_("Các tháng của trọng tâm này đã qua. Đồng chí sửa lại tháng rồi ban hành."))
    if not branches_of(guidance).exists():
        raise Refused(_("Không có chi bộ nào thuộc diện này. Đồng chí chọn lại chi bộ nhận."))
    move(guidance, GuidanceStatus.PUBLISHED, published_at=now())
    record("guidance.published", by=by, body=guidance.body_id, obj=guidance)
    return _tell(guidance, _("Trọng tâm sinh hoạt của cấp trên: %(title)s"), by=by)


@transaction.atomic
def withdraw_guidance(guidance: Guidance, *, reason: str, by: Viewer | None) -> int:
    """Take it back; what branches took onto their agendas is theirs and stays. Returns how many were told."""
    hold(guidance)
    was_published = guidance.is_published
    move(guidance, GuidanceStatus.WITHDRAWN, withdrawn_at=now(), withdrawal_reason=reason)
    record("guidance.withdrawn", by=by, body=guidance.body_id, obj=guidance)
    if not was_published:
        return 0
    return _tell(guidance, _("Cấp trên thu hồi trọng tâm sinh hoạt: %(title)s"), text=reason, by=by)


def _write(version: GuidanceVersion, words: Mapping[str, Any], *, by: Viewer | None) -> None:
    for name, value in words.items():
        setattr(version, name, value)
    version.at, version.by_id = now(), member_of(by)
    version.full_clean()
    version.save()


def _tell(guidance: Guidance, title: str, *, text: str = "", by: Viewer | None) -> int:
    """One notice to each secretary of the branches that it is meant for."""
    current = GuidanceVersion.objects.filter(guidance=guidance).order_by("number").last()
    assert current is not None
    told = notify(
        secretaries_of(guidance),
        kind="guidance.told",
        title=(title % {"title": current.title})[:200],
        text=text or committee_name_on(guidance.body_id, today()),
        url=reverse("guidance:page", args=[guidance.pk]),
        body=guidance.body_id,
        about=guidance,
        by_hand=False,
        by=by,
    )
    return len(told)
