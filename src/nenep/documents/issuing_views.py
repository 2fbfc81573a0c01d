"""The forms of the outgoing register: a number for a paper, and the file that is kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from nenep.documents.access import DocumentAccess, RegisterAccess
from nenep.documents.forms import FilingForm, NumberingForm, RecipientForm
from nenep.documents.groups import groups_of
from nenep.documents.issuing import USUAL_RETENTION, issue, keep_file
from nenep.documents.models import Archive, Document
from nenep.documents.querysets import READ
from nenep.documents.reads import not_its_to_issue, purposes_on, retention_classes
from nenep.files.models import Attachment
from nenep.files.operations import attach
from nenep.files.sending import attach_sent
from nenep.organizations.kinds import Kind
from nenep.organizations.models import Body
from nenep.organizations.reads import (
    ancestors_on,
    committee_name_on,
    kind_on,
    locality_on,
    name_on,
    rules_for,
)
from nenep.people.reads import signer_on
from nenep.shared.dates import today
from nenep.shared.web import refused_into

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from nenep.documents.issuing import Sent
    from nenep.shared.web import Request

# Lines of "Nơi nhận" on the form, and those of them that are open at once.
ROWS, OPEN_ROWS = 10, 3


def numbering(request: Request, body_id: int) -> HttpResponse:
    """Take a number for a paper of this body; it goes to its recipients inside the tree in the same step."""
    body = body_that_numbers(request, body_id)
    rules = rules_for(body_id, today()).numbering
    form = NumberingForm(
        request.POST or None,
        request.FILES or None,
        initial=_usual(body),
        kinds=kind_choices(body_id),
        needs_symbol=len(rules.symbols_for(kind_on(body_id, today()))) != 1,
    )
    rows = recipient_forms(request, body_id)
    if request.method == "POST" and form.is_valid() and all(row.is_valid() for row in rows):
        with refused_into(form):
            recipients = [row.sent for row in rows if row.sent]
            document = issue(body, recipients=recipients, by=request.viewer, **form.facts)
            _keep_sent(request, document, form)
            said = _("Đã vào sổ: %(symbol)s.") % {"symbol": document.symbol}
            messages.success(request, said)
            return redirect("documents:page", document.pk)
    wrong = form.errors or any(row.errors for row in rows)
    context = {"form": form, **in_two(rows), "body_name": name_on(body_id, today())}
    return render(request, "documents/numbering.html", context, status=422 if wrong else 200)


def filing(request: Request, pk: int) -> HttpResponse:
    """Keep a file of a paper of ours; the first one becomes the kept copy."""
    document = get_object_or_404(Document.objects.visible_to(request.viewer), pk=pk)
    if not DocumentAccess(request.viewer, document).file or document.body_id is None:
        raise PermissionDenied
    is_first = not Archive.objects.filter(document=document).exists()
    retentions = list(retention_classes().items()) if is_first else []
    form = FilingForm(
        request.POST or None,
        request.FILES or None,
        retentions=retentions,
        initial={"retention": USUAL_RETENTION},
    )
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            file = form.cleaned_data["file"]
            attachment = attach(document, file, body_id=document.body_id, by=request.viewer)
            if is_first:
                keep_file(document, attachment, retention=form.cleaned_data["retention"], by=request.viewer)
            return redirect("documents:page", pk)
    context = {"form": form, "document": document, "is_first": is_first}
    return render(request, "documents/filing.html", context, status=422 if form.errors else 200)


def body_that_numbers(request: Request, body_id: int) -> Body:
    """404 for a body whose register the viewer does not read, 403 where the viewer only reads."""
    if body_id in RegisterAccess(request.viewer).registering:
        return get_object_or_404(Body.objects.on(today()), pk=body_id)
    if body_id in request.viewer.where(READ).own:
        raise PermissionDenied
    raise Http404


def _usual(body: Body) -> dict[str, Any]:
    day = today()
    post, signer = signer_on(body.pk, day)
    signed_as = "" if kind_on(body.pk, day) == Kind.ADVISORY_UNIT else _("T/M %(body)s, %(post)s")
    words = {"body": committee_name_on(body.pk, day), "post": post.label}
    return {
        "day": day,
        "place": locality_on(body.pk, day),
        "signer": signer,
        "signed_as": (signed_as % words)[:160] if signed_as else "",
    }


def kind_choices(body_id: int) -> list[tuple[str, str]]:
    """Every kind of the day; those that such a body does not issue say so."""
    kinds = rules_for(body_id, today()).numbering.kinds
    return [
        (code, _("%(kind)s (không thuộc thẩm quyền)") % {"kind": kind.name})
        if not_its_to_issue(body_id, code, today())
        else (code, kind.name)
        for code, kind in kinds.items()
    ]


def recipient_forms(request: Request, body_id: int, kept: Sequence[Sent] = ()) -> list[RecipientForm]:
    """The lines of "Nơi nhận" as they were sent; before that `kept` and empty ones, never fewer than are kept."""
    places = _places(body_id)
    purposes = [(code, _words(term)) for code, term in purposes_on(today()).items()]
    return [
        RecipientForm(
            request.POST if request.method == "POST" else None,
            prefix=f"to-{row}",
            initial=RecipientForm.initial_of(kept[row]) if row < len(kept) else None,
            places=places,
            purposes=purposes,
        )
        for row in range(max(ROWS, len(kept)))
    ]


def in_two(rows: Sequence[RecipientForm]) -> dict[str, Any]:
    """The lines that are open at once and those that are folded, for a template; filled ones are never folded."""
    numbered = list(enumerate(rows, 1))
    filled = [number for number, row in numbered if row.initial.get("to")]
    shown = max(OPEN_ROWS, *filled, 0)
    return {
        "rows": numbered[:shown],
        "more_rows": numbered[shown:],
        "shows_more": any(row.errors or (row.is_bound and row.has_changed()) for row in rows[shown:]),
    }


def _words(term: Any) -> str:
    return f"{term.label} ({term.mark})" if term.mark else str(term.label)


def _places(body_id: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups, the bodies above and those directly below, as groups of choices; an empty one is left out."""
    day = today()
    above = [(f"body:{pk}", committee_name_on(pk, day)) for pk in ancestors_on(body_id, day)]
    children = Body.objects.on(day).children_of(body_id, day).in_order()
    below = [(f"body:{body.pk}", body.name) for body in children]
    found = [(_("Nhóm tổ chức"), groups_of(body_id, day)), (_("Cấp trên"), above), (_("Trực thuộc"), below)]
    return [(label, some) for label, some in found if some]


def _keep_sent(request: Request, document: Document, form: NumberingForm) -> None:
    """The file that came with the form is the kept copy. A second sending of the same page finds it there."""
    if Archive.objects.filter(document=document).exists() or document.body_id is None:
        return
    if attach_sent(request, document, document.body_id, form):
        attachment = Attachment.objects.of(document).first()
        if attachment:
            keep_file(document, attachment, retention=USUAL_RETENTION, by=request.viewer)
