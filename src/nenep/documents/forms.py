"""Parsing of what is typed about papers that go out; the operations decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nenep.documents.issuing import KEPT_HERE, Sent
from nenep.documents.partial import is_whole, read_day
from nenep.files.forms import KINDS, ConsentForm, OptionalFileForm
from nenep.shared.forms import DayField
from nenep.shared.once import OnceForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    Choices = Sequence[tuple[str, Any]]

LARGEST_NUMBER = 99_999
OTHER = "other"


class PartialDayField(forms.CharField):
    """A day as far as it is known; gives ISO with the missing part left out, "" for nothing (`documents.partial`)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", _("Ngày/tháng/năm. Thiếu năm thì ghi 29/9, chỉ biết tháng thì ghi 9/2026.")
        )
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "width-date", "autocomplete": "off"}))
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        iso = read_day(text) if text else ""
        if iso is None:
            raise forms.ValidationError(_("Đồng chí ghi ngày theo mẫu 29/9/2026, 29/9 hoặc 9/2026."))
        return iso


class KnownDayField(PartialDayField):
    """The same where a day has to come of it: the year may be left out, the day may not."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Ngày/tháng/năm. Dấu đến chỉ ghi 29/9 thì ghi 29/9."))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        iso = super().clean(value)
        if iso and not (is_whole(iso) or iso.startswith("--")):
            raise forms.ValidationError(_("Đồng chí ghi cả ngày và tháng, ví dụ 29/9 hoặc 29/9/2026."))
        return iso


class NumberingForm(OnceForm, OptionalFileForm):
    not_done = _("Chưa lấy được số.")

    subject = forms.CharField(label=_("Trích yếu"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    day = DayField(label=_("Ngày ban hành"))
    number = forms.IntegerField(
        label=_("Số đã ghi trên sổ giấy"),
        required=False,
        min_value=1,
        max_value=LARGEST_NUMBER,
        help_text=_("Để trống thì phần mềm lấy số tiếp theo. Chỉ ghi khi số đã lấy trên sổ giấy trước đó."),
        widget=forms.NumberInput(attrs={"class": "width-short"}),
    )
    organization = forms.RegexField(
        r"^[A-ZĐ][A-Za-zĐđ.]{0,11}$",
        label=_("Ký hiệu của tổ chức ghi sau số"),
        required=False,
        error_messages={"invalid": _("Đồng chí ghi ký hiệu bằng chữ in, ví dụ CB, ĐU, ĐUK.")},
        widget=forms.TextInput(attrs={"class": "width-short"}),
    )
    place = forms.CharField(label=_("Nơi ban hành"), max_length=80, required=False)
    signer = forms.CharField(label=_("Người ký"), max_length=120, required=False)
    signed_as = forms.CharField(
        label=_("Ký thay mặt, chức vụ"),
        max_length=160,
        required=False,
        help_text=_("Ví dụ: T/M Chi bộ, Bí thư."),
    )

    def __init__(self, *args: Any, kinds: Choices, needs_symbol: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label=_("Thể loại"), choices=[("", _("Chọn thể loại")), *kinds]
        )
        self.fields["file"].label = _("Tệp đã ký")
        self.fields["organization"].required = needs_symbol
        if not needs_symbol:
            del self.fields["organization"]
        before_file = ["kind", "subject", "day", "number", "organization", "place", "signer", "signed_as"]
        self.order_fields([*before_file, "file", "is_open"])

    @property
    def facts(self) -> dict[str, Any]:
        """What `issuing.issue` takes beside the recipients."""
        typed = dict(self.typed)
        typed["organization"] = typed.get("organization") or None
        return typed


class RecipientForm(forms.Form):
    """One line of "Nơi nhận"; an empty one says nothing."""

    to = forms.ChoiceField(label=_("Gửi đến"), required=False)
    name = forms.CharField(
        label=_("Tên ghi trên văn bản"),
        max_length=200,
        required=False,
        help_text=_("Để trống thì ghi như đã chọn."),
    )
    purpose = forms.ChoiceField(label=_("Mục đích gửi"), required=False)

    def __init__(self, *args: Any, places: Choices, purposes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", _("Không có")), *places, (OTHER, _("Nơi khác, ghi tên ở dưới"))]  # type: ignore[attr-defined]
        self.fields["purpose"].choices = purposes  # type: ignore[attr-defined]
        self.names = {code: name for _group, some in places for code, name in some}

    @staticmethod
    def initial_of(sent: Sent) -> dict[str, str]:
        """The line that gives `sent`."""
        code = f"body:{sent.body_id}" if sent.body_id else sent.group or OTHER
        return {"to": code, "name": sent.name, "purpose": sent.purpose}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("to") == OTHER and not data.get("name"):
            self.add_error("name", _("Đồng chí ghi tên nơi nhận."))
        if data.get("name") and not data.get("to"):
            data["to"] = OTHER
        if data.get("to") and not data.get("purpose"):
            self.add_error("purpose", _("Đồng chí chọn mục đích gửi."))
        return data

    @property
    def sent(self) -> Sent | None:
        """What was chosen, of a valid form; None for an empty line. Keys of bodies look like "body:12"."""
        data = self.cleaned_data
        if not data.get("to"):
            return None
        code = data["to"]
        name = data["name"] or self.names.get(code, "")
        if code == OTHER or data["purpose"] == KEPT_HERE:
            return Sent(name, data["purpose"])
        if code.startswith("body:"):
            return Sent(name, data["purpose"], body_id=int(code.removeprefix("body:")))
        return Sent(name, data["purpose"], group=code)


class FilingForm(ConsentForm):
    """A file of a paper; the first one is its kept copy."""

    not_done = _("Chưa lưu được tệp.")

    file = forms.FileField(label=_("Tệp"), help_text=KINDS, max_length=255)

    def __init__(self, *args: Any, retentions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if retentions:
            self.fields["retention"] = forms.ChoiceField(
                label=_("Thời hạn bảo quản bản lưu"),
                choices=retentions,
                help_text=_("Tệp này thành bản lưu của văn bản và không thay được nữa."),
            )
