"""allauth's addresses that exist here. Signing up, e-mail and reset by mail are not among them."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as key
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.urls import path

from nenep.access.events import journal_factors
from nenep.access.signing_out import ended_here
from nenep.access.unsent import carried

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    Page = Callable[..., HttpResponse]


def _open(view: Page) -> Page:
    """Reached before signing in."""
    return login_not_required(_atomic(view))


def _atomic(view: Page) -> Page:
    """What the page changes and its journal event live or fail together."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return page


def _leaving(view: Page) -> Page:
    """Signing out also empties what the browser kept of our pages, and ends what else hangs on this browser."""

    @wraps(view)
    def page(request: HttpRequest) -> HttpResponse:
        account_id = request.user.pk
        answer = view(request)
        if request.method == "POST":
            if account_id:
                ended_here(account_id, request)
            answer["Clear-Site-Data"] = '"cache", "storage"'
        return answer

    return page


urlpatterns = [
    path("login/", _open(carried(account.login)), name="account_login"),
    path("logout/", _leaving(_open(account.logout)), name="account_logout"),
    path("inactive/", _open(account.account_inactive), name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", _atomic(account.password_change), name="account_change_password"),
    path("2fa/", factor.index, name="mfa_index"),
    path("2fa/authenticate/", _open(carried(factor.authenticate)), name="mfa_authenticate"),
    path("2fa/reauthenticate/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", journal_factors(app.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", journal_factors(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        journal_factors(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
    path("2fa/webauthn/", key.list_webauthn, name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", journal_factors(key.add_webauthn), name="mfa_add_webauthn"),
    path("2fa/webauthn/reauthenticate/", key.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path(
        "2fa/webauthn/keys/<int:pk>/remove/", journal_factors(key.remove_webauthn), name="mfa_remove_webauthn"
    ),
    path("2fa/webauthn/keys/<int:pk>/edit/", journal_factors(key.edit_webauthn), name="mfa_edit_webauthn"),
    path("2fa/webauthn/login/", _open(carried(key.login_webauthn)), name="mfa_login_webauthn"),
]
