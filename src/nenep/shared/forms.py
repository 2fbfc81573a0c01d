"""How forms look and read: our templates, and days typed the Vietnamese way."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]


def speak_plainly() -> None:
    """Say what to do about an empty field, in every form of the program, instead of what the field is."""
    forms.Field.default_error_messages["required"] = _("Đồng chí chưa điền hoặc chưa chọn mục này.")


class Renderer(TemplatesSetting):
    """Makes `{{ form }}` print our own fields (settings.FORM_RENDERER)."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


class DayField(forms.DateField):
    """A day typed as 04/12/2026. A plain text box: a phone's own calendar may show months first."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Ngày/tháng/năm, ví dụ 04/12/2026."))
        options.setdefault(
            "widget",
            forms.DateInput(
                format="%d/%m/%Y",
                attrs={"class": "width-date", "inputmode": "numeric", "autocomplete": "off"},
            ),
        )
        options.setdefault("input_formats", DAY_FORMATS)
        super().__init__(
            error_messages={"invalid": _("Đồng chí ghi ngày theo mẫu ngày/tháng/năm, ví dụ 04/12/2026.")},
            **options,
        )
