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
    """Symbol and subject. A paper made from a record that is found itself (a resolution) is found as that."""
    if is_registered(document.source_type):
        return None
    return Draft(document.body_id, document.issued_on, f"{document.symbol} {document.subject}", "")


def address(document: Document) -> str:
    return f"{reverse('documents:register')}?nam={document.issued_on.year}"
