from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nenep.documents.access import RegisterAccess
from nenep.documents.models import Document
from nenep.organizations.reads import names_on, scopes_each
from nenep.rulebook import rules_on
from nenep.shared.dates import today

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.http import HttpResponse

    from nenep.shared.web import Request

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register."""

    document: Document
    kind_name: str
    body_name: str


@require_safe
def register(request: Request) -> HttpResponse:
    """The outgoing register of the bodies whose papers the viewer may read, one year at a time."""
    if not RegisterAccess(request.viewer).read:
        raise PermissionDenied
    documents = Document.objects.visible_to(request.viewer)
    years = [day.year for day in documents.dates("issued_on", "year", order="DESC")]
    year = _year_asked(request, years)
    page = Paginator(documents.filter(issued_on__year=year).for_list(), PER_PAGE).get_page(
        request.GET.get("page")
    )
    shown = {
        "entries": _entries(list(page)),
        "page": page,
        "year": year,
        "years": years,
        "sees_refused": bool(request.viewer.where("files.see_refused").own),
    }
    return render(request, "documents/register.html", shown)


def _year_asked(request: Request, years: list[int]) -> int:
    """The year of the address ("nam"); without one the latest year that has a paper."""
    asked = request.GET.get("nam", "")
    return int(asked) if asked in map(str, years) else (years[0] if years else today().year)


def _entries(documents: list[Document]) -> list[Entry]:
    names = names_on({document.body_id for document in documents}, today())
    scopes = scopes_each([(document.body_id, document.issued_on) for document in documents])
    return [Entry(document, _kind_name(document, scopes), names[document.body_id]) for document in documents]


def _kind_name(document: Document, scopes: Mapping[tuple[int, date], tuple[str, ...]]) -> str:
    """As the rules of its day call it; a kind that they do not know shows its code."""
    day = document.issued_on
    kinds = rules_on(day, scopes[document.body_id, day]).numbering.kinds
    return kinds[document.kind].name if document.kind in kinds else document.kind
