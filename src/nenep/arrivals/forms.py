"""Parsing of what is typed about papers that arrive; the operations decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nenep.documents.forms import LARGEST_NUMBER, KnownDayField, PartialDayField
from nenep.documents.reads import purposes_on
from nenep.files.forms import AttachmentForm, OptionalFileForm
from nenep.organizations.reads import rules_for
from nenep.people.choices import MemberField
from nenep.shared.dates import today
from nenep.shared.forms import DayField
from nenep.shared.once import OnceForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class EntryForm(forms.Form):
    """What the stamp of arrival says: for a paper that waits, nothing else is asked."""

    not_done = _("Chưa vào sổ được.")

    arrived = KnownDayField(label=_("Ngày đến"))
    number = forms.IntegerField(
        label=_("Số đến đã ghi trên sổ giấy"),
        required=False,
        min_value=1,
        max_value=LARGEST_NUMBER,
        help_text=_("Để trống thì phần mềm lấy số tiếp theo. Chỉ ghi khi số đã lấy trên sổ giấy trước đó."),
        widget=forms.NumberInput(attrs={"class": "width-short"}),
    )


class HeadForm(EntryForm):
    """A paper from outside the system, as far as its head can be read."""

    issuer_name = forms.CharField(label=_("Cơ quan ban hành"), max_length=200)
    symbol = forms.CharField(
        label=_("Số và ký hiệu"),
        max_length=40,
        required=False,
        help_text=_("Ghi đúng như trên văn bản, ví dụ 49-CTr/TU. Không có số thì để trống."),
    )
    symbol_is_doubtful = forms.BooleanField(label=_("Số, ký hiệu mờ, đọc chưa chắc"), required=False)
    issued = PartialDayField(label=_("Ngày ban hành"), required=False)
    subject = forms.CharField(label=_("Trích yếu"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    signer = forms.CharField(label=_("Người ký"), max_length=120, required=False)

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[tuple[str, str]],
        purposes: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label=_("Thể loại"), choices=[("", _("Không rõ, loại khác")), *kinds], required=False
        )
        self.fields["purpose"] = forms.ChoiceField(
            label=_("Gửi đến để"), choices=[("", _("Không ghi")), *purposes], required=False
        )
        self.order_fields(
            ["issuer_name", "kind", "symbol", "symbol_is_doubtful", "issued", "subject", "signer", "purpose"]
        )

    @property
    def head(self) -> dict[str, Any]:
        names = ("issuer_name", "kind", "symbol", "symbol_is_doubtful", "issued", "subject", "signer")
        return {name: self.cleaned_data[name] for name in names}


def choices_of(body_id: int) -> dict[str, list[tuple[str, str]]]:
    """What a body chooses from today when it enters a paper: kinds and purposes, each with its label."""
    day = today()
    return {
        "kinds": [(code, kind.name) for code, kind in rules_for(body_id, day).numbering.kinds.items()],
        "purposes": [(code, term.label) for code, term in purposes_on(day).items() if code != "file"],
    }


class OutsideForm(OnceForm, OptionalFileForm, HeadForm):
    """The same with its scan, if there is one."""


class IntakeForm(OnceForm, AttachmentForm):
    """A file from which the head is to be read."""

    not_done = _("Chưa đọc được tệp.")


class RoutingForm(forms.Form):
    not_done = _("Chưa giao được.")

    due_on = DayField(label=_("Hạn xử lý"), required=False)

    def __init__(self, *args: Any, people: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"] = MemberField(
            people, label=_("Người xử lý"), required=False, empty_label=_("Chưa giao")
        )
        self.order_fields(["handler", "due_on"])


class DoneForm(forms.Form):
    not_done = _("Chưa ghi được là xong.")

    note = forms.CharField(
        label=_("Kết quả xử lý"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
