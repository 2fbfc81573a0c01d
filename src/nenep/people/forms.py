from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nenep.organizations.models import Body, Cluster
from nenep.people.models import Member, Post, Status
from nenep.people.operations import MemberData
from nenep.shared.dates import FOREVER, today
from nenep.shared.forms import DayField
from nenep.shared.vietnamese import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

NAMED_AT_MOST = 5


class BranchField(forms.CharField):
    """A branch named by its code, or by words of its name that only one branch has."""

    def clean(self, value: str) -> Any:
        text = super().clean(value)
        if not text:
            return None
        branches = Body.objects.on(today()).branches()
        if exact := branches.filter(code__iexact=text).first():
            return exact
        found = list(branches.search(text, today()).order_by("code")[: NAMED_AT_MOST + 1])
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(_("Không có chi bộ nào mang mã hoặc tên này. Đồng chí xem lại."))
        names = "; ".join(f"{body.code} ({body.name})" for body in found[:NAMED_AT_MOST])
        raise forms.ValidationError(
            _("Có nhiều chi bộ khớp: %(names)s. Đồng chí ghi mã của một chi bộ.") % {"names": names}
        )

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, Body) else value


class ListForm(forms.Form):
    """Which day a list is asked for, and whom one looks for."""

    q = forms.CharField(label=gettext_lazy("Tìm theo tên"), required=False, max_length=100)
    day = DayField(label=gettext_lazy("Danh sách của ngày"))


class DetailsForm(forms.ModelForm[Member]):
    """What is kept about a member. Saved by the verbs, never by the form."""

    admitted_on = DayField(label=gettext_lazy("Ngày vào Đảng"))
    official_on = DayField(
        label=gettext_lazy("Ngày chính thức"),
        required=False,
        help_text=gettext_lazy("Để trống nếu còn dự bị."),
    )

    class Meta:
        model = Member
        fields = [
            "code",
            "full_name",
            "birth_year",
            "admitted_on",
            "official_on",
            "email",
            "phone",
            "wants_paper",
        ]
        labels = {"wants_paper": gettext_lazy("Muốn nhận thông báo bằng giấy")}

    def clean_full_name(self) -> str:
        return clean(self.cleaned_data["full_name"])

    def clean_birth_year(self) -> int | None:
        year: int | None = self.cleaned_data["birth_year"]
        if year is not None and not 1900 <= year <= today().year - 17:
            raise forms.ValidationError(_("Năm sinh này không hợp lý. Đồng chí xem lại hoặc để trống."))
        return year

    def validate_unique(self) -> None:
        """A code that is taken is the verb's to judge: the member may be coming back."""


class AdmissionForm(DetailsForm):
    day = DayField(label=gettext_lazy("Sinh hoạt ở chi bộ từ ngày"))

    def data_typed(self) -> MemberData:
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return MemberData(**values)


class ContactForm(forms.ModelForm[Member]):
    class Meta:
        model = Member
        fields = ["email", "phone", "wants_paper"]
        labels = {"wants_paper": gettext_lazy("Muốn nhận thông báo bằng giấy")}


class TransferForm(forms.Form):
    to = BranchField(
        label=gettext_lazy("Chi bộ nơi đến"),
        max_length=200,
        help_text=gettext_lazy("Ghi mã hoặc tên chi bộ."),
        error_messages={"required": gettext_lazy("Đồng chí ghi mã hoặc tên chi bộ nơi đến.")},
    )
    day = DayField(
        label=gettext_lazy("Chuyển từ ngày"), help_text=gettext_lazy("Từ ngày này tính ở chi bộ mới.")
    )
    letter = forms.CharField(label=gettext_lazy("Số giấy giới thiệu"), required=False, max_length=80)


class RefusalForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do không tiếp nhận"),
        max_length=300,
        help_text=gettext_lazy("Chi bộ giới thiệu và đồng chí ấy sẽ đọc được."),
        error_messages={"required": gettext_lazy("Không tiếp nhận thì phải nói rõ lý do.")},
    )


class DayForm(forms.Form):
    """A verb that needs nothing but its day."""

    day = DayField(label=gettext_lazy("Từ ngày"))


class StatusForm(forms.Form):
    status = forms.ChoiceField(
        label=gettext_lazy("Tình trạng"),
        choices=[(status.value, status.label) for status in Status if status.is_stated],
    )
    start = DayField(label=gettext_lazy("Từ ngày"))
    end = DayField(
        label=gettext_lazy("Đến trước ngày"),
        required=False,
        help_text=gettext_lazy("Để trống nếu chưa biết."),
    )
    host = BranchField(
        label=gettext_lazy("Chi bộ nơi đến, nếu sinh hoạt tạm thời"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Để trống nếu nơi đến ở ngoài phần mềm."),
    )

    def clean_end(self) -> date:
        return self.cleaned_data["end"] or FOREVER

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("start") and data.get("end") and data["end"] <= data["start"]:
            self.add_error("end", _("Ngày kết thúc phải sau ngày bắt đầu."))
        return data


# One list for every kind of body: the word that changes from one to the other says both.
POSTS = [
    (post.value, gettext_lazy("Chi ủy viên, đảng ủy viên") if post == Post.COMMITTEE_MEMBER else post.label)
    for post in Post
]


class OfficeForm(forms.Form):
    body = forms.ChoiceField(label=gettext_lazy("Tổ chức"))
    post = forms.ChoiceField(label=gettext_lazy("Chức vụ"), choices=POSTS)
    cluster = forms.ModelChoiceField(
        label=gettext_lazy("Cụm phụ trách, nếu là cán bộ theo dõi một cụm"),
        queryset=Cluster.objects.none(),
        required=False,
        empty_label=gettext_lazy("Mọi tổ chức trực thuộc"),
    )
    day = DayField(label=gettext_lazy("Giữ chức vụ từ ngày"))

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {str(body.pk): body for body in bodies}
        body_field, cluster_field = self.fields["body"], self.fields["cluster"]
        assert isinstance(body_field, forms.ChoiceField)
        assert isinstance(cluster_field, forms.ModelChoiceField)
        body_field.choices = [(key, f"{body.name} ({body.code})") for key, body in self._bodies.items()]
        cluster_field.queryset = Cluster.objects.filter(valid_to=FOREVER).order_by("code")
        setattr(cluster_field, "label_from_instance", attrgetter("name"))  # noqa: B010  # a method to mypy

    def clean_body(self) -> Body:
        return self._bodies[self.cleaned_data["body"]]

    def clean_post(self) -> Post:
        return Post(self.cleaned_data["post"])


class TermForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Nhiệm kỳ"), max_length=40, help_text=gettext_lazy("Ví dụ 2025-2030.")
    )
    day = DayField(label=gettext_lazy("Ngày đại hội"))
