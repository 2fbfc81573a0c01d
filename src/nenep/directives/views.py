"""A directive as its issuer writes it and as everybody reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nenep.arrivals.papers import page_of
from nenep.directives import operations
from nenep.directives.audience import receivers
from nenep.directives.forms import DirectiveForm, RequirementForm, WithdrawalForm
from nenep.directives.loading import form_page, load_directive
from nenep.directives.models import Confirmation, Directive, Receipt
from nenep.directives.operations import MOST_REQUIREMENTS
from nenep.directives.own import own_parts
from nenep.directives.providers import beside
from nenep.directives.reading import followed, own_receipts
from nenep.directives.reads import states_of
from nenep.directives.state_views import state_context
from nenep.directives.way_up import above_directive
from nenep.notices.operations import mark_seen
from nenep.organizations.reach import may, within
from nenep.organizations.reads import committee_name_on, names_on
from nenep.shared.dates import today
from nenep.shared.web import number_in, refusals_shown, refused_into

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.shared.viewer import Viewer
    from nenep.shared.web import Request

ON_A_PAGE = 30


@require_GET
def directive_list(request: Request) -> HttpResponse:
    """What reached my bodies and what they issue, drafts and then the latest first."""
    rows = Directive.objects.visible_to(request.viewer).for_page().latest_first()
    found = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    own = Receipt.objects.filter(within(request.viewer, "directives.read"), ended_at=None)
    got = {row.directive_id: row for row in own.filter(directive__in=[row.pk for row in found])}
    names = names_on({row.body_id for row in found}, today())
    context = {
        "page": found,
        "rows": [(row, names[row.body_id], got.get(row.pk)) for row in found],
        "issued_by_viewer": names_on(request.viewer.where("directives.issue").own, today()),
        "follows": bool(request.viewer.where("directives.follow").below),
    }
    return render(request, "directives/directive_list.html", context)


def draft(request: Request, body_id: int) -> HttpResponse:
    """`?from=` names what the body received and hands down by this."""
    if not may(request.viewer, "directives.read", body_id):
        raise Http404
    if not may(request.viewer, "directives.issue", body_id):
        raise PermissionDenied
    receipt = _received(request, body_id)
    offered = list(receipt.directive.requirements.all()) if receipt else []
    form = DirectiveForm(
        request.POST or None, body_id=body_id, offered=offered, initial=_handed_down(receipt, body_id)
    )
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            made = operations.draft_directive(
                body_id,
                words=form.words,
                chosen=form.chosen,
                carries_out=(receipt, form.cleaned_data.get("requirements") or []) if receipt else None,
                once=form.cleaned_data["once"],
                by=request.viewer,
            )
            messages.success(request, _("Đã lưu. Đồng chí ghi từng việc phải làm rồi ban hành."))
            return redirect("directives:requirements", made.pk)
    back = reverse("directives:list"), _("Chỉ đạo")
    return form_page(
        request, form, _("Soạn chỉ đạo cho cấp dưới"), _("Lưu bản đang soạn"), back=back, receipt=receipt
    )


@require_GET
def page(request: Request, pk: int) -> HttpResponse:
    directive, can = load_directive(request, pk)
    mark_seen(directive, by=request.viewer)
    viewer = request.viewer
    received, below = own_receipts(viewer, directive), list(followed(viewer, directive))
    mine, looked_after = {row.pk for row in received}, {row.pk for row in below}
    states = states_of(directive, [*received, *(row for row in below if row.pk not in mine)])
    own = can.own_branch
    said = Confirmation.objects.filter(directive=directive, member=viewer.member_id or 0).first()
    context = {
        "directive": directive,
        "can": can,
        "issuer": committee_name_on(directive.body_id, today()),
        "keeper": ""
        if directive.keeper_id == directive.body_id
        else committee_name_on(directive.keeper_id, today()),
        "requirements": list(directive.requirements.all()),
        "parts": own_parts(viewer, directive, [one for one in states if one.receipt.pk in mine]),
        "may_confirm": own is not None and directive.is_issued and own.acknowledged_at is not None,
        "confirmation": said,
        "above": above_directive(viewer, directive),
        "source_url": source_url(viewer, directive),
        "receivers": receivers(directive, today()).count() if can.revise else 0,
        "today": today(),
        "beside": beside.ask(viewer, directive),
    }
    context |= state_context(directive, [one for one in states if one.receipt.pk in looked_after])
    return render(request, "directives/directive_page.html", context)


def words(request: Request, pk: int) -> HttpResponse:
    """Change a draft."""
    directive, _can = load_directive(request, pk, "revise")
    form = DirectiveForm(request.POST or None, instance=directive, body_id=directive.keeper_id)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            operations.revise_directive(directive, words=form.words, chosen=form.chosen, by=request.viewer)
            messages.success(request, _("Đã lưu."))
            return redirect("directives:page", pk)
    return form_page(request, form, _("Sửa chỉ đạo"), _("Lưu"), back=_to(directive))


def requirements(request: Request, pk: int) -> HttpResponse:
    """Who must do what by when, one paragraph after the other."""
    directive, _can = load_directive(request, pk, "revise")
    form = RequirementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            operations.add_requirement(directive, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("Đã thêm việc phải làm."))
            return redirect("directives:requirements", pk)
    return form_page(
        request,
        form,
        _("Việc phải làm"),
        _("Thêm việc này"),
        back=_to(directive),
        template="directives/requirements.html",
        directive=directive,
        rows=list(directive.requirements.all()),
        most=MOST_REQUIREMENTS,
    )


@require_POST
@refusals_shown
def requirement_removal(request: Request, pk: int) -> HttpResponse:
    directive, _can = load_directive(request, pk, "revise")
    operations.drop_requirement(directive, number_in(request, "requirement"), by=request.viewer)
    return redirect("directives:requirements", pk)


@require_POST
@refusals_shown
def issue(request: Request, pk: int) -> HttpResponse:
    directive, _can = load_directive(request, pk, "revise")
    count = operations.issue_directive(directive, by=request.viewer)
    said = _("Đã ban hành tới %(count)d tổ chức và báo cho bí thư, phó bí thư.") % {"count": count}
    messages.success(request, said)
    return redirect("directives:page", pk)


def withdrawal(request: Request, pk: int) -> HttpResponse:
    directive, _can = load_directive(request, pk, "withdraw")
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            operations.withdraw_directive(directive, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("Đã thu hồi và báo cho nơi nhận."))
            return redirect("directives:page", pk)
    return form_page(request, form, _("Thu hồi chỉ đạo"), _("Thu hồi"), back=_to(directive))


def source_url(viewer: Viewer, directive: Directive) -> str:
    """Where the viewer opens its paper; "" for one that stands in no register, and for who has it in none."""
    if directive.document is None:
        return ""
    return page_of(viewer, directive.document.symbol, directive.document.issued_on)


def _to(directive: Directive) -> tuple[str, str]:
    return reverse("directives:page", args=[directive.pk]), directive.title


def _received(request: Request, body_id: int) -> Receipt | None:
    rows = Receipt.objects.standing().filter(body=body_id, pk=number_in(request, "from"))
    return rows.select_related("directive").first()


def _handed_down(receipt: Receipt | None, body_id: int) -> dict[str, str]:
    """A draft that hands something down starts with what came from above; its own paper is typed anew."""
    start = {"source_issuer": committee_name_on(body_id, today())}
    if receipt is None:
        return start
    upper = receipt.directive
    asked = {f"question_{n}": line for n, line in enumerate(upper.question_lines, 1)}
    copied = {name: getattr(upper, name) for name in ("title", "digest", "why_it_matters")}
    return start | asked | copied
