"""A new code for an opened account: asked for by one, confirmed by another, then printed by the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from nenep.access.access import AccountAccess, CodeRequestAccess
from nenep.access.account_views import ON_A_PAGE, home_body, new_slip, printed_slips
from nenep.access.confirming import ask_code, confirm_code, refuse_code, who_confirms, withdraw_code
from nenep.access.models import Account, CodeRequest
from nenep.access.reach import home_of
from nenep.journal.operations import record_read
from nenep.organizations.reads import names_on
from nenep.shared.dates import today
from nenep.shared.stepup import step_up
from nenep.shared.web import refusals_shown

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.shared.web import Request


@require_POST
@refusals_shown
def asking(request: Request, pk: int) -> HttpResponse:
    """Ask; whoever asks again while a request waits is led to that one."""
    found = get_object_or_404(Account.objects.visible_to(request.viewer), pk=pk)
    if not AccountAccess(request.viewer, found).ask_code:
        raise PermissionDenied
    waiting = CodeRequest.objects.open().filter(account=found).first()
    if waiting is None:
        lost = request.POST.get("lost_device") == "on"
        waiting = ask_code(found, by=request.viewer, drops_second_factor=lost)
        messages.success(request, _("Đã gửi đề nghị. Mã được in sau khi một đồng chí khác xác nhận."))
    return redirect("access:code_request", waiting.pk)


@require_safe
def code_requests(request: Request) -> HttpResponse:
    """Those that wait and those of before: one's own, and those one may confirm."""
    found = CodeRequest.objects.visible_to(request.viewer).for_list()
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    if page.object_list:
        record_read("account.listed", by=request.viewer, body=None)
    return render(request, "access/code_requests.html", {"page": page})


@require_safe
def code_request(request: Request, pk: int) -> HttpResponse:
    """One page for all three: who asked and waits, who confirms, whom it is about."""
    found = _request(request, pk)
    account, home = found.account, home_body(found.account)
    record_read(
        "account.read", by=request.viewer, body=home_of(account), obj=found, subject=account.member_id
    )
    offices = who_confirms(found) if found.is_open() else []
    bodies = names_on({office.body_id for office in offices}, today())
    context = {
        "found": found,
        "home": home,
        "can": CodeRequestAccess(request.viewer, found),
        "who_confirms": [(office, bodies[office.body_id]) for office in offices],
    }
    return render(request, "access/code_request.html", context)


@require_POST
@step_up
@refusals_shown
def confirmation(request: Request, pk: int) -> HttpResponse:
    found = _request(request, pk)
    if not CodeRequestAccess(request.viewer, found).confirm:
        raise PermissionDenied
    confirm_code(found, by=request.viewer)
    messages.success(request, _("Đã xác nhận. Người đề nghị được báo để in mã."))
    return redirect("access:code_request", pk)


@require_POST
@refusals_shown
def refusal(request: Request, pk: int) -> HttpResponse:
    found = _request(request, pk)
    if not CodeRequestAccess(request.viewer, found).refuse:
        raise PermissionDenied
    refuse_code(found, by=request.viewer)
    messages.success(request, _("Đã dừng. Không có mã nào được in; người đề nghị được báo."))
    return redirect("access:code_request", pk)


@require_POST
@refusals_shown
def withdrawal(request: Request, pk: int) -> HttpResponse:
    found = _request(request, pk)
    if not CodeRequestAccess(request.viewer, found).withdraw:
        raise PermissionDenied
    withdraw_code(found, by=request.viewer)
    messages.success(request, _("Đã rút đề nghị."))
    return redirect("access:code_request", pk)


@require_POST
@never_cache
@step_up
@refusals_shown
def code_slip(request: Request, pk: int) -> HttpResponse:
    """Print the code that a second person has confirmed; once."""
    found = _request(request, pk)
    if not CodeRequestAccess(request.viewer, found).print:
        raise PermissionDenied
    slip = new_slip(found.account, request, confirmed=found)
    return printed_slips(request, [slip], home_body(found.account))


def _request(request: Request, pk: int) -> CodeRequest:
    found: CodeRequest = get_object_or_404(CodeRequest.objects.visible_to(request.viewer).for_page(), pk=pk)
    return found
