"""The focus of a month: the officer's drafts and what became of them, and the page that branches read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nenep.arrivals.papers import page_of
from nenep.guidance import operations, reads
from nenep.guidance.access import GuidanceAccess
from nenep.guidance.forms import DraftForm, WithdrawalForm, WordsForm
from nenep.guidance.models import Guidance
from nenep.guidance.providers import beside
from nenep.notices.operations import mark_seen
from nenep.organizations.reach import may
from nenep.organizations.reads import committee_name_on, names_on
from nenep.shared.dates import today
from nenep.shared.moved_on import MovedOn, require_verb
from nenep.shared.web import refusals_shown, refused_into
from nenep.shared.words import count_words

if TYPE_CHECKING:
    from django.forms import BaseForm

    from nenep.shared.web import Request

ON_A_PAGE = 50
SHOWN = {"all": {}, "taken": {"taken": True}, "discussed": {"discussed": True}, "open": {"taken": False}}


@require_GET
def guidance_list(request: Request) -> HttpResponse:
    """What my committee gives to those below, and what was given to us."""
    rows = Guidance.objects.visible_to(request.viewer).for_page().order_by("-first_month", "-pk")
    found = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    names = names_on({row.body_id for row in found}, today())
    context = {
        "page": found,
        "rows": [(row, names[row.body_id]) for row in found],
        "issued_by_viewer": names_on(request.viewer.where("guidance.issue").own, today()),
    }
    return render(request, "guidance/guidance_list.html", context)


def draft(request: Request, body_id: int) -> HttpResponse:
    if not may(request.viewer, "guidance.read", body_id):
        raise Http404
    if not may(request.viewer, "guidance.issue", body_id):
        raise PermissionDenied
    initial = {"source_issuer": committee_name_on(body_id, today())}
    form = DraftForm(request.POST or None, body_id=body_id, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            made = operations.draft_guidance(
                body_id,
                frame=form.frame,
                words=form.words,
                once=form.cleaned_data["once"],
                by=request.viewer,
            )
            messages.success(request, _("Đã lưu. Đồng chí xem lại rồi ban hành."))
            return redirect("guidance:page", made.pk)
    return _form_page(request, form, _("Soạn trọng tâm sinh hoạt"), _("Lưu bản đang soạn"))


@require_GET
def page(request: Request, pk: int) -> HttpResponse:
    guidance, can = _load(request, pk)
    mark_seen(guidance, by=request.viewer)
    uptake = reads.uptake(guidance) if can.issue else None
    context = {
        "guidance": guidance,
        "can": can,
        "current": guidance.current,
        "source_url": page_of(request.viewer, guidance.current.source_number, guidance.current.source_date),
        "versions": sorted(guidance.versions.all(), key=lambda version: -version.number),
        "issuer": committee_name_on(guidance.body_id, today()),
        "uptake": uptake,
        "beside": beside.ask(request.viewer, guidance),
        "base": _("trên %(all)d chi bộ được nhận") % uptake if uptake else "",
    }
    return render(request, "guidance/guidance_page.html", context)


def words(request: Request, pk: int) -> HttpResponse:
    """Change a draft, or make the next version of what is published."""
    guidance, _can = _load(request, pk, "revise")
    current = guidance.current
    initial = {"revision": guidance.revision}
    form: WordsForm
    if guidance.is_draft:
        form = DraftForm(
            request.POST or None, instance=current, body_id=guidance.body_id, frame=guidance, initial=initial
        )
    else:
        form = WordsForm(
            request.POST or None, instance=current, changes_published=True, initial=initial | {"note": ""}
        )
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            told = operations.revise_guidance(
                guidance,
                words=form.words,
                frame=form.frame if isinstance(form, DraftForm) else None,
                seen=form.cleaned_data["revision"] or 0,
                by=request.viewer,
            )
            said = _("Đã lưu bản mới và báo cho %(count)d bí thư chi bộ.")
            messages.success(request, count_words(told, said, _("Đã lưu.")))
            return redirect("guidance:page", pk)
    return _form_page(request, form, _("Sửa trọng tâm sinh hoạt"), _("Lưu"), guidance)


@require_POST
@refusals_shown
def publication(request: Request, pk: int) -> HttpResponse:
    guidance, _can = _load(request, pk, "publish")
    told = operations.publish_guidance(guidance, by=request.viewer)
    said = _("Đã ban hành và báo cho %(count)d bí thư chi bộ.")
    messages.success(request, count_words(told, said, _("Đã ban hành. Chưa có bí thư chi bộ nào để báo.")))
    return redirect("guidance:page", pk)


def withdrawal(request: Request, pk: int) -> HttpResponse:
    guidance, _can = _load(request, pk, "withdraw")
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            told = operations.withdraw_guidance(guidance, by=request.viewer, **form.cleaned_data)
            said = _("Đã thu hồi và báo cho %(count)d bí thư chi bộ.")
            messages.success(request, count_words(told, said, _("Đã thu hồi.")))
            return redirect("guidance:page", pk)
    return _form_page(request, form, _("Thu hồi trọng tâm sinh hoạt"), _("Thu hồi"), guidance)


@require_GET
def branches(request: Request, pk: int) -> HttpResponse:
    """Behind each number: which branches these are."""
    guidance, can = _load(request, pk)
    if not can.issue:
        raise PermissionDenied
    which = request.GET.get("which", "all")
    which = which if which in SHOWN else "all"
    rows = reads.with_uptake(guidance).filter(**SHOWN[which]).in_order()
    context = {
        "guidance": guidance,
        "current": guidance.current,
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "which": which,
        "uptake": reads.uptake(guidance),
    }
    return render(request, "guidance/branches.html", context)


def _load(request: Request, pk: int, verb: str = "") -> tuple[Guidance, GuidanceAccess]:
    """404 when unseen, 403 without the right to `verb`; MovedOn when there is one, only not now."""
    guidance = get_object_or_404(Guidance.objects.visible_to(request.viewer).for_page(), pk=pk)
    can = GuidanceAccess(request.viewer, guidance)
    if verb:
        require_verb(can, verb, lambda: _late(guidance))
    return guidance, can


def _late(guidance: Guidance) -> MovedOn:
    sentence = _("Trọng tâm này đã ban hành.")
    if guidance.is_withdrawn:
        words = {"reason": guidance.withdrawal_reason}
        sentence = _("Trọng tâm này đã thu hồi. Lý do: %(reason)s.") % words
    return MovedOn(sentence, reverse("guidance:page", args=[guidance.pk]), _("Xem trọng tâm sinh hoạt"))


def _form_page(
    request: Request, form: BaseForm, heading: str, submit: str, guidance: Guidance | None = None
) -> HttpResponse:
    context = {"form": form, "heading": heading, "submit": submit, "guidance": guidance}
    return render(request, "guidance/form.html", context, status=422 if form.errors else 200)
