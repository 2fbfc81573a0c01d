"""What allauth asks us: no signing up, our words, our way home after signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.http import HttpRequest

    from nenep.access.models import Account

_WRONG_SIGN_IN = _(
    "Tên đăng nhập hoặc mật khẩu chưa đúng. Đồng chí nhập lại; nếu quên thì xin mã mới ở bí thư chi bộ."
)
_TOO_OFTEN = _("Đồng chí đã thử nhiều lần. Đồng chí đợi 5 phút rồi thử lại.")
_WRONG_CODE = _("Mã chưa đúng. Đồng chí xem lại rồi nhập lại.")

ACCOUNT_WORDS = {
    "account_inactive": _("Tài khoản này đang bị khóa. Đồng chí hỏi bí thư chi bộ."),
    "enter_current_password": _("Mật khẩu đang dùng chưa đúng. Đồng chí nhập lại."),
    "incorrect_code": _WRONG_CODE,
    "incorrect_password": _("Mật khẩu chưa đúng. Đồng chí nhập lại."),
    "invalid_login": _WRONG_SIGN_IN,
    "rate_limited": _TOO_OFTEN,
    "same_as_current": _("Mật khẩu mới phải khác mật khẩu đang dùng."),
    "too_many_login_attempts": _TOO_OFTEN,
    "username_password_mismatch": _WRONG_SIGN_IN,
}
FACTOR_WORDS = {
    "cannot_delete_authenticator": _("Không thể bỏ bước xác nhận này."),
    "cannot_generate_recovery_codes": _(
        "Đồng chí thêm bước xác nhận thứ hai trước, rồi mới tạo mã dự phòng."
    ),
    "incorrect_code": _WRONG_CODE,
    "rate_limited": _TOO_OFTEN,
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are opened by a printed code, never by signing up."""

    error_messages = {**DefaultAccountAdapter.error_messages, **ACCOUNT_WORDS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        if not ratelimit.consume(
            request, action="login_failed_anywhere", key=_name_in(credentials), dry_run=True
        ):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        ratelimit.consume(request, action="login_failed_anywhere", key=_name_in(credentials))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Name and address together: five wrong tries of a stranger lock nobody out elsewhere."""
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{self.get_client_ip(request)}"

    def get_login_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return "/"

    def get_logout_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return "/accounts/login/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return "/accounts/mine/"

    def get_reauthentication_methods(self, user: Account) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": gettext("Nhập mật khẩu"),
            "mfa_reauthenticate": gettext("Nhập mã từ ứng dụng xác nhận hoặc mã dự phòng"),
            "mfa_reauthenticate:webauthn": gettext("Dùng khóa của thiết bị"),
        }
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**method, "description": words[method["id"]]} for method in methods]


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {**DefaultMFAAdapter.error_messages, **FACTOR_WORDS}

    def generate_authenticator_name(self, user: Account, type: str) -> str:  # noqa: A002
        number = user.authenticator_set.filter(type=type).count() + 1  # type: ignore[attr-defined]
        return gettext("Thiết bị %(number)s") % {"number": number}


def _name_in(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email") or credentials.get("username") or "").lower()
