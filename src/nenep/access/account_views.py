"""Accounts of others: a branch's list with printed slips, one account, and the administrator's list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from nenep.access.access import AccountAccess
from nenep.access.forms import SearchForm
from nenep.access.models import Account, AccountState, CodeRequest
from nenep.access.operations import (
    close_account,
    end_sessions,
    issue_code,
    open_account,
    reopen_account,
)
from nenep.access.reach import home_of
from nenep.journal.operations import record_read
from nenep.organizations.models import Body
from nenep.organizations.reach import may
from nenep.people.models import Member
from nenep.people.reads import branch_on, roster
from nenep.shared.dates import today
from nenep.shared.states import Refused
from nenep.shared.stepup import step_up
from nenep.shared.vietnamese import search_key
from nenep.shared.web import refusals_shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from nenep.shared.web import Request

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One member of a branch with the state of the account."""

    member_id: int
    name: str
    state: AccountState
    account: Account | None


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed for one person."""

    name: str
    username: str
    code: str
    last_day: object


@require_safe
def branch(request: Request, body_id: int) -> HttpResponse:
    """The members of a branch and whether they have an account."""
    found = _branch_to_open_in(request, body_id)
    lines = _lines(body_id)
    record_read("account.listed", by=request.viewer, body=body_id)
    context = {
        "body": found,
        "lines": lines,
        "without": sum(line.state == AccountState.ABSENT for line in lines),
    }
    return render(request, "access/branch.html", context)


@require_POST
@never_cache
@step_up
@refusals_shown
def slips(request: Request, body_id: int) -> HttpResponse:
    """Open an account for everybody of the branch who has none, and print their codes."""
    found = _branch_to_open_in(request, body_id)
    absent = [line.member_id for line in _lines(body_id) if line.state == AccountState.ABSENT]
    printed, beyond = [], []
    with transaction.atomic():
        for member in Member.objects.filter(pk__in=absent).order_by("sort_key"):
            opened = open_account(member, by=request.viewer)
            try:
                printed.append(new_slip(opened, request))
            except Refused:  # who also serves higher up: somebody there prints that one
                beyond.append(member.full_name)
    return printed_slips(request, printed, found, beyond=beyond)


@require_POST
@never_cache
@step_up
@refusals_shown
def slip(request: Request, member_id: int) -> HttpResponse:
    """A code for one member who has never signed in; opens the account if there is none."""
    member = get_object_or_404(Member.objects.visible_to(request.viewer), pk=member_id)
    body_id = branch_on(member.pk, today())
    if body_id is None or not may(request.viewer, "access.open", body_id):
        raise PermissionDenied
    account = Account.objects.filter(member=member).first()
    if account and account.state == AccountState.OPEN:
        return redirect("access:account", account.pk)  # a way back in is a graver thing than a first code
    with transaction.atomic():
        account = account or open_account(member, by=request.viewer)
        printed = new_slip(account, request)
    return printed_slips(request, [printed], get_object_or_404(Body.objects.as_of(today()), pk=body_id))


@require_safe
def account(request: Request, pk: int) -> HttpResponse:
    found = _account(request, pk)
    can = AccountAccess(request.viewer, found)
    if not can.read:
        raise PermissionDenied
    record_read("account.read", by=request.viewer, body=home_of(found), obj=found, subject=found.member_id)
    waiting = CodeRequest.objects.open().filter(account=found).first()
    context = {"account": found, "can": can, "home": home_of(found), "waiting": waiting}
    return render(request, "access/account.html", context)


@require_POST
@never_cache
@step_up
@refusals_shown
def code(request: Request, pk: int) -> HttpResponse:
    """A code for somebody who has not opened the account yet."""
    found = _account(request, pk)
    if not AccountAccess(request.viewer, found).issue_code:
        raise PermissionDenied
    return printed_slips(request, [new_slip(found, request)], home_body(found))


@require_POST
@step_up
@refusals_shown
def closure(request: Request, pk: int) -> HttpResponse:
    found = _account(request, pk)
    if not AccountAccess(request.viewer, found).close:
        raise PermissionDenied
    close_account(found, by=request.viewer)
    messages.success(request, _("Đã khóa tài khoản; mọi thiết bị đã bị đăng xuất."))
    return redirect("access:account", found.pk)


@require_POST
@step_up
@refusals_shown
def reopening(request: Request, pk: int) -> HttpResponse:
    found = _account(request, pk)
    if not AccountAccess(request.viewer, found).reopen:
        raise PermissionDenied
    reopen_account(found, by=request.viewer)
    messages.success(request, _("Đã mở khóa tài khoản."))
    return redirect("access:account", found.pk)


@require_POST
@step_up
@refusals_shown
def sessions(request: Request, pk: int) -> HttpResponse:
    """Sign a person out of every device: a lost phone that may still be signed in."""
    found = _account(request, pk)
    if not AccountAccess(request.viewer, found).end_sessions:
        raise PermissionDenied
    end_sessions(found, by=request.viewer)
    if found.pk == request.viewer.account_id:
        logout(request)
    messages.success(request, _("Đã đăng xuất tài khoản này khỏi mọi thiết bị."))
    return redirect("access:account", found.pk)


@require_safe
def accounts(request: Request) -> HttpResponse:
    """All accounts, for the administrator: names and states, no content."""
    if not request.viewer.is_administrator:
        raise PermissionDenied
    form = SearchForm(request.GET)
    found = Account.objects.visible_to(request.viewer).for_list()
    text = form.cleaned_data["q"] if form.is_valid() else ""
    if text:
        key = search_key(text)
        found = found.filter(Q(member__search_key__contains=key) | Q(username__contains=key))
    record_read("account.listed", by=request.viewer, body=None)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "access/accounts.html", {"form": form, "page": page})


def _account(request: Request, pk: int) -> Account:
    found: Account = get_object_or_404(
        Account.objects.visible_to(request.viewer).select_related("member"), pk=pk
    )
    return found


def _branch_to_open_in(request: Request, body_id: int) -> Body:
    found = get_object_or_404(Body.objects.visible_to(request.viewer).as_of(today()), pk=body_id)
    if not may(request.viewer, "access.open", body_id):
        raise PermissionDenied
    return found


def _lines(body_id: int) -> list[Line]:
    entries = [entry for entry in roster(body_id, today()) if not entry.is_guest]
    members = [entry.member_id for entry in entries]
    accounts = {found.member_id: found for found in Account.objects.filter(member__in=members)}
    return [
        Line(
            entry.member_id,
            entry.name,
            accounts[entry.member_id].state if entry.member_id in accounts else AccountState.ABSENT,
            accounts.get(entry.member_id),
        )
        for entry in entries
    ]


def home_body(found: Account) -> Body | None:
    home = home_of(found)
    return Body.objects.as_of(today()).get(pk=home) if home else None


def new_slip(found: Account, request: Request, *, confirmed: CodeRequest | None = None) -> Slip:
    printed = issue_code(found, by=request.viewer, confirmed=confirmed)
    return Slip(found.shown_name, found.username, printed, found.code.expires_at)


def printed_slips(
    request: Request, printed: list[Slip], body: Body | None, *, beyond: Sequence[str] = ()
) -> HttpResponse:
    context = {"slips": printed, "body": body, "address": settings.SITE_ADDRESS, "beyond": beyond}
    return render(request, "access/slips.html", context)
