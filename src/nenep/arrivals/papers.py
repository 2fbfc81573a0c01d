"""Papers as somebody names them by number and day, in the registers of a body or of a viewer (R128)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from nenep.arrivals.models import Arrival
from nenep.documents.models import Document

if TYPE_CHECKING:
    from datetime import date

    from nenep.documents.querysets import DocumentQuerySet
    from nenep.shared.viewer import Viewer


def papers_at(body_id: int) -> DocumentQuerySet:
    """What stands in the registers of a body, its own papers and those that came, the latest first."""
    came = Arrival.objects.registered().filter(body=body_id).values("document")
    return Document.objects.filter(Q(body=body_id) | Q(pk__in=came)).for_list()


def named_at(body_id: int, symbol: str, day: date | None = None) -> list[Document]:
    """Those of them with this number, on this day where one is given: several terms use one number again."""
    rows = (
        papers_at(body_id).filter(symbol__iexact=symbol.strip())
        if symbol.strip()
        else Document.objects.none()
    )
    return list(rows.filter(issued_on=day) if day else rows)


def page_of(viewer: Viewer, symbol: str, day: date | None) -> str:
    """Where the viewer opens the paper of this number and day; "" unless it is just one that the viewer may open."""
    if not symbol.strip() or day is None:
        return ""
    asked = {"symbol__iexact": symbol.strip(), "issued_on": day}
    came = Arrival.objects.visible_to(viewer).registered()
    arrivals = list(came.filter(**{f"document__{name}": value for name, value in asked.items()})[:2])
    own = list(Document.objects.outgoing_of(viewer).filter(**asked)[:2])
    if len({*(row.document_id for row in arrivals), *(row.pk for row in own)}) != 1:
        return ""
    if own:
        return reverse("documents:page", args=[own[0].pk])
    return reverse("arrivals:page", args=[arrivals[0].pk])
