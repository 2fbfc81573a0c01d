from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class CheckInForm(forms.Form):
    code = forms.CharField(
        label=_("Mã trên màn hình"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Bốn chữ số dưới hình mã, đổi sau mỗi 20 giây."),
        error_messages={"required": _("Đồng chí chưa nhập mã đang hiện trên màn hình.")},
    )
