"""Handing a draft to whoever signs it, and the answer: it will be signed as it stands, or what is to be changed first.

The signature on paper is what counts: nothing waits for this answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.documents.drafting.models import Consent, DraftStatus
from nenep.journal.operations import record
from nenep.notices.operations import notify
from nenep.shared.dates import now
from nenep.shared.states import Refused, hold

if TYPE_CHECKING:
    from nenep.documents.models import Draft
    from nenep.shared.viewer import Viewer


@transaction.atomic
def ask(draft: Draft, *, by: Viewer | None) -> None:
    """Show the draft to its signer, who is told. Refused where no member is named; a second time tells nobody again."""
    _hold(draft)
    if draft.signer_id is None:
        raise Refused(_("Người ký này không có tài khoản trên phần mềm; đồng chí in ra để trình."))
    if draft.consent in {Consent.ASKED, Consent.AGREED}:
        return
    _set(draft, Consent.ASKED)
    record("draft.asked", by=by, body=draft.body_id, obj=draft, revision=draft.revision)
    _tell(draft, [draft.signer_id], "draft.asked", _("Có văn bản trình đồng chí ký"), draft.subject, by)


@transaction.atomic
def answer(draft: Draft, *, agrees: bool, reason: str = "", seen_revision: int, by: Viewer) -> None:
    """What the signer says of the draft as it was read; its author is told. Refused when it changed since.

    A draft is returned with a `reason`.
    """
    _hold(draft)
    if draft.signer_id is None or draft.signer_id != by.member_id:
        raise Refused(_("Chỉ người ký trả lời được."))
    if draft.revision != seen_revision:
        raise Refused(_("Dự thảo vừa được sửa. Đồng chí xem bản mới rồi trả lời."))
    if not agrees and not reason.strip():
        raise Refused(_("Đồng chí ghi cần sửa gì."), field="reason")
    said = Consent.AGREED if agrees else Consent.RETURNED
    if draft.consent == said and draft.consent_reason == reason.strip():
        return  # the same page was sent again
    _set(draft, said, reason="" if agrees else reason.strip())
    record("draft.answered", by=by, body=draft.body_id, obj=draft, revision=draft.revision, answer=said.value)
    if draft.author_id is not None and draft.author_id != by.member_id:
        title = _("Người ký đồng ý với dự thảo văn bản") if agrees else _("Người ký trả lại dự thảo văn bản")
        _tell(draft, [draft.author_id], "draft.answered", title, draft.consent_reason or draft.subject, by)


def _hold(draft: Draft) -> None:
    hold(draft, DraftStatus.DRAFTING, says=_("Văn bản này đã ban hành."))


def _set(draft: Draft, consent: Consent, *, reason: str = "") -> None:
    draft.consent, draft.consent_reason, draft.consent_at = consent, reason, now()
    draft.full_clean()
    draft.save(update_fields=["consent", "consent_reason", "consent_at"])


def _tell(draft: Draft, members: list[int], kind: str, title: str, text: str, by: Viewer | None) -> None:
    notify(
        members,
        kind=kind,
        title=title,
        text=text,
        url=reverse("documents:draft", args=[draft.pk]),
        body=draft.body_id,
        about=draft,
        by_hand=False,
        by=by,
    )
