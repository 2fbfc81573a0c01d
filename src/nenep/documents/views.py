"""The pages of the outgoing register: its list with what is wrong in it, and one paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nenep.documents.access import DocumentAccess, RegisterAccess
from nenep.documents.checking import check, same_symbols
from nenep.documents.correcting import correctable, corrections_of, last_corrected
from nenep.documents.drafting.querysets import drafting_bodies
from nenep.documents.exports import Format, document_response
from nenep.documents.models import Archive, Document, Draft
from nenep.documents.providers import progress
from nenep.documents.reads import issuer_names, kind_names, not_its_to_issue, purposes_on, retention_classes
from nenep.documents.signed_reads import pdfs_of
from nenep.documents.storing import from_json
from nenep.files.models import Attachment
from nenep.organizations.models import Body
from nenep.organizations.reads import names_on
from nenep.people.models import Term
from nenep.rulebook import rules_on
from nenep.shared.dates import today

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from nenep.documents.checking import Check
    from nenep.documents.providers import Arrived
    from nenep.documents.querysets import DocumentQuerySet
    from nenep.shared.web import Request

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register, or of what is being written for it."""

    document: Document | Draft
    kind_name: str
    body_name: str


@dataclass(frozen=True, slots=True)
class Line:
    """A recipient as printed, and the bodies that it stood for with how far each has come."""

    text: str
    bodies: list[tuple[str, Arrived | None]]


@require_safe
def register(request: Request) -> HttpResponse:
    """The outgoing registers that the viewer reads, one year ("year") and maybe one kind ("kind") at a time."""
    can = RegisterAccess(request.viewer)
    if not can.read:
        raise PermissionDenied
    documents = Document.objects.outgoing_of(request.viewer)
    years = [day.year for day in documents.dates("issued_on", "year", order="DESC")]
    year = _year_asked(request, years)
    of_year = documents.filter(issued_on__year=year)
    kinds = _kinds_of(of_year)
    kind = request.GET.get("kind", "")
    rows = of_year.filter(kind=kind) if kind in kinds else of_year
    page = Paginator(rows.for_list(), PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "entries": _entries(list(page)),
        "page": page,
        "year": year,
        "years": years,
        "kinds": kinds,
        "kind": kind if kind in kinds else "",
        "checks": _checks(check(rows)),
        "same_symbols": same_symbols(rows),
        "doubtful": rows.filter(symbol_is_doubtful=True).for_list(),
        "registering": _bodies(can.registering),
        "drafting": _bodies(drafting_bodies(request.viewer)),
        "drafts": _drafts(request),
        "sees_refused": bool(request.viewer.where("files.see_refused").own),
    }
    return render(request, "documents/register.html", shown)


@require_safe
def document_page(request: Request, pk: int) -> HttpResponse:
    """One paper: its head, its recipients with what each has done, its kept copy and its files."""
    document = get_object_or_404(Document.objects.visible_to(request.viewer), pk=pk)
    can = DocumentAccess(request.viewer, document)
    archive = Archive.objects.filter(document=document).first()
    draft = Draft.objects.visible_to(request.viewer).filter(document=document).first()
    context = {
        "document": document,
        "can": can,
        "kind_name": kind_names([document])[document.pk],
        "issuer": issuer_names([document], document.issued_on or today())[document.pk],
        "corrected": last_corrected(document),
        "corrections": corrections_of(document) if can.follow else [],
        "may_correct": can.correct and bool(correctable(document)),
        "lines": _lines(document, follows=can.follow),
        "archive": archive,
        "draft": draft,
        "rests_on": _rests_on(request, draft),
        "pdfs": pdfs_of(document, request.viewer),
        "retention": retention_classes().get(archive.retention, archive.retention) if archive else "",
        "content": from_json(archive.content) if archive and archive.content else None,
        "has_kept_file": archive and Attachment.objects.of(document).filter(sha256=archive.sha256).exists(),
        "not_its_to_issue": bool(
            document.body_id
            and document.issued_on
            and not_its_to_issue(document.body_id, document.kind, document.issued_on)
        ),
    }
    return render(request, "documents/page.html", context)


