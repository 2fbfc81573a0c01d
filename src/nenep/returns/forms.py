from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from nenep.returns.models import Return


class SendForm(forms.Form):
    not_done = _("Chưa gửi được.")

    remark = forms.CharField(
        label=_("Ghi chú của chi bộ"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Con số không sửa ở đây: sửa ở hồ sơ gốc. Điều cần nói rõ thì ghi vào đây."),
    )


class AnswerForm(forms.Form):
    not_done = _("Chưa trả lại được.")

    about = forms.ChoiceField(label=_("Về mục"), required=False)
    answer = forms.CharField(
        label=_("Lý do trả lại"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, row: Return) -> None:
        super().__init__(data, initial={"seen": row.checksum})
        field = self.fields["about"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Cả báo cáo")), *((key, label) for key, label, _value in row.content)]
