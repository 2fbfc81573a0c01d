"""Parsing of what is typed about a briefing; the operations decide."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nenep.organizations.kinds import UnitType
from nenep.people.choices import MemberField
from nenep.shared.forms import DayField, MomentField
from nenep.shared.once import OnceForm
from nenep.shared.words import month_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nenep.briefings.models import Briefing
    from nenep.organizations.models import Body


class FrameForm(OnceForm):
    """Months, hour, place, chair: `frame` is what the verbs take."""

    not_done = _("Chưa lưu được giao ban.")

    starts_at = MomentField(label=_("Ngày và giờ"))
    place = forms.CharField(label=_("Địa điểm"), max_length=200, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    def __init__(self, *args: Any, months: Iterable[date], people: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(month.isoformat(), month_words(month)) for month in months]
        for name, label in (("first_month", _("Số liệu từ tháng")), ("last_month", _("Đến tháng"))):
            self.fields[name] = forms.TypedChoiceField(
                label=label, choices=choices, coerce=date.fromisoformat
            )
        self.fields["chair"] = MemberField(
            people, label=_("Chủ trì"), required=False, empty_label=_("Chưa chọn")
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first_month"), data.get("last_month")
        if first and last and first > last:
            self.add_error("last_month", _("Tháng cuối không thể trước tháng đầu."))
        return data

    @property
    def frame(self) -> dict[str, Any]:
        names = ("first_month", "last_month", "starts_at", "place", "chair")
        return {name: self.cleaned_data[name] for name in names}


class BodiesField(forms.TypedMultipleChoiceField):
    """Some of the bodies of the cluster, each with its key."""

    def __init__(self, bodies: Iterable[Body], **kwargs: Any) -> None:
        super().__init__(
            choices=[(body.pk, body.name) for body in bodies],
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )


class DecisionForm(OnceForm):
    not_done = _("Chưa ghi được việc này.")

    what = forms.CharField(label=_("Việc cần làm"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    due_on = DayField(label=_("Thời hạn"))

    def __init__(self, *args: Any, bodies: Iterable[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bodies"] = BodiesField(
            bodies, label=_("Giao cho"), help_text=_("Mỗi tổ chức đã chọn có một dòng riêng.")
        )


class DiscussionForm(forms.Form):
    """One question, and a method for each kind of unit in the cluster. `methods` is what the verb takes."""

    not_done = _("Chưa lưu được thảo luận.")

    question = forms.CharField(
        label=_("Câu hỏi"),
        max_length=300,
        required=False,
        help_text=_("Ví dụ: Làm thế nào để chi bộ ở đơn vị sự nghiệp họp đủ đảng viên?"),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, briefing: Briefing, units: Iterable[str]) -> None:
        said = dict(briefing.methods.values_list("unit_type", "text"))
        super().__init__(data, initial={"question": briefing.question, "revision": briefing.revision})
        # What was written stays, though the last unit of its kind has left the cluster.
        self.units = [unit for unit in UnitType if unit in {*units, *said}]
        for unit in self.units:
            self.fields[f"method_{unit}"] = forms.CharField(
                label=_("Cách làm ở: %(unit)s") % {"unit": unit.label.lower()},
                max_length=500,
                required=False,
                initial=said.get(unit, ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def methods(self) -> dict[str, str]:
        return {unit.value: self.cleaned_data[f"method_{unit}"] for unit in self.units}


class ClosingForm(forms.Form):
    not_done = _("Chưa kết thúc được giao ban.")

    conclusions = forms.CharField(
        label=_("Kết luận"), max_length=8000, widget=forms.Textarea(attrs={"rows": 8})
    )

    def __init__(self, *args: Any, bodies: Iterable[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["represented"] = BodiesField(bodies, label=_("Tổ chức có đại diện dự"))
        self.order_fields(["represented"])


class WithdrawalForm(forms.Form):
    not_done = _("Chưa bỏ được giao ban.")

    reason = forms.CharField(
        label=_("Lý do"), max_length=300, help_text=_("Bí thư trong cụm đọc được lý do này.")
    )


class NoteForm(OnceForm):
    not_done = _("Chưa ghi thêm được.")

    text = forms.CharField(label=_("Ghi thêm"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class DoneForm(forms.Form):
    not_done = _("Chưa ghi được là xong.")

    line = forms.CharField(label=_("Đã làm gì"), max_length=300)