@require_safe
def file(request: Request, pk: int, fmt: Format) -> HttpResponse:
    """The kept words as PDF or Word in the layout of their day; 404 for a paper whose words were not kept."""
    document = get_object_or_404(Document.objects.visible_to(request.viewer), pk=pk)
    archive = get_object_or_404(Archive, document=document, content__isnull=False)
    name = f"{kind_names([document])[document.pk]} {document.symbol}"
    return document_response(from_json(archive.content or {}), fmt, name.replace("/", "-"))


def _year_asked(request: Request, years: list[int]) -> int:
    """The year of the address ("year"); without one the latest year that has a paper."""
    asked = request.GET.get("year", "")
    return int(asked) if asked in map(str, years) else (years[0] if years else today().year)


def _kinds_of(rows: DocumentQuerySet) -> dict[str, str]:
    known = rules_on(today(), ()).numbering.kinds
    codes = rows.order_by("kind").values_list("kind", flat=True).distinct()
    return {code: known[code].name if code in known else code for code in codes}


def _entries(documents: list[Document]) -> list[Entry]:
    kinds, issuers = kind_names(documents), issuer_names(documents, today())
    return [Entry(document, kinds[document.pk], issuers[document.pk]) for document in documents]


def _checks(checks: list[Check]) -> list[dict[str, Any]]:
    """The series in which something is to be looked at, in words."""
    wrong = [one for one in checks if one.missing or one.out_of_order]
    names = names_on({one.body_id for one in wrong}, today())
    known = rules_on(today(), ()).numbering.kinds
    terms = {str(pk): name for pk, name in Term.objects.filter(pk__in=_keys(wrong)).values_list("pk", "name")}
    return [
        {
            "series": known[one.kind].name if one.kind in known else one.kind,
            "term": terms.get(one.term, ""),
            "body": names[one.body_id],
            "missing": run_words(one.missing),
            "out_of_order": ", ".join(one.out_of_order),
        }
        for one in wrong
    ]


def _keys(checks: Iterable[Check]) -> list[int]:
    return [int(one.term) for one in checks if one.term.isdecimal()]


def run_words(runs: Iterable[tuple[int, int]]) -> str:
    """ "3, 7 đến 9" """
    return ", ".join(
        str(first) if first == last else _("%(first)d đến %(last)d") % {"first": first, "last": last}
        for first, last in runs
    )


def _lines(document: Document, *, follows: bool) -> list[Line]:
    recipients = list(document.recipients.order_by("order").prefetch_related("addressees"))
    purposes = purposes_on(document.issued_on or today())
    came = dict(progress.ask(document)) if follows else {}
    sent = [[one.body_id for one in row.addressees.all()] if follows else [] for row in recipients]
    names = names_on({body for some in sent for body in some}, document.issued_on or today())
    return [
        Line(row.line(purposes), [(names[body], came.get(body)) for body in bodies])
        for row, bodies in zip(recipients, sent, strict=True)
    ]


def _drafts(request: Request) -> list[Entry]:
    """The papers that are being written, for who writes them or signs them."""
    drafts = list(Draft.objects.visible_to(request.viewer).open().for_list())
    known, names = rules_on(today(), ()).numbering.kinds, names_on({one.body_id for one in drafts}, today())
    return [
        Entry(one, known[one.kind].name if one.kind in known else one.kind, names[one.body_id])
        for one in drafts
    ]


def _rests_on(request: Request, draft: Draft | None) -> Document | None:
    """The paper on which that of the draft rests, where the viewer reads it."""
    if draft is None or draft.rests_on_id is None:
        return None
    return Document.objects.visible_to(request.viewer).filter(pk=draft.rests_on_id).first()


def _bodies(ids: Iterable[int]) -> list[Body]:
    return list(Body.objects.on(today()).filter(pk__in=list(ids)).in_order())
