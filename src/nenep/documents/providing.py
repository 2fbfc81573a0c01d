"""What of the registers can be found (see `search.sources`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from nenep.documents.models import Document
from nenep.search.sources import Draft, is_registered

if TYPE_CHECKING:
    from django.db.models import QuerySet


def records() -> QuerySet[Document]:
    return Document.objects.all()


def draft(document: Document) -> Draft | None:
    """A paper of a register. One that came in is found as its arrival, one made from a resolution as that."""
    if document.body_id is None or document.issued_on is None or is_registered(document.source_type):
        return None
    return Draft(document.body_id, document.issued_on, title(document), document.text)


def title(document: Document) -> str:
    return f"{document.symbol} {document.subject}".strip()


def address(document: Document) -> str:
    return reverse("documents:page", args=[document.pk])
