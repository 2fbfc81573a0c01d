from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nenep.access.models import Account, GrantedRole
from nenep.access.operations import usable_code
from nenep.access.reach import MANAGE, administers_root
from nenep.organizations.models import Body
from nenep.organizations.reach import within
from nenep.shared.dates import FOREVER, today
from nenep.shared.forms import DayField

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nenep.access.models import ActivationCode
    from nenep.shared.viewer import Viewer

ONE_DAY = timedelta(days=1)


class CodeForm(forms.Form):
    """The printed code; what it opens is in `self.found` afterwards."""

    not_done = _("Chưa mở được tài khoản.")

    code = forms.CharField(
        label=_("Mã kích hoạt"),
        help_text=_("Gồm 12 chữ và số in trên phiếu. Viết hoa hay thường, có dấu gạch hay không đều được."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"class": "printed-code", "autocomplete": "one-time-code", "autocapitalize": "characters",
                   "spellcheck": "false"}
        ),
    )  # fmt: skip
    found: ActivationCode

    def clean_code(self) -> str:
        typed: str = self.cleaned_data["code"]
        code = usable_code(typed)
        if code is None:
            raise forms.ValidationError(
                gettext(
                    "Mã này chưa đúng hoặc không còn dùng được. Đồng chí đối chiếu với phiếu rồi nhập lại; "
                    "nếu vẫn không được thì xin mã mới ở bí thư chi bộ."
                )
            )
        self.found = code
        return typed


class NewPasswordForm(forms.Form):
    """A password chosen with the printed code in hand."""

    not_done = _("Chưa mở được tài khoản.")

    password = forms.CharField(
        label=_("Mật khẩu mới"),
        help_text=_("Ít nhất 12 ký tự; nên là bốn năm từ dễ nhớ viết liền hoặc cách nhau."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Nhập lại mật khẩu mới"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError(gettext("Hai lần nhập chưa giống nhau. Đồng chí nhập lại."))
        return again


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Tìm theo họ tên hoặc tên đăng nhập"), required=False, max_length=80)


class GrantForm(forms.Form):
    """A role without an office. `valid_to` is typed as the last day and kept as the day after."""

    username = forms.CharField(label=_("Tên đăng nhập của người được giao"), max_length=60)
    role = forms.ChoiceField(label=_("Vai trò"), choices=GrantedRole.choices)
    body = forms.CharField(
        label=_("Mã tổ chức"),
        max_length=30,
        help_text=_("Người này làm việc ở tổ chức đó và các cấp dưới của nó."),
    )
    valid_from = DayField(label=_("Từ ngày"))
    valid_to = DayField(label=_("Đến hết ngày"), required=False)
    decision = forms.CharField(label=_("Số quyết định"), required=False, max_length=80)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def clean_username(self) -> Account:
        name = self.cleaned_data["username"].strip().lower()
        found = Account.objects.visible_to(self.viewer).filter(username=name)
        account: Account | None = found.first()
        if account is None:
            raise forms.ValidationError(
                gettext("Trong phạm vi đồng chí quản trị không có tài khoản mang tên này. Đồng chí xem lại.")
            )
        return account

    def clean_body(self) -> Body:
        bodies = Body.objects.on(today())
        if not administers_root(self.viewer):
            bodies = bodies.filter(within(self.viewer, MANAGE, field="pk"))
        body: Body | None = bodies.filter(code__iexact=self.cleaned_data["body"].strip()).first()
        if body is None:
            raise forms.ValidationError(
                gettext("Trong phạm vi đồng chí quản trị không có tổ chức nào đang hoạt động mang mã này.")
            )
        return body

    def clean_valid_to(self) -> Any:
        last = self.cleaned_data["valid_to"]
        return last + ONE_DAY if last else FOREVER


def readable_places(viewer: Viewer, words: str = "") -> QuerySet[Body]:
    """The bodies whose meetings the viewer may ask to read; of them those that hold `words` in name or code."""
    day = today()
    return (
        Body.objects.on(day)
        .filter(above__ancestor__in=viewer.where("readings.ask").below, above__depth__gt=0,
                above__valid_from__lte=day, above__valid_to__gt=day)
        .search(words, day)
        .order_by("code")
        .distinct()
    )  # fmt: skip


class ReadingForm(forms.Form):
    """Ask to read the meetings of a body below; `last` is the last day of reading."""

    body = forms.ModelChoiceField(
        label=_("Chi bộ, tổ chức"), queryset=Body.objects.none(), empty_label=_("Chọn chi bộ, tổ chức")
    )
    purpose = forms.CharField(
        label=_("Để làm gì"),
        max_length=300,
        help_text=_(
            "Chi bộ sẽ đọc câu này, ví dụ: Kiểm tra việc thực hiện nghị quyết quý III theo kế hoạch số 12."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    valid_from = DayField(label=_("Từ ngày"))
    last = DayField(label=_("Đến hết ngày"), help_text=_("Nhiều nhất 14 ngày, ví dụ 14/12/2026."))

    def __init__(self, *args: Any, places: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["body"]
        field.queryset = places
        field.label_from_instance = lambda body: f"{body.name} ({body.code})"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("valid_from"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", gettext("Ngày cuối phải từ ngày đầu trở đi."))
        return cleaned
