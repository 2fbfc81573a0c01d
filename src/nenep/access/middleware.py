"""The viewer on each request, the day of use, the end of a sign-in, and the demand for a second factor."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from nenep.access.models import Account, TextSize
from nenep.access.roles import role_table
from nenep.access.sessions import note_use, why_over
from nenep.access.unsent import ask_to_sign_in, is_kept
from nenep.access.viewers import viewer_of
from nenep.shared.asides import is_aside
from nenep.shared.dates import today
from nenep.shared.text_size import COOKIE
from nenep.shared.viewer import NOBODY, Viewer

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from nenep.shared.web import Request

    Answer = Callable[[HttpRequest], HttpResponse]

# Reached without the second factor that is demanded: what leads to having one, and the way out.
OPEN_PATHS = ("/accounts/2fa/", "/accounts/reauthenticate/", "/accounts/logout/", "/static/")


class ViewerMiddleware:
    """Puts `request.viewer` there: computed when first asked for, anew in each request."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        viewer = cast("Viewer", SimpleLazyObject(lambda: _viewer(request)))
        request.viewer = viewer  # type: ignore[attr-defined]
        answer = self.answer(request)
        account = request.user
        if isinstance(account, Account) and account.pk:
            _note_day_of_use(account)
            _carry_text_size(request, account, answer)
            if not answer.has_header("Cache-Control"):
                # Pages about people must not stay on a shared phone or in a proxy.
                answer["Cache-Control"] = "private, no-store"
        return answer


class SignInMiddleware(LoginRequiredMiddleware):
    """Ends a sign-in that is over, with a sentence that says why, and asks for one where it is needed."""

    def process_request(self, request: Request) -> None:
        if not isinstance(request.user, Account):
            return
        if reason := why_over(request.session, request.viewer):
            logout(request)
            request.viewer = NOBODY
            messages.info(request, reason)
        elif request.method == "POST" or not is_aside(request):
            note_use(request.session, request.viewer)

    def handle_no_permission(self, request: Request, view_func: Any) -> HttpResponse:  # type: ignore[override]
        if is_kept(request) and not request.htmx:
            return ask_to_sign_in(request)
        answer: HttpResponse = super().handle_no_permission(request, view_func)
        if request.htmx:  # the whole page goes to sign-in, not the part that was asked for
            here = request.htmx.current_url_abs_path or "/"
            answer = HttpResponseClientRedirect(redirect_to_login(here, self.get_login_url(view_func)).url)
        return answer


class SecondFactorMiddleware:
    """Sends whoever holds a role that demands a second factor to the page where one is added."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_view(self, request: Request, *_view: Any) -> HttpResponse | None:
        if not settings.SECOND_FACTOR_DEMANDED or request.path.startswith(OPEN_PATHS):
            return None
        if not lacks_second_factor(request.viewer):
            return None
        messages.info(
            request,
            _("Chức vụ của đồng chí cần thêm một bước xác nhận khi đăng nhập. Đồng chí thêm ở trang này."),
        )
        answer: HttpResponse = redirect("mfa_index")
        if request.htmx:  # the whole page goes there, not the part that was asked for
            answer = HttpResponseClientRedirect(answer["Location"])
        return answer


def lacks_second_factor(viewer: Viewer) -> bool:
    """Whether a role of the day demands a second factor and the account has none. Recovery codes are none."""
    if not any(role_table().roles[role].second_factor for role in viewer.roles):
        return False
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return not Authenticator.objects.filter(user=viewer.account_id, type__in=kinds).exists()


def _viewer(request: HttpRequest) -> Viewer:
    account = request.user
    return viewer_of(account) if isinstance(account, Account) else NOBODY


def _note_day_of_use(account: Account) -> None:
    if account.last_seen_on != today():
        Account.objects.filter(pk=account.pk).update(last_seen_on=today())


def _carry_text_size(request: HttpRequest, account: Account, answer: HttpResponse) -> None:
    """On a device where no size was chosen the one kept with the account holds."""
    chosen_here = COOKIE in request.COOKIES or COOKIE in answer.cookies
    if chosen_here or account.text_size == TextSize.NORMAL:
        return
    answer.set_cookie(
        COOKIE,
        str(account.text_size),
        max_age=timedelta(days=365),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
