from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nenep.shared.dates import today
from nenep.shared.forms import DayField

if TYPE_CHECKING:
    from datetime import date


class FiguresForm(forms.Form):
    """Of which body, and of which day or period; today when nothing is said."""

    body = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    # A branch's months count under this body only as long as it stood there.
    under = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    as_of = DayField(required=False, label=gettext_lazy("Tại ngày"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["from"] = DayField(required=False, label=gettext_lazy("Hoặc từ ngày"))
        self.fields["to"] = DayField(required=False, label=gettext_lazy("Đến hết ngày"))

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        start, end = given.get("from"), given.get("to")
        if self.errors:
            return given
        if bool(start) != bool(end):
            self.add_error("to" if start else "from", _("Thời kỳ cần cả ngày đầu và ngày cuối."))
        elif start and end and end < start:
            self.add_error("to", _("Ngày cuối phải không trước ngày đầu."))
        elif start and given.get("as_of"):
            self.add_error("as_of", _("Đồng chí chọn một ngày, hoặc một thời kỳ; để trống phần còn lại."))
        return given

    @property
    def period(self) -> tuple[date, date] | None:
        """Both days of the period; None when a single day is asked for."""
        given = self.cleaned_data
        return (given["from"], given["to"]) if given["from"] else None

    @property
    def day(self) -> date:
        """The day asked for, or the last one of the period: names are those of that day."""
        return self.cleaned_data["to"] or self.cleaned_data["as_of"] or today()
