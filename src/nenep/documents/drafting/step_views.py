"""What becomes of a draft: the way through Word and back, the word of whoever signs, its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nenep.documents.drafting.checking import consent_warning, warnings_of
from nenep.documents.drafting.composing import recipient_lines, symbols_of
from nenep.documents.drafting.consenting import answer, ask
from nenep.documents.drafting.forms import AnswerForm, IssueForm, ReturnForm
from nenep.documents.drafting.loading import load_draft
from nenep.documents.drafting.operations import issue_draft
from nenep.documents.drafting.returning import differences, put_aside, read_back, take_over
from nenep.organizations.reach import may
from nenep.organizations.reads import locality_on, name_on, rules_for
from nenep.shared.dates import today
from nenep.shared.stale import Stale
from nenep.shared.states import Refused
from nenep.shared.web import number_in, refusals_shown, refused_into

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.shared.web import Request


def word(request: Request, pk: int) -> HttpResponse:
    """Bring back the Word file that was worked on; it is read at once, and compared on a page of its own."""
    draft, _can = load_draft(request, pk, "write")
    if not may(request.viewer, "files.add", draft.body_id):
        raise PermissionDenied
    form = ReturnForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            read_back(draft, form.cleaned_data["file"], by=request.viewer)
            return redirect("documents:draft_comparison", draft.pk)
    context = {"draft": draft, "form": form}
    return render(request, "documents/draft_word.html", context, status=422 if form.errors else 200)


def comparison(request: Request, pk: int) -> HttpResponse:
    """What the Word file would change; one press takes it over, another puts it aside."""
    draft, _can = load_draft(request, pk, "write")
    if draft.returned is None:
        messages.info(request, _("Không có bản Word nào chờ xem."))
        return redirect("documents:draft", draft.pk)
    refusal = ""
    if request.method == "POST":
        if "aside" in request.POST:
            put_aside(draft, by=request.viewer)
            messages.success(request, _("Đã bỏ bản Word; dự thảo giữ nguyên."))
            return redirect("documents:draft", draft.pk)
        try:
            take_over(draft, seen_revision=number_in(request, "revision"), by=request.viewer)
        except Stale:
            refusal = _(
                "Đồng chí khác vừa sửa dự thảo. Dưới đây là chỗ khác với bản mới nhất; đồng chí xem lại."
            )
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("Đã lấy bản Word thành bản %(number)d.") % {"number": draft.revision})
            return redirect("documents:draft", draft.pk)
    context = {
        "draft": draft,
        "parts": differences(draft),
        "notes": (draft.returned or {}).get("notes", []),
        "is_older": (draft.returned or {}).get("revision") != draft.revision,
        "refusal": refusal,
    }
    return render(request, "documents/draft_comparison.html", context, status=422 if refusal else 200)


def issuing(request: Request, pk: int) -> HttpResponse:
    """Number, recipients, kept words in one step; whoever presses second is led to the paper that was made."""
    draft, _can = load_draft(request, pk, "issue")
    day = draft.day if draft.day and draft.day <= today() else today()
    rules = rules_for(draft.body_id, day)
    form = IssueForm(
        request.POST or None,
        initial={"revision": draft.revision, "day": day, "place": locality_on(draft.body_id, day)},
        needs_symbol=not draft.organization and len(symbols_of(draft, day)) != 1,
    )
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            data = dict(form.cleaned_data)
            seen = data.pop("revision")
            document = issue_draft(draft, seen_revision=seen, by=request.viewer, **data)
            messages.success(request, _("Đã vào sổ: %(symbol)s.") % {"symbol": document.symbol})
            return redirect("documents:page", document.pk)
    context = {
        "draft": draft,
        "form": form,
        "warnings": [one for one in (*warnings_of(draft), consent_warning(draft)) if one],
        "recipients": recipient_lines(draft, day),
        "kind_name": rules.numbering.kind(draft.kind).name,
        "body_name": name_on(draft.body_id, today()),
    }
    return render(request, "documents/draft_issuing.html", context, status=422 if form.errors else 200)


@require_POST
@refusals_shown
def asking(request: Request, pk: int) -> HttpResponse:
    """Hand the draft to whoever signs."""
    draft, _can = load_draft(request, pk, "ask")
    ask(draft, by=request.viewer)
    messages.success(request, _("Đã trình đồng chí %(name)s.") % {"name": draft.signer_name})
    return redirect("documents:draft", draft.pk)


def answering(request: Request, pk: int) -> HttpResponse:
    """The signer agrees, or returns the draft with one line of what is to be changed."""
    draft, _can = load_draft(request, pk, "answer")
    form = AnswerForm(request.POST or None, initial={"revision": draft.revision})
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            data = form.cleaned_data
            agrees = "returned" not in request.POST
            reason = "" if agrees else data["reason"]
            answer(draft, agrees=agrees, reason=reason, seen_revision=data["revision"], by=request.viewer)
            said = _("Đã ghi: đồng ý ký.") if agrees else _("Đã trả lại dự thảo.")
            messages.success(request, said)
            return redirect("documents:draft", draft.pk)
    context = {"draft": draft, "form": form}
    return render(request, "documents/draft_answering.html", context, status=422 if form.errors else 200)
