"""What the views of this module share: load, check the right, say what happened meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.directives.access import DirectiveAccess, ReceiptAccess
from nenep.directives.models import Directive, Receipt
from nenep.shared.moved_on import MovedOn, require_verb

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpResponse

    from nenep.shared.web import Request


def load_directive(request: Request, pk: int, verb: str = "") -> tuple[Directive, DirectiveAccess]:
    """404 when unseen, 403 without the right to `verb`; MovedOn when there is one, only not now."""
    directive = get_object_or_404(Directive.objects.visible_to(request.viewer).for_page(), pk=pk)
    can = DirectiveAccess(request.viewer, directive)
    if verb:
        require_verb(can, verb, lambda: late(directive))
    return directive, can


def load_receipt(request: Request, pk: int, verb: str) -> tuple[Receipt, ReceiptAccess]:
    rows = Receipt.objects.visible_to(request.viewer).select_related("directive", "body")
    receipt = get_object_or_404(rows, pk=pk)
    can = ReceiptAccess(request.viewer, receipt)
    require_verb(can, verb, lambda: late(receipt.directive))
    return receipt, can


def late(directive: Directive) -> MovedOn:
    sentence = _("Việc này đã ghi rồi.") if directive.is_issued else _("Chỉ đạo này đang soạn.")
    if directive.is_withdrawn:
        words = {"reason": directive.withdrawal_reason.rstrip(".")}
        sentence = _("Chỉ đạo này đã thu hồi. Lý do: %(reason)s.") % words
    return MovedOn(sentence, reverse("directives:page", args=[directive.pk]), _("Xem chỉ đạo"))


def form_page(
    request: Request,
    form: BaseForm,
    heading: str,
    submit: str,
    *,
    back: tuple[str, str],
    template: str = "directives/form.html",
    **more: object,
) -> HttpResponse:
    """A page with one form; `back`: address and words of where the person came from."""
    context = {"form": form, "heading": heading, "submit": submit, "back": back, **more}
    return render(request, template, context, status=422 if form.errors else 200)
