"""What of directives can be found (`search.sources`): by whoever issued them, and by each body that got them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from nenep.directives.models import Directive, Receipt
from nenep.search.operations import put, put_all
from nenep.search.sources import Draft, Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


def index(directive: Directive, receipts: Iterable[Receipt]) -> None:
    """Let the directive and these receipts of it be found as they are now, or no longer."""
    rows = list(receipts)
    prefetch_related_objects([directive], "requirements")
    for receipt in rows:
        receipt.directive = directive
    put(directive)
    put_all(rows)


def directives() -> QuerySet[Directive]:
    return Directive.objects.prefetch_related("requirements")


def draft(directive: Directive) -> Draft | None:
    """Its title, what a branch reads of it and what it asks; none while it is not in force."""
    if not directive.is_issued or directive.issued_at is None:
        return None
    asked = [f"{one.what} {one.quote}" for one in directive.requirements.all()]
    text = "\n".join([directive.digest, directive.why_it_matters, directive.questions, *asked])
    title = f"{directive.source_symbol} {directive.title}"
    return Draft(directive.keeper_id, timezone.localdate(directive.issued_at), title, text)


def address(directive: Directive) -> str:
    return reverse("directives:page", args=[directive.pk])


def receipts() -> QuerySet[Receipt]:
    return Receipt.objects.select_related("directive").prefetch_related("directive__requirements")


def received(receipt: Receipt) -> Draft | None:
    """The same words in the body that got them, as long as it has not ended."""
    words = draft(receipt.directive) if receipt.ended_at is None else None
    return words and Draft(receipt.body_id, words.day, words.title, words.text)


def received_at(receipt: Receipt) -> str:
    return address(receipt.directive)


SOURCES = (
    Source(
        key="directive",
        label="Chỉ đạo đã ban hành",
        model="directives.directive",
        verb="directives.issue",
        records=directives,
        draft=draft,
        address=address,
    ),
    Source(
        key="receipt",
        label="Chỉ đạo của cấp trên",
        model="directives.receipt",
        verb="directives.read",
        records=receipts,
        draft=received,
        address=received_at,
    ),
)
