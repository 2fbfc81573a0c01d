"""Which day and which local scope the rules are asked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nenep.rulebook.loader import library
from nenep.shared.forms import DayField


class DayForm(forms.Form):
    day = DayField(label=_("Ngày"), help_text=_("Quy định được chọn theo ngày họp, không theo hôm nay."))
    scope = forms.ChoiceField(label=_("Nơi có quy định riêng"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scope = self.fields["scope"]
        assert isinstance(scope, forms.ChoiceField)
        scope.choices = [("", _("Chỉ quy định chung")), *library().scope_codes().items()]
