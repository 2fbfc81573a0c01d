"""The pages of a paper that is being written: begin, write, look at it, its versions, give it up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nenep.documents.drafting.checking import warnings_of
from nenep.documents.drafting.composing import content_of, sent, symbols_of
from nenep.documents.drafting.forms import OTHER, BeginForm, DraftForm
from nenep.documents.drafting.loading import load_body, load_draft, papers_to_rest_on
from nenep.documents.drafting.models import Consent
from nenep.documents.drafting.operations import begin, give_up, save
from nenep.documents.drafting.signers import signers_of
from nenep.documents.drafting.skeletons import NOT_WRITTEN_HERE, skeletons
from nenep.documents.drafting.versions import changes
from nenep.documents.exports import Format, document_response
from nenep.documents.issuing_views import in_two, kind_choices, recipient_forms
from nenep.documents.models import Document
from nenep.notices.operations import mark_seen
from nenep.organizations.reads import name_on, rules_for
from nenep.shared.dates import today
from nenep.shared.web import refused_into

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.documents.drafting.signers import Signer
    from nenep.documents.models import Draft
    from nenep.shared.web import Request


def beginning(request: Request, body_id: int) -> HttpResponse:
    """Choose a kind and maybe the paper it rests on; the draft is there at once, with the words of its kind."""
    body = load_body(request, body_id)
    papers = papers_to_rest_on(request.viewer)
    form = BeginForm(request.POST or None, kinds=_kinds(body_id), papers=papers)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            data = form.cleaned_data
            chosen = Document.objects.filter(pk=data["rests_on"]).first() if data["rests_on"] else None
            draft = begin(body, data["kind"], rests_on=chosen, once=data["once"], by=request.viewer)
            return redirect("documents:draft_text", draft.pk)
    context = {"form": form, "body_name": name_on(body_id, today())}
    return render(request, "documents/draft_beginning.html", context, status=422 if form.errors else 200)


def text(request: Request, pk: int) -> HttpResponse:
    """Write the paper; a stale save shows what the other person wrote beside what was typed here."""
    draft, _can = load_draft(request, pk, "write")
    rules = rules_for(draft.body_id, draft.day or today())
    signers = signers_of(draft.body_id, today(), rules)
    form = DraftForm(
        request.POST or None,
        initial=_typed(draft, signers),
        opening=rules.layout.salutation.by_kind.get(draft.kind, "").rstrip(" :"),
        symbols=symbols_of(draft, draft.day or today()),
        signers=signers,
        papers=papers_to_rest_on(request.viewer, draft.rests_on_id),
    )
    rows = recipient_forms(request, draft.body_id, sent(draft))
    if request.method == "POST" and form.is_valid() and all(row.is_valid() for row in rows):
        with refused_into(form):
            recipients = [_plain(row.sent) for row in rows if row.sent]
            columns = form.columns | {"recipients": recipients}
            seen = form.cleaned_data["revision"]
            save(draft, columns, seen_revision=seen, by=request.viewer)
            messages.success(request, _("Đã lưu dự thảo, bản %(number)d.") % {"number": draft.revision})
            return redirect("documents:draft", draft.pk)
    wrong = form.errors or any(row.errors for row in rows)
    context = {"draft": draft, "form": form, **in_two(rows), **_named(draft)}
    return render(request, "documents/draft_text.html", context, status=422 if wrong else 200)


@require_safe
def page(request: Request, pk: int) -> HttpResponse:
    """The draft as it will be printed, what is to be looked at, and what can be done with it."""
    draft, can = load_draft(request, pk)
    mark_seen(draft, by=request.viewer)
    context = {
        "draft": draft,
        "can": can,
        "content": content_of(draft) if draft.is_open else None,
        "warnings": warnings_of(draft) if draft.is_open else [],
        "has_versions": draft.revision > 1,
        "is_asked": can.answer and draft.consent == Consent.ASKED,
        "reads_rest": draft.rests_on_id is not None
        and Document.objects.visible_to(request.viewer).filter(pk=draft.rests_on_id).exists(),
        **_named(draft),
    }
    return render(request, "documents/draft.html", context)


@require_safe
def file(request: Request, pk: int, fmt: Format) -> HttpResponse:
    """The draft as PDF or Word, marked as a draft; of an issued one the paper itself."""
    draft, _can = load_draft(request, pk)
    if draft.document is not None:
        return redirect("documents:file", draft.document.pk, fmt)
    words = {"kind": _named(draft)["kind_name"], "number": draft.revision}
    return document_response(content_of(draft), fmt, _("Dự thảo %(kind)s, bản %(number)d") % words)


@require_safe
def versions(request: Request, pk: int) -> HttpResponse:
    """Every version, the last first: who saved it when, and what it changed."""
    draft, _can = load_draft(request, pk)
    rows = list(draft.versions.select_related("by"))
    before = [None, *rows[:-1]]
    found = [(row, changes(old, row) if old else []) for old, row in zip(before, rows, strict=True)]
    context = {"draft": draft, "versions": found[::-1], **_named(draft)}
    return render(request, "documents/draft_versions.html", context)


def giving_up(request: Request, pk: int) -> HttpResponse:
    """Ask, then erase."""
    draft, _can = load_draft(request, pk, "write")
    if request.method == "POST":
        body_id = draft.body_id
        give_up(draft, by=request.viewer)
        messages.success(request, _("Đã bỏ dự thảo của %(body)s.") % {"body": name_on(body_id, today())})
        return redirect("documents:register")
    context = {
        "question": _("Bỏ dự thảo này?"),
        "facts": [(_named(draft)["kind_name"], draft.subject or _("chưa có trích yếu"))],
        "consequences": [
            _(
                "Dự thảo và các bản đã lưu bị xóa, không lấy lại được. Chưa có số nào được cấp cho văn bản này."
            )
        ],
        "action": _("Bỏ dự thảo"),
        "back_url": reverse("documents:draft", args=[draft.pk]),
    }
    return render(request, "ui/confirm.html", context)


def _named(draft: Draft) -> dict[str, Any]:
    """How its kind and its body are called."""
    kinds = rules_for(draft.body_id, draft.day or today()).numbering.kinds
    kind = kinds[draft.kind].name if draft.kind in kinds else draft.kind
    return {"kind_name": kind, "body_name": name_on(draft.body_id, today())}


def _kinds(body_id: int) -> list[tuple[str, Any]]:
    """Those with a skeleton of their own first."""
    known = [(code, name) for code, name in kind_choices(body_id) if code not in NOT_WRITTEN_HERE]
    usual = [one for one in known if one[0] in skeletons()]
    others = [one for one in known if one[0] not in skeletons()]
    return [(_("Thường dùng"), usual), (_("Thể loại khác"), others)] if others else usual


def _typed(draft: Draft, signers: list[Signer]) -> dict[str, Any]:
    """What the form begins with."""
    names = ("revision", "subject", "addressees", "text", "day", "organization")
    other = ("signer_name", "signer_position", "signed_how", "signed_for")
    chosen = next((one.key for one in signers if _is_chosen(draft, one)), OTHER)
    typed = {name: getattr(draft, name) for name in names}
    typed |= {"rests_on": draft.rests_on_id or "", "signer": chosen}
    return typed | ({name: getattr(draft, name) for name in other} if chosen == OTHER else {})


def _is_chosen(draft: Draft, signer: Signer) -> bool:
    return all(getattr(draft, name) == value for name, value in signer.columns.items())


def _plain(row: Any) -> dict[str, Any]:
    return {"name": row.name, "purpose": row.purpose, "body_id": row.body_id, "group": row.group}
