"""Issuing a paper: its number, its recipients, what it leaves in the archive and with the bodies that get it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.documents.composition import compose, plain_text
from nenep.documents.groups import expand
from nenep.documents.layout import layout_on
from nenep.documents.models import Addressee, Archive, Document, Recipient
from nenep.documents.operations import issue_number
from nenep.documents.providers import Issued, issued
from nenep.documents.reads import purposes_on, retention_classes
from nenep.documents.storing import as_json, from_json
from nenep.journal.operations import record
from nenep.organizations.models import Body
from nenep.search.operations import put
from nenep.search.sources import is_registered
from nenep.shared.dates import now, today
from nenep.shared.states import Refused, hold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from nenep.documents.content import OfficialDocument
    from nenep.files.models import Attachment
    from nenep.shared.viewer import Viewer

USUAL_RETENTION = "lasting"
# The strongest first: a body that two lines name gets one paper, for the stronger purpose.
STRENGTH = ("carry_out", "report", "inform", "file")
# The archive's own line ("Lưu Văn phòng") sends nothing to anybody.
KEPT_HERE = "file"


@dataclass(frozen=True, slots=True)
class Sent:
    """A line of "Nơi nhận": a name as printed and a purpose; a body or a group of bodies, or neither."""

    name: str
    purpose: str
    body_id: int | None = None
    group: str = ""


@transaction.atomic
def issue(
    body: Body, kind: str, *, day: date, recipients: Sequence[Sent], by: Viewer | None, **facts: Any
) -> Document:
    """Number a paper (`issue_number`, which takes `facts`), keep its recipients and hand it to those inside the tree.

    Groups become the bodies of `day`, whatever became of them since (R8). Refused for a day still to come, for a body
    that was not there on that day, and for what `issue_number` refuses.
    """
    if day > today():
        raise Refused(_("Ngày ban hành không thể sau hôm nay."), field="day")
    if not body.exists_on(day):
        raise Refused(_("Ngày ấy tổ chức này không hoạt động."), field="day")
    document = issue_number(body, kind, day=day, by=by, **facts)
    if document.recipients.exists():
        return document  # the same page was sent again
    send(document, recipients, by=by)
    return document


def send(document: Document, recipients: Sequence[Sent], *, by: Viewer | None) -> None:
    """Keep the recipients in their order, with the bodies that each stood for, and tell who keeps arrivals."""
    if document.body_id is None or document.issued_on is None:
        raise ValueError(f"document {document.pk} was not issued here")
    purposes = purposes_on(document.issued_on)
    bodies: dict[int, str] = {}
    for order, sent in enumerate(recipients, 1):
        if sent.purpose not in purposes:
            raise ValueError(f"no purpose {sent.purpose!r}; known: {', '.join(purposes)}")
        row = Recipient(
            document=document,
            order=order,
            name=sent.name,
            purpose=sent.purpose,
            body_id=sent.body_id,
            group=sent.group,
        )
        row.full_clean()
        row.save(force_insert=True)
        stood_for = _bodies_of(sent, document.body_id, document.issued_on)
        Addressee.objects.bulk_create(Addressee(recipient=row, body_id=body_id) for body_id in stood_for)
        for body_id in stood_for:
            if sent.purpose != KEPT_HERE:
                bodies[body_id] = min(bodies.get(body_id, sent.purpose), sent.purpose, key=STRENGTH.index)
    if bodies:
        record("document.sent", by=by, body=document.body_id, obj=document, bodies=len(bodies))
        issued.call(Issued(document, bodies, by))


@transaction.atomic
def keep_content(document: Document, content: OfficialDocument) -> Archive:
    """Keep the words of a paper for good; they are composed from records that may change.

    They are its `text` too where nobody gave one, by which it is found, here and where it was sent; not of a record
    that is found by itself.
    """
    kept = _keep(document, content=as_json(content))
    if not document.text and not is_registered(document.source_type):
        document.text = plain_text(compose(content, layout_on(content.day or today(), content.scopes)))
        document.save(update_fields=["text"])
        put(document)
    return kept


def kept_words(document: Document) -> OfficialDocument | None:
    """The words that were kept for good; None for a paper of which a signed file was kept, or nothing."""
    kept = Archive.objects.filter(document=document, content__isnull=False).first()
    return from_json(kept.content) if kept and kept.content else None


@transaction.atomic
def keep_file(document: Document, attachment: Attachment, *, retention: str, by: Viewer | None) -> Archive:
    """Keep the digest of the signed file for good. Refused when the paper has a kept copy already."""
    hold(document)
    if Archive.objects.filter(document=document).exists():
        raise Refused(_("Văn bản này đã có bản lưu. Bản lưu không thay được."))
    if retention not in retention_classes():
        raise ValueError(f"no retention class {retention!r}; known: {', '.join(retention_classes())}")
    kept = _keep(document, sha256=attachment.sha256, file_name=attachment.name, retention=retention)
    record("document.archived", by=by, body=document.body_id, obj=document)
    return kept


def _keep(document: Document, *, retention: str = USUAL_RETENTION, **what: Any) -> Archive:
    archive = Archive(document=document, retention=retention, kept_at=now(), **what)
    archive.full_clean()
    archive.save(force_insert=True)
    return archive


def _bodies_of(sent: Sent, issuer: int, day: date) -> list[int]:
    if sent.group:
        return expand(sent.group, issuer, day)
    if sent.body_id is None or sent.body_id == issuer:
        return []
    return list(Body.objects.on(day).filter(pk=sent.body_id).values_list("pk", flat=True))
