"""What of the registers can be found (see `search.sources`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from nenep.documents.facets import facets_of, unsaid
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
    return Draft(
        document.body_id, document.issued_on, title(document), with_spellings(document, document.text)
    )


def title(document: Document) -> str:
    """With session and term where the subject does not name them: one number stands in several terms (R71)."""
    words = unsaid(document)
    return " ".join(filter(None, [document.symbol, document.subject, words and f"({words})"]))


def with_spellings(document: Document, text: str) -> str:
    """A text to be searched, and how people ask for the session and the term of its paper."""
    return "\n".join(filter(None, [text, facets_of(document).spellings]))


def address(document: Document) -> str:
    return reverse("documents:page", args=[document.pk])
