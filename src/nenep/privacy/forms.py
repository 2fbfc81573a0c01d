from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class CorrectionForm(forms.Form):
    field = forms.CharField(widget=forms.HiddenInput, max_length=120)
    row = forms.IntegerField(widget=forms.HiddenInput, required=False)
    proposed = forms.CharField(label=_("Sửa thành"), max_length=300)
    reason = forms.CharField(
        label=_("Vì sao"),
        max_length=300,
        required=False,
        help_text=_("Ví dụ: theo giấy khai sinh bản chính."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(forms.Form):
    corrected = forms.TypedChoiceField(
        label=_("Kết quả"),
        choices=[("1", _("Đã sửa theo đề nghị")), ("0", _("Không sửa"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Trả lời cho đồng chí ấy"),
        max_length=500,
        required=False,
        help_text=_("Không sửa thì phải ghi lý do."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("corrected") is False and not cleaned.get("answer", "").strip():
            self.add_error("answer", gettext("Không sửa thì phải nói rõ lý do để đồng chí ấy biết."))
        return cleaned
