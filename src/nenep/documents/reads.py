"""Questions about documents: how their kind and their issuer are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nenep.organizations.reads import kind_on, names_on, rules_for, scopes_each
from nenep.rulebook import rules_on
from nenep.shared.dates import today

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from nenep.documents.models import Document
    from nenep.rulebook.values import Term


def kind_names(documents: Collection[Document]) -> dict[int, str]:
    """By key of the document: as the rules of its day call its kind; one that they do not know shows its code."""
    places = {
        document.pk: (document.body_id, document.issued_on)
        for document in documents
        if document.body_id and document.issued_on
    }
    scopes = scopes_each([(body, day) for body, day in places.values() if body and day])
    return {
        document.pk: _kind_name(document.kind, _day_of(document), scopes.get(places.get(document.pk), ()))  # type: ignore[arg-type]
        for document in documents
    }


def issuer_names(documents: Collection[Document], day: date) -> dict[int, str]:
    """By key of the document: the body's name on `day`, for a body outside the system what is printed."""
    names = names_on({document.body_id for document in documents if document.body_id}, day)
    return {
        document.pk: names[document.body_id] if document.body_id else document.issuer_name
        for document in documents
    }


def purposes_on(day: date) -> dict[str, Term]:
    """Why papers go to a recipient, by code (R7). They pass from place to place, so no place has codes of its own."""
    return {term.code: term for term in rules_on(day, ()).vocabulary.recipient_purposes}


def retention_classes() -> dict[str, str]:
    """How long a kept copy stays: the label by its code, of today (R10)."""
    return {term.code: term.label for term in rules_on(today(), ()).vocabulary.retention_classes}


def not_its_to_issue(body_id: int, kind: str, day: date) -> bool:
    """Whether the rules of the day say that such a body does not issue such a paper. It warns, it never blocks."""
    rules = rules_for(body_id, day).numbering
    return kind in rules.kinds and rules.may_issue(kind_on(body_id, day), kind) is False


def _day_of(document: Document) -> date:
    return document.issued_on or today()


def _kind_name(kind: str, day: date, scopes: tuple[str, ...]) -> str:
    kinds = rules_on(day, scopes).numbering.kinds
    return kinds[kind].name if kind in kinds else kind
