"""Parsing what people type while they prepare; the verbs decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from nenep.files.forms import OptionalFileForm
from nenep.meetings.forms import ItemField
from nenep.people.choices import MemberField
from nenep.preparing.models import Agreement, Material, Regulation, SharedMatter
from nenep.shared.forms import DayField
from nenep.shared.once import OnceForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from nenep.meetings.models import AgendaItem
    from nenep.rulebook.values import Rule


class DutyForm(forms.Form):
    not_done = _("Chưa giao được.")

    due_on = DayField(label=_("Xong chậm nhất ngày"), required=False)

    def __init__(self, *args: Any, roster: Iterable[int], usual: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = MemberField(roster, label=_("Người chuẩn bị"), empty_label=_("Chọn người"))
        self.order_fields(("owner", "due_on"))
        if usual:
            self.fields["due_on"].help_text = usual


class MaterialForm(OptionalFileForm, forms.ModelForm[Material], OnceForm):
    is_official = forms.TypedChoiceField(
        label=_("Loại tài liệu"),
        choices=[
            ("1", _("Tài liệu chính thức, có nguồn ghi dưới đây")),
            ("0", _("Tài liệu tham khảo, không chính thức")),
        ],
        coerce=lambda chosen: chosen == "1",
        error_messages={"required": _("Đồng chí chọn tài liệu có nguồn chính thức hay chỉ để tham khảo.")},
        widget=forms.RadioSelect,
    )
    issued_on = DayField(label=_("Ngày ban hành"), required=False)
    address = forms.CharField(
        label=_("Địa chỉ trên mạng"),
        required=False,
        max_length=500,
        widget=forms.URLInput(),
        validators=[
            URLValidator(
                ["http", "https"],
                message=_("Đồng chí ghi địa chỉ đầy đủ, ví dụ https://tinhuy.vn/van-ban/12."),
            )
        ],
        help_text=_("Địa chỉ của cổng thông tin chính thức, nếu không có số."),
    )

    class Meta:
        model = Material
        fields = (
            "item",
            "title",
            "is_official",
            "issuer",
            "number",
            "issued_on",
            "address",
            "digest",
            "is_paper",
        )
        widgets = {"digest": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "title": _("Ví dụ: Nghị quyết của đảng ủy về lãnh đạo nhiệm vụ quý IV."),
            "issuer": _("Ví dụ: Ban Tuyên giáo Tỉnh ủy."),
        }

    def __init__(
        self, *args: Any, items: QuerySet[AgendaItem], limit: Rule, is_thematic: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"] = ItemField(
            items, label=_("Dùng cho nội dung"), empty_label=_("Chọn nội dung trong chương trình")
        )
        self.fields["digest"].label = _("Điều này có nghĩa gì với chi bộ ta")
        if limit.value is not None:
            self.fields["digest"].help_text = _(
                "Đảng viên đọc phần này trước. Nhiều nhất %(limit)d ký tự, %(source)s."
            ) % {"limit": limit.number, "source": limit.citation}
        if not is_thematic:
            del self.fields["is_paper"]
        order = [name for name in self.Meta.fields if name in self.fields]
        self.order_fields((*order, "file", "is_open"))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("is_official"):
            return data
        has_paper = data.get("issuer") and (data.get("number") or data.get("issued_on"))
        if not (has_paper or data.get("address")) and not self.has_error("issued_on"):
            self.add_error(
                "issuer",
                _(
                    "Tài liệu chính thức phải có cơ quan ban hành cùng số hoặc ngày, hoặc có địa chỉ trên mạng. "
                    "Không có thì chọn “Tài liệu tham khảo, không chính thức”."
                ),
            )
        return data

    def _post_clean(self) -> None:
        """The verb validates the row itself; the form's instance is only where the values came from."""


class AgreementForm(forms.ModelForm[Agreement], OnceForm):
    held_on = DayField(label=_("Ngày bàn"))

    class Meta:
        model = Agreement
        fields = ("held_on", "whom", "agreed", "not_agreed")
        widgets = {
            "agreed": forms.Textarea(attrs={"rows": 3}),
            "not_agreed": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {"whom": _("Ghi chức danh, ví dụ: Giám đốc, Phó Giám đốc phụ trách.")}

    def __init__(self, *args: Any, open_matters: QuerySet[SharedMatter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if open_matters:
            self.fields["matters"] = MattersField(
                open_matters,
                label=_("Nội dung được thống nhất trong lần bàn này"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("agreed") and not data.get("not_agreed"):
            self.add_error("agreed", _("Đồng chí ghi điều đã thống nhất hoặc điều chưa thống nhất."))
        return data

    def _post_clean(self) -> None:
        """As in MaterialForm."""


class MattersField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: SharedMatter) -> str:
        return obj.item.title


class RegulationForm(OptionalFileForm, forms.ModelForm[Regulation], OnceForm):
    signed_on = DayField(label=_("Ngày ký"))
    valid_from = DayField(label=_("Có hiệu lực từ ngày"))
    valid_to = DayField(label=_("Hết hiệu lực từ ngày"), required=False)
    review_on = DayField(label=_("Rà soát lại vào ngày"), required=False)

    class Meta:
        model = Regulation
        fields = ("title", "number", "signed_on", "valid_from", "valid_to", "review_on")

    field_order = (*Meta.fields, "file", "is_open")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        start, end = data.get("valid_from"), data.get("valid_to")
        if start and end and end <= start:
            self.add_error("valid_to", _("Ngày hết hiệu lực phải sau ngày có hiệu lực."))
        return data

    def _post_clean(self) -> None:
        """As in MaterialForm."""
