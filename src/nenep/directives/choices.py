"""What a body may link to a directive: its own papers, plans, focuses and resolutions, the latest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from nenep.directives.models import Doers, Requirement
from nenep.documents.facets import label_of
from nenep.documents.models import Document
from nenep.guidance.models import Guidance
from nenep.organizations.reads import committee_name_on
from nenep.plans.models import Entry
from nenep.resolutions.models import Resolution, ResolutionStatus
from nenep.shared.dates import today
from nenep.shared.words import day_words, month_words

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from nenep.directives.models import Receipt

LATEST = 30
OFFERED = {"document": Document, "entry": Entry, "guidance": Guidance, "resolution": Resolution}


def documents_of(body_id: int) -> QuerySet[Document]:
    """The register of a body, the latest first."""
    return Document.objects.filter(body=body_id).for_list()


def issuer_of(document: Document) -> str:
    """As it is called today; a body outside the system as it is printed."""
    return committee_name_on(document.body_id, today()) if document.body_id else document.issuer_name


def asked_of(receipt: Receipt) -> QuerySet[Requirement]:
    """The paragraphs that ask something of this body."""
    whom = (Doers.ALL, Doers.BRANCHES if receipt.is_branch else Doers.COMMITTEES)
    return Requirement.objects.filter(directive=receipt.directive_id, doers__in=whom)


def made_choices(receipt: Receipt) -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of ("document:12", words); empty groups are left out."""
    body = receipt.body_id
    plans = Entry.objects.filter(plan__body=body, plan__status="published", month__year__gte=today().year)
    focuses = Guidance.objects.filter(body=body, published_at__isnull=False).prefetch_related("versions")
    resolutions = Resolution.objects.filter(meeting__body=body, status=ResolutionStatus.ADOPTED)
    groups: list[tuple[str, list[tuple[Model, str]]]] = [
        (
            _("Văn bản trong sổ"),
            [(row, label_of(row)) for row in documents_of(body)[:LATEST]],
        ),
        (
            _("Kế hoạch sinh hoạt năm"),
            [
                (row, f"{row.get_kind_display()} {day_words(row.starts_at)}: {row.content}".rstrip(": "))
                for row in plans.order_by("starts_at")[:LATEST]
            ],
        ),
        (
            _("Trọng tâm sinh hoạt đã giao"),
            [(row, row.current.title) for row in focuses.order_by("-published_at")[:LATEST]],
        ),
        (
            _("Nghị quyết"),
            [
                (row, f"{month_words(row.meeting.month)}: {row.title}")
                for row in resolutions.select_related("meeting").order_by("-adopted_at")[:LATEST]
            ],
        ),
    ]
    return [
        (label, [(f"{row._meta.model_name}:{row.pk}", words[:120]) for row, words in rows])
        for label, rows in groups
        if rows
    ]


def made_from(choice: str) -> dict[str, Any]:
    """{"document": row} of "document:12", which was one of the choices; Http404 never: the form has checked it."""
    name, _sign, key = choice.partition(":")
    return {name: OFFERED[name]._base_manager.get(pk=int(key))}
