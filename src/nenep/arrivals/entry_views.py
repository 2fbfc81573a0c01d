"""Entering a paper: one that waits, one from outside; its stamp, its slip and its scan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from nenep.arrivals import operations
from nenep.arrivals.forms import EntryForm, OutsideForm, choices_of
from nenep.arrivals.loading import load_arrival, load_body
from nenep.arrivals.stamping import pdf_of, stamp_of, stamped
from nenep.documents.reads import issuer_names
from nenep.files.forms import AttachmentForm
from nenep.files.models import Attachment
from nenep.files.operations import attach, digest_of
from nenep.files.sending import attach_sent
from nenep.files.serving import as_download
from nenep.journal.operations import record_read
from nenep.organizations.reads import name_on
from nenep.shared.dates import today
from nenep.shared.web import refusals_shown, refused_into
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from nenep.arrivals.models import Arrival
    from nenep.shared.web import Request


def entry(request: Request, pk: int) -> HttpResponse:
    """Enter a paper that was sent and waits: the day it came, and its number."""
    arrival, _can = load_arrival(request, pk, "register")
    form = EntryForm(request.POST or None, initial={"arrived": day_words(today())})
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            operations.register(arrival, by=request.viewer, **form.cleaned_data)
            messages.success(request, entered_words(arrival))
            return redirect("arrivals:page", pk)
    context = {"form": form, "arrival": arrival}
    return render(request, "arrivals/entry.html", context, status=422 if form.errors else 200)


def outside(request: Request, body_id: int) -> HttpResponse:
    """Enter a paper from outside the system, with its scan if there is one."""
    body = load_body(request, body_id)
    form = OutsideForm(
        request.POST or None,
        request.FILES or None,
        **choices_of(body_id),
        initial={"arrived": day_words(today())},
    )
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            file = form.cleaned_data["file"]
            arrival = operations.register_outside(
                body,
                head=form.head,
                arrived=form.cleaned_data["arrived"],
                number=form.cleaned_data["number"],
                purpose=form.cleaned_data["purpose"],
                once=form.cleaned_data["once"],
                # Refuses what may not be kept before anything gets a number.
                sha256=digest_of(file, body_id=body_id, by=request.viewer) if file else "",
                by=request.viewer,
            )
            if not Attachment.objects.of(arrival).exists():
                attach_sent(request, arrival, body_id, form)
            messages.success(request, entered_words(arrival))
            return redirect("arrivals:page", arrival.pk)
    context = {"form": form, "body_id": body_id, "body_name": name_on(body_id, today())}
    return render(request, "arrivals/outside.html", context, status=422 if form.errors else 200)


def scan(request: Request, pk: int) -> HttpResponse:
    """Add a scan to what this body entered; it is this body's alone."""
    arrival, _can = load_arrival(request, pk, "file")
    form = AttachmentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            attach(arrival, form.cleaned_data["file"], body_id=arrival.body_id, by=request.viewer)
            return redirect("arrivals:page", pk)
    context = {"form": form, "arrival": arrival}
    return render(request, "arrivals/scan.html", context, status=422 if form.errors else 200)


@require_safe
@refusals_shown
def stamped_copy(request: Request, pk: int) -> HttpResponse:
    """The PDF of the paper with the stamp of arrival on its first page; the kept file stays as it is (R3)."""
    arrival, _can = load_arrival(request, pk, "stamp")
    pdf = pdf_of(arrival, request.viewer)
    if pdf is None:
        raise Http404
    made = stamped(pdf, stamp_of(arrival))
    record_read("arrival.stamped", by=request.viewer, body=arrival.body_id, obj=arrival)
    name = _("Văn bản đến số %(number)d năm %(year)d.pdf") % {
        "number": arrival.number or 0,
        "year": arrival.arrived_on.year if arrival.arrived_on else 0,
    }
    return as_download(HttpResponse(made, content_type="application/pdf"), name)


@require_GET
def slip(request: Request, pk: int) -> HttpResponse:
    """The slip to be put on a paper that has no PDF: what the stamp says, and room to write."""
    arrival, _can = load_arrival(request, pk, "stamp")
    document = arrival.document
    context = {
        "arrival": arrival,
        "document": document,
        "issuer": issuer_names([document], document.issued_on or today())[document.pk],
        "body_name": name_on(arrival.body_id, today()),
    }
    return render(request, "arrivals/slip.html", context)


def entered_words(arrival: Arrival) -> str:
    return _("Đã vào sổ, số đến %(number)d.") % {"number": arrival.number or 0}
