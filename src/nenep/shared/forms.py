"""How forms look and read: our templates, and days typed the Vietnamese way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core import validators
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from nenep.shared.dates import today
from nenep.shared.formats.vi.formats import DATE_INPUT_FORMATS

if TYPE_CHECKING:
    from datetime import date

HOUR_FORMATS = ["%H:%M", "%Hh%M", "%H.%M", "%Hh", "%H:%M:%S"]


WRITE_A_DAY = _("Đồng chí ghi ngày theo mẫu ngày/tháng/năm, ví dụ 04/12/2026.")
CHOOSE_AGAIN = _("Mục đã chọn không còn trong danh sách. Đồng chí chọn lại.")
# What each kind of field says when it is empty or wrong: what to do, never what the field is.
WORDS: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Đồng chí chưa ghi mục này.")},
    forms.IntegerField: {"invalid": _("Đồng chí ghi một số, ví dụ 12.")},
    forms.DateField: {"required": _("Đồng chí chưa ghi ngày."), "invalid": WRITE_A_DAY},
    forms.TimeField: {
        "required": _("Đồng chí chưa ghi giờ."),
        "invalid": _("Đồng chí ghi giờ theo mẫu giờ:phút, ví dụ 14:00."),
    },
    forms.SplitDateTimeField: {
        "required": _("Đồng chí chưa ghi ngày giờ."),
        "invalid_date": WRITE_A_DAY,
        "invalid_time": _("Đồng chí ghi giờ theo mẫu giờ:phút, ví dụ 14:00."),
    },
    forms.MultiValueField: {
        "invalid": _("Đồng chí ghi đủ các ô của mục này."),
        "incomplete": _("Đồng chí ghi đủ các ô của mục này."),
    },
    forms.ChoiceField: {"required": _("Đồng chí chưa chọn."), "invalid_choice": CHOOSE_AGAIN},
    forms.ModelChoiceField: {"required": _("Đồng chí chưa chọn."), "invalid_choice": CHOOSE_AGAIN},
    forms.MultipleChoiceField: {
        "required": _("Đồng chí chưa chọn."),
        "invalid_choice": CHOOSE_AGAIN,
        "invalid_list": CHOOSE_AGAIN,
    },
    forms.ModelMultipleChoiceField: {
        "required": _("Đồng chí chưa chọn."),
        "invalid_choice": CHOOSE_AGAIN,
        "invalid_list": CHOOSE_AGAIN,
        "invalid_pk_value": CHOOSE_AGAIN,
    },
    forms.BooleanField: {"required": _("Đồng chí chưa đánh dấu ô này.")},
    forms.UUIDField: {"invalid": _("Trang này đã cũ. Đồng chí mở lại trang rồi ghi lại.")},
    forms.FileField: {
        "required": _("Đồng chí chưa chọn tệp."),
        "missing": _("Đồng chí chưa chọn tệp."),
        "invalid": _("Tệp chưa gửi được. Đồng chí chọn lại tệp rồi gửi lần nữa."),
        "empty": _("Tệp này không có nội dung. Đồng chí chọn tệp khác."),
        "max_length": _("Tên tệp quá dài. Đồng chí đặt tên ngắn hơn rồi gửi lại."),
    },
}
LIMITS: dict[type[validators.BaseValidator], Any] = {
    validators.MinValueValidator: _("Số nhỏ nhất ghi được là %(limit_value)s."),
    validators.MaxValueValidator: _("Số lớn nhất ghi được là %(limit_value)s."),
    validators.MinLengthValidator: _("Đồng chí ghi ít nhất %(limit_value)d chữ, mới có %(show_value)d."),
    validators.MaxLengthValidator: _(
        "Đồng chí rút ngắn còn nhiều nhất %(limit_value)d chữ, nay %(show_value)d."
    ),
}


def speak_plainly() -> None:
    """In every form of the program say what to do about a wrong field, in the words of a clerk."""
    for field, words in WORDS.items():
        field.default_error_messages = {**vars(field).get("default_error_messages", {}), **words}
    for validator, sentence in LIMITS.items():
        validator.message = sentence
    validators.EmailValidator.message = _("Đồng chí ghi địa chỉ thư điện tử, ví dụ ten@coquan.vn.")
    validators.ProhibitNullCharactersValidator.message = _("Mục này có ký tự lạ. Đồng chí gõ lại.")


class Renderer(TemplatesSetting):
    """Makes `{{ form }}` print our own fields (settings.FORM_RENDERER)."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


LAST_OF_THIS_CENTURY = 68  # as the standard reads two digits of a year
SHORT_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}))?")


class DayField(forms.DateField):
    """A day typed as 04/12/2026, 4/12/26 or 4/12 of this year.

    A plain text box: a phone's own calendar may show months first.
    """

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Ngày/tháng/năm, ví dụ 04/12/2026."))
        options.setdefault(
            "widget",
            forms.DateInput(
                format="%d/%m/%Y",
                attrs={"class": "width-date", "inputmode": "numeric", "autocomplete": "off"},
            ),
        )
        options.setdefault("input_formats", DATE_INPUT_FORMATS)
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        short = SHORT_DAY.fullmatch(value.strip()) if isinstance(value, str) else None
        if short:
            day, month, year = short.groups()
            century = "19" if year and int(year) > LAST_OF_THIS_CENTURY else "20"
            value = f"{day}/{month}/{century + year if year else today().year}"
        return super().to_python(value)


class MomentField(forms.SplitDateTimeField):
    """A day and an hour in two boxes, in the time of Vietnam, typed as in `DayField`: 04/12/2026 and 14:00."""

    def __init__(self, **kwargs: Any) -> None:
        plain: dict[str, Any] = {"autocomplete": "off", "class": "width-date"}
        widget = forms.SplitDateTimeWidget(
            date_attrs=plain | {"inputmode": "numeric", "aria-label": _("Ngày")},
            time_attrs=plain | {"inputmode": "text", "aria-label": _("Giờ")},
            date_format=DATE_INPUT_FORMATS[0],
            time_format=HOUR_FORMATS[0],
        )
        kwargs.setdefault("help_text", _("Ngày rồi đến giờ, ví dụ 04/12/2026 và 14:00."))
        super().__init__(widget=widget, input_time_formats=HOUR_FORMATS, **kwargs)
        self.fields = (DayField(required=False), self.fields[1])
