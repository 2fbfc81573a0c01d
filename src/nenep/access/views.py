"""The own account, opening it with a printed code, and the table of rights that everybody may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nenep.access.devices import devices_of
from nenep.access.forms import CodeForm, NewPasswordForm
from nenep.access.models import Account, ActivationCode, CodeRequest, TextSize
from nenep.access.operations import choose_text_size, end_session, end_sessions, use_code
from nenep.access.roles import role_table
from nenep.access.viewers import holdings_of
from nenep.organizations.reads import names_on
from nenep.shared.dates import now, today
from nenep.shared.states import Refused
from nenep.shared.text_size import COOKIE, SIZES

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.access.devices import Device
    from nenep.shared.viewer import Viewer
    from nenep.shared.web import Request

# In the session while somebody is between typing the code and choosing a password.
CODE_KEY = "access.activation"


@require_http_methods(["GET", "POST"])
def mine(request: Request) -> HttpResponse:
    """Everything about the own account; POST keeps the size of text for all devices."""
    account = cast("Account", request.user)
    if request.method == "POST":
        return _keep_text_size(request, account)
    factors = Authenticator.objects.filter(user=account).values_list("type", flat=True)
    context = {
        "account": account,
        "has_second_factor": bool({"totp", "webauthn"} & {str(kind) for kind in factors}),
        "device_count": len(_devices(request)),
        "holdings": _named_holdings(account),
        "opens_in": names_on(request.viewer.where("access.open").own, today()),
        "sizes": TextSize.choices,
        "code_requests": _code_requests(request.viewer),
    }
    return render(request, "access/mine.html", context)


@require_http_methods(["GET", "POST"])
def devices(request: Request) -> HttpResponse:
    """Where the own account is signed in; POST signs it out everywhere but here."""
    if request.method == "POST":
        account, here = cast("Account", request.user), request.session.session_key or ""
        end_sessions(account, by=request.viewer, keep=here)
        messages.success(request, _("Đã đăng xuất các thiết bị khác."))
        return redirect("access:devices")
    return render(request, "access/devices.html", {"devices": _devices(request)})


@require_POST
def device_end(request: Request, pk: int) -> HttpResponse:
    """Sign another device out; this one has the button that stands on every page."""
    others = UserSession.objects.exclude(session_key=request.session.session_key)
    end_session(get_object_or_404(others, pk=pk, user=request.user), by=request.viewer)
    messages.success(request, _("Đã đăng xuất thiết bị ấy."))
    return redirect("access:devices")


@require_safe
def roles(request: Request) -> HttpResponse:
    """The role table in words: who may do what where."""
    table = role_table()
    rows = [
        (
            verb.label,
            [
                *(role.label for key, role in table.roles.items() if key in verb.own),
                *(chosen.label for chosen in table.chosen_for(verb.key)),
            ],
            [role.label for key, role in table.roles.items() if key in verb.below],
        )
        for verb in table.verbs.values()
    ]
    return render(request, "access/roles.html", {"rows": rows})


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def activation(request: Request) -> HttpResponse:
    """First the code. Tries are limited per address, so that nobody can search for one."""
    if request.method == "POST" and not ratelimit.consume(request, action="activation"):
        return cast("HttpResponse", ratelimit.respond_429(request))
    form = CodeForm(request.POST or None)
    if form.is_valid():
        request.session[CODE_KEY] = {"code": form.found.pk, "digest": form.found.digest}
        return redirect("access:activation_password")
    return render(request, "access/activation.html", {"form": form}, status=422 if form.is_bound else 200)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def activation_password(request: Request) -> HttpResponse:
    """Then the password; whoever has chosen it is signed in."""
    code = _code_in_session(request)
    if code is None:
        return redirect("access:activation")
    form = NewPasswordForm(request.POST or None, account=code.account)
    if not form.is_valid():
        context = {"form": form, "account": code.account}
        return render(
            request, "access/activation_password.html", context, status=422 if form.is_bound else 200
        )
    try:
        with transaction.atomic():
            account = use_code(code, password=form.cleaned_data["password"])
            del request.session[CODE_KEY]
            answer: HttpResponse = perform_login(request, account, email_verification="none")
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("access:activation")
    return answer


def _devices(request: Request) -> list[Device]:
    account = cast("Account", request.user)
    return devices_of(account, request.viewer, current=request.session.session_key or "")


def _keep_text_size(request: Request, account: Account) -> HttpResponse:
    answer = redirect("access:mine")
    size = request.POST.get("size", "")
    if size in map(str, SIZES):
        choose_text_size(account, size=int(size), by=request.viewer)
        answer.delete_cookie(COOKIE)  # the account's size is written into it by the next page
        messages.success(request, _("Đã giữ cỡ chữ này cho mọi thiết bị của đồng chí."))
    return answer


def _named_holdings(account: Account) -> list[tuple[str, str]]:
    """The roles of today with the bodies where they are held, in words."""
    held = holdings_of(account, today())
    names = names_on({holding.body for holding in held}, today())
    labels = role_table().roles
    return [(labels[holding.role].label, names[holding.body]) for holding in held]


def _code_requests(viewer: Viewer) -> int | None:
    """How many wait; None for whom the page of requests would always be empty."""
    waiting: int = CodeRequest.objects.visible_to(viewer).open().count()
    reach = viewer.where("access.confirm")
    return waiting if waiting or reach.own or reach.below else None


def _code_in_session(request: Request) -> ActivationCode | None:
    kept = request.session.get(CODE_KEY)
    if not kept:
        return None
    found = ActivationCode.objects.select_related("account__member").filter(
        pk=kept["code"], digest=kept["digest"]
    )
    code = found.first()
    return code if code and code.is_usable(now()) else None
