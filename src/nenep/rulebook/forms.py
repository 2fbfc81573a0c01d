"""Which day and which local scope the rules are asked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nenep.rulebook.loader import library


class DayForm(forms.Form):
    day = forms.DateField(
        label=_("Ngày"),
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(
            format="%d/%m/%Y", attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy"}
        ),
        error_messages={
            "invalid": _("Ngày này không đọc được. Đồng chí ghi theo dạng ngày/tháng/năm, ví dụ 03/11/2026."),
            "required": _("Đồng chí ghi ngày cần xem, ví dụ 03/11/2026."),
        },
        help_text=_("Quy định được chọn theo ngày họp, không theo hôm nay."),
    )
    scope = forms.ChoiceField(label=_("Nơi có quy định riêng"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scope = self.fields["scope"]
        assert isinstance(scope, forms.ChoiceField)
        scope.choices = [("", _("Chỉ quy định chung")), *library().scope_codes().items()]
