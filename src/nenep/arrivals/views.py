"""The register of arrivals, one paper in it, and what takes a paper further."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from nenep.arrivals import operations
from nenep.arrivals.forms import DoneForm, RoutingForm
from nenep.arrivals.loading import load_arrival
from nenep.arrivals.models import Arrival, Intake
from nenep.arrivals.querysets import READ, REGISTER
from nenep.arrivals.reads import handlers_of, waiting_for
from nenep.arrivals.stamping import has_pdf
from nenep.documents.checking import missing
from nenep.documents.correcting import corrections_of, last_corrected
from nenep.documents.issuing import kept_words
from nenep.documents.models import Document
from nenep.documents.reads import issuer_names, kind_names, purposes_on
from nenep.documents.signed_reads import pdfs_of
from nenep.documents.views import run_words
from nenep.notices.operations import mark_seen
from nenep.organizations.models import Body
from nenep.organizations.reads import name_on, names_on
from nenep.shared.dates import today
from nenep.shared.viewer import NOWHERE
from nenep.shared.web import refusals_shown, refused_into

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.arrivals.access import ArrivalAccess
    from nenep.arrivals.querysets import ArrivalQuerySet
    from nenep.shared.web import Request

PER_PAGE = 50
WAITING, ENTERED, OVERDUE, MINE = "waiting", "entered", "overdue", "mine"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register."""

    arrival: Arrival
    kind_name: str
    issuer: str
    body_name: str


@require_safe
def register(request: Request) -> HttpResponse:
    """What waits, what was entered in a year, what is late in the registers that the viewer reads ("which").

    Whoever reads none of them finds what is given to them to handle.
    """
    reads = request.viewer.where(READ) != NOWHERE
    rows, found = Arrival.objects.in_registers_of(request.viewer), waiting_for(request.viewer)
    tabs = [
        (WAITING, _("Chờ vào sổ"), found.to_register),
        (ENTERED, _("Đã vào sổ"), None),
        (OVERDUE, _("Quá hạn xử lý"), found.overdue),
    ]
    tabs = [*(tabs if reads else []), (MINE, _("Giao tôi xử lý"), found.mine)]
    which = request.GET.get("which", "")
    if which not in {code for code, _label, _count in tabs}:
        which = MINE if not reads else WAITING if found.to_register else ENTERED
    if which == MINE:
        rows = Arrival.objects.visible_to(request.viewer).open_for(request.viewer.member_id)
    years = [day.year for day in rows.dates("arrived_on", "year", order="DESC")]
    asked = request.GET.get("year", "")
    year = int(asked) if asked in map(str, years) else (years[0] if years else today().year)
    page = Paginator(_listed(rows, which, year), PER_PAGE).get_page(request.GET.get("page"))
    entered = request.viewer.where(REGISTER).own
    context = {
        "which": which,
        "tabs": tabs,
        "reads": reads,
        "year": year,
        "years": years if which == ENTERED else [],
        "page": page,
        "entries": _entries(list(page)),
        "gaps": _gaps(rows, year) if which == ENTERED else [],
        "registering": list(Body.objects.on(today()).filter(pk__in=entered).in_order()),
        "entered": entered,
        "intakes": Intake.objects.visible_to(request.viewer).for_list() if entered else [],
    }
    return render(request, "arrivals/register.html", context)


@require_GET
def arrival_page(request: Request, pk: int) -> HttpResponse:
    """One paper that came: what its head says, what the register says, who handles it, and what to do next."""
    arrival, can = load_arrival(request, pk)
    mark_seen(arrival, by=request.viewer)
    return _page(request, arrival, can)


