"""The verbs of a draft: begun with the words of its kind, saved as versions, given its number, or given up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.documents.drafting.composing import content_of, sent, signed_as
from nenep.documents.drafting.models import Consent, DraftStatus
from nenep.documents.drafting.signers import signers_of
from nenep.documents.drafting.skeletons import NOT_WRITTEN_HERE, skeleton
from nenep.documents.drafting.versions import keep_version, printed_lines
from nenep.documents.issuing import KEPT_HERE, issue, keep_content
from nenep.documents.models import Draft
from nenep.journal.operations import record
from nenep.organizations.models import Body
from nenep.organizations.reads import committee_name_on, kind_on, parent_on, rules_for
from nenep.shared.dates import now, today
from nenep.shared.once import is_stored, made_before
from nenep.shared.stale import stale
from nenep.shared.states import Refused, hold, move
from nenep.shared.viewer import member_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from nenep.documents.models import Document
    from nenep.shared.viewer import Viewer

# What the page shows of another's save; the others are chosen, not typed.
TYPED = ("subject", "addressees", "text")


@transaction.atomic
def begin(
    body: Body, kind: str, *, rests_on: Document | None = None, once: UUID | None = None, by: Viewer | None
) -> Draft:
    """Begin a paper of `body`: the words of its kind, whoever signs for it usually, its usual recipients.

    `kind` is a code of the rulebook; KeyError for an unknown one. Refused for minutes, which a meeting keeps.
    `once`: see `shared.once`.
    """
    day = today()
    rules = rules_for(body.pk, day)
    rules.numbering.kind(kind)
    if kind in NOT_WRITTEN_HERE:
        raise Refused(_("Biên bản được lập ở trang của kỳ sinh hoạt."), field="kind")
    Body.objects.select_for_update().get(pk=body.pk)
    if made := made_before(Draft.objects.filter(body=body), once):
        return made
    usual = next(iter(signers_of(body.pk, day, rules)), None)
    draft = Draft(
        body=body,
        kind=kind,
        rests_on=rests_on,
        recipients=usual_recipients(body.pk, day),
        author_id=member_of(by),
        created_at=now(),
        changed_at=now(),
        once=once,
        **skeleton(kind, body.pk, day, rests_on),
        **(usual.columns if usual else {}),
    )
    draft.full_clean()
    draft.save(force_insert=True)
    keep_version(draft, by=by)
    record("draft.begun", by=by, body=body.pk, obj=draft, kind=kind)
    return draft


def usual_recipients(body_id: int, day: date) -> list[dict[str, Any]]:
    """The committee above, for its knowledge, and the own file (regulations.md G-06)."""
    parent = parent_on(body_id, day)
    lines = rules_for(body_id, day).layout.recipients.last_line
    filed = lines["branch" if kind_on(body_id, day).is_branch else "committee"].rstrip(" .")
    rows = [_row(filed.removeprefix("Lưu").strip(), KEPT_HERE)]
    return [_row(committee_name_on(parent, day), "report", parent), *rows] if parent else rows


@transaction.atomic
def save(
    draft: Draft,
    columns: Mapping[str, Any],
    *,
    seen_revision: int,
    is_from_word: bool = False,
    by: Viewer | None,
) -> Draft:
    """Write the draft anew as its next version. `columns`: names of `Draft` and their values, all or some.

    `seen_revision` is the revision that the writer began from; Stale when somebody saved in between, nothing is lost.
    The same words again make no version. A change takes back what whoever signs has said of the words before.
    """
    hold(draft, DraftStatus.DRAFTING, says=_closed())
    if is_stored(draft, columns):
        return draft
    if draft.revision != seen_revision:
        raise stale(draft, TYPED, draft.revision)
    for name, value in columns.items():
        setattr(draft, name, value)
    draft.revision += 1
    draft.changed_at = now()
    if is_from_word:
        draft.returned = None
    draft.consent, draft.consent_reason, draft.consent_at = Consent.NONE, "", None
    draft.full_clean()
    draft.save()
    keep_version(draft, is_from_word=is_from_word, by=by)
    record("draft.saved", by=by, body=draft.body_id, obj=draft, revision=draft.revision)
    return draft


@transaction.atomic
def issue_draft(
    draft: Draft,
    *,
    day: date,
    place: str,
    seen_revision: int,
    organization: str | None = None,
    number: int | None = None,
    by: Viewer | None,
) -> Document:
    """Number the paper, send it to its recipients, keep its words for good and close the draft: all or nothing.

    Whoever comes second finds the draft closed and gets the paper that was made. Refused when somebody changed the
    draft since it was read (`seen_revision`), without a subject or a text, and for what `issuing.issue` refuses.
    """
    hold(draft)
    if draft.document is not None:
        return draft.document
    if draft.revision != seen_revision:
        raise Refused(_("Đồng chí khác vừa sửa dự thảo này. Đồng chí xem lại bản mới rồi lấy số."))
    if not draft.subject.strip() or not draft.text.strip():
        raise Refused(_("Dự thảo chưa có trích yếu hoặc chưa có nội dung."))
    draft.day = day
    rules = rules_for(draft.body_id, day)
    document = issue(
        draft.body,
        draft.kind,
        day=day,
        recipients=sent(draft),
        subject=draft.subject,
        signer=draft.signer_name,
        signed_as=signed_as(draft, rules),
        place=place,
        text="\n".join(printed_lines(draft)),
        organization=organization or draft.organization or None,
        number=number,
        source=draft,
        by=by,
    )
    keep_content(document, content_of(draft, document, place=place))
    move(draft, DraftStatus.ISSUED, document=document, day=day, returned=None)
    record("draft.issued", by=by, body=draft.body_id, obj=draft, document=document.pk)
    return document


@transaction.atomic
def give_up(draft: Draft, *, by: Viewer | None) -> None:
    """Erase a draft with its versions; the journal keeps only that it was. Refused once it is issued."""
    hold(draft, DraftStatus.DRAFTING, says=_closed())
    record("draft.given_up", by=by, body=draft.body_id, obj=draft)
    draft.delete()


def _closed() -> str:
    return _("Văn bản này đã ban hành nên dự thảo không sửa được nữa.")


def _row(name: str, purpose: str, body_id: int | None = None) -> dict[str, Any]:
    return {"name": name, "purpose": purpose, "body_id": body_id, "group": ""}
