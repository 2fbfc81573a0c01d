"""allauth's forms with our words; nothing else changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as factor_forms
from allauth.mfa.totp import forms as app_forms
from allauth.mfa.webauthn import forms as key_forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django import forms

_PASSWORD_HINT = _("Ít nhất 12 ký tự; nên là bốn năm từ dễ nhớ viết liền hoặc cách nhau.")


def _worded(form: forms.Form, words: dict[str, Any], hints: dict[str, Any] | None = None) -> None:
    """Our label above each field, no text inside it."""
    for name, label in words.items():
        if name in form.fields:
            form.fields[name].label = label
            form.fields[name].widget.attrs.pop("placeholder", None)
            form.fields[name].help_text = (hints or {}).get(name, "")


class LoginForm(account_forms.LoginForm):  # type: ignore[misc]
    not_done = _("Chưa đăng nhập được.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, {"login": _("Tên đăng nhập"), "password": _("Mật khẩu")})
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}


class ChangePasswordForm(account_forms.ChangePasswordForm):  # type: ignore[misc]
    not_done = _("Chưa đổi được mật khẩu.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(
            self,
            {
                "oldpassword": _("Mật khẩu đang dùng"),
                "password1": _("Mật khẩu mới"),
                "password2": _("Nhập lại mật khẩu mới"),
            },
            {"password1": _PASSWORD_HINT},
        )


class ReauthenticateForm(account_forms.ReauthenticateForm):  # type: ignore[misc]
    not_done = _("Chưa xác nhận được.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, {"password": _("Mật khẩu")})


class _CodeForm:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, {"code": _("Mã xác nhận")})  # type: ignore[arg-type]
        self.fields["code"].widget.attrs["inputmode"] = "text"  # type: ignore[attr-defined]


class AuthenticateForm(_CodeForm, factor_forms.AuthenticateForm):  # type: ignore[misc]
    not_done = _("Chưa đăng nhập được.")


class FactorReauthenticateForm(_CodeForm, factor_forms.ReauthenticateForm):  # type: ignore[misc]
    not_done = _("Chưa xác nhận được.")


class ActivateAppForm(_CodeForm, app_forms.ActivateTOTPForm):  # type: ignore[misc]
    not_done = _("Chưa bật được ứng dụng xác nhận.")


class AddKeyForm(key_forms.AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(
            self,
            {
                "name": _("Tên của thiết bị"),
                "passwordless": _("Đăng nhập bằng thiết bị này, không cần mật khẩu"),
            },
            {
                "name": _("Để nhận ra sau này, ví dụ: Điện thoại của tôi."),
                "passwordless": _("Thiết bị sẽ hỏi vân tay, khuôn mặt hoặc mã khóa màn hình."),
            },
        )


class EditKeyForm(key_forms.EditWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self, {"name": _("Tên của thiết bị")})