def routing(request: Request, pk: int) -> HttpResponse:
    """Who handles the paper, by when."""
    arrival, _can = load_arrival(request, pk, "route")
    # Whoever handles it already stays choosable.
    people = {*handlers_of(arrival.body_id, today()), *([arrival.handler_id] if arrival.handler_id else [])}
    initial = {"handler": arrival.handler_id, "due_on": arrival.due_on}
    form = RoutingForm(request.POST or None, people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            operations.route(arrival, by=request.viewer, **form.cleaned_data)
            return redirect("arrivals:page", pk)
    context = {"form": form, "arrival": arrival}
    return render(request, "arrivals/routing.html", context, status=422 if form.errors else 200)


@require_POST
def done(request: Request, pk: int) -> HttpResponse:
    arrival, can = load_arrival(request, pk)
    form = DoneForm(request.POST)
    is_same = form.is_valid() and arrival.is_done and arrival.note == form.cleaned_data["note"]
    if not is_same:
        load_arrival(request, pk, "finish")
    if form.is_valid():
        with refused_into(form):
            operations.finish(arrival, note=form.cleaned_data["note"], by=request.viewer)
            messages.success(request, _("Đã ghi là xử lý xong."))
            return redirect("arrivals:page", pk)
    return _page(request, arrival, can, done_form=form)


@require_POST
@refusals_shown
def reopening(request: Request, pk: int) -> HttpResponse:
    arrival, _can = load_arrival(request, pk, "reopen")
    operations.reopen(arrival, by=request.viewer)
    return redirect("arrivals:page", pk)


def _page(request: Request, arrival: Arrival, can: ArrivalAccess, **more: Any) -> HttpResponse:
    document = arrival.document
    shown_on = document.issued_on or today()
    has_files = Document.objects.with_files_open_to(request.viewer).filter(pk=document.pk).exists()
    may_correct = can.correct
    context = {
        "arrival": arrival,
        "can": can,
        "corrected": last_corrected(document),
        "corrections": corrections_of(document) if may_correct else [],
        "may_correct": may_correct,
        "document": document,
        "kind_name": kind_names([document])[document.pk],
        "issuer": issuer_names([document], shown_on)[document.pk],
        "body_name": name_on(arrival.body_id, today()),
        "purpose": purposes_on(shown_on).get(arrival.purpose),
        "recipients": [row.line(purposes_on(shown_on)) for row in document.recipients.order_by("order")],
        "has_files": has_files,
        "pdfs": [*pdfs_of(document, request.viewer), *pdfs_of(arrival, request.viewer)],
        "content": kept_words(document) if has_files else None,
        "has_pdf": can.stamp and has_pdf(arrival, request.viewer),
        "done_form": DoneForm(),
        **more,
    }
    status = 422 if context["done_form"].errors else 200
    return render(request, "arrivals/page.html", context, status=status)


def _listed(rows: ArrivalQuerySet, which: str, year: int) -> ArrivalQuerySet:
    if which == WAITING:
        return rows.waiting().for_page().order_by("sent_on", "pk")
    if which == MINE:
        return rows.for_page().order_by("due_on", "pk")
    if which == OVERDUE:
        return rows.overdue().for_page().order_by("due_on", "pk")
    return rows.registered().filter(arrived_on__year=year).for_page().order_by("body", "-number", "-pk")


def _entries(arrivals: list[Arrival]) -> list[Entry]:
    documents = [arrival.document for arrival in arrivals]
    kinds, issuers = kind_names(documents), issuer_names(documents, today())
    names = names_on({arrival.body_id for arrival in arrivals}, today())
    return [
        Entry(one, kinds[one.document_id], issuers[one.document_id], names[one.body_id]) for one in arrivals
    ]


def _gaps(rows: ArrivalQuerySet, year: int) -> list[tuple[str, str]]:
    """(body, which numbers are missing) for each register of the year in which some are."""
    numbers: dict[int, list[int]] = {}
    found = rows.registered().filter(arrived_on__year=year).order_by()
    for body, number in found.values_list("body", "number"):
        numbers.setdefault(body, []).append(number or 0)
    gone = {body: run_words(runs) for body, some in numbers.items() if (runs := missing(some))}
    names = names_on(gone, today())
    return [(names[body], words) for body, words in gone.items()]
