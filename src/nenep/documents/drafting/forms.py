"""Parsing of what is typed about a paper that is being written; the operations decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nenep.documents.drafting.models import LONGEST_PAPER, SignedFor
from nenep.documents.forms import LARGEST_NUMBER
from nenep.files.forms import ConsentForm
from nenep.shared.forms import DayField
from nenep.shared.once import OnceForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nenep.documents.drafting.signers import Signer

    Choices = Sequence[tuple[str, Any]]

OTHER = "other"


class BeginForm(OnceForm):
    not_done = _("Chưa mở được dự thảo.")

    def __init__(self, *args: Any, kinds: Choices, papers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label=_("Thể loại"), choices=[("", _("Chọn thể loại")), *kinds]
        )
        self.fields["rests_on"] = rests_on_field(papers)


class DraftForm(forms.Form):
    """The paper in one page. `opening`: the word before the addressees, "" for a kind that has none."""

    not_done = _("Chưa lưu được dự thảo.")

    revision = forms.IntegerField(widget=forms.HiddenInput)
    subject = forms.CharField(label=_("Trích yếu"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    addressees = forms.CharField(
        max_length=2_000,
        required=False,
        help_text=_("Mỗi nơi một dòng."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    text = forms.CharField(
        label=_("Nội dung"),
        max_length=LONGEST_PAPER,
        help_text=_(
            "Mỗi đoạn một dòng. Đầu dòng ghi I- là phần, 1. là mục, a) là ý, - là gạch đầu dòng. "
            "Bảng thì ngăn các ô bằng dấu |. Chỗ “…” là chỗ cần điền."
        ),
        widget=forms.Textarea(attrs={"rows": 22}),
    )
    day = DayField(
        label=_("Ngày ban hành"),
        required=False,
        help_text=_("Chưa biết thì để trống; ngày được ghi khi lấy số."),
    )

    def __init__(
        self,
        *args: Any,
        opening: str,
        symbols: Sequence[str],
        signers: Sequence[Signer],
        papers: Choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.signers = {one.key: one for one in signers}
        self.fields["addressees"].label = opening
        if not opening:
            del self.fields["addressees"]
        if len(symbols) > 1:
            self.fields["organization"] = forms.ChoiceField(
                label=_("Ký hiệu ghi sau số"), choices=[(one, one) for one in symbols]
            )
        self.fields["rests_on"] = rests_on_field(papers)
        self.fields["signer"] = forms.ChoiceField(
            label=_("Người ký"),
            choices=[*[(one.key, one.words) for one in signers], (OTHER, _("Người khác, ghi ở dưới"))],
        )
        self.fields |= _other_signer()

    def clean_text(self) -> str:
        return _with_plain_ends(self.cleaned_data["text"])

    def clean_addressees(self) -> str:
        return _with_plain_ends(self.cleaned_data["addressees"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("signer") == OTHER and data.get("signer_name") and not data.get("signer_position"):
            self.add_error("signer_position", _("Đồng chí ghi chức vụ của người ký."))
        if data.get("signer") == OTHER and data.get("signer_position") and not data.get("signed_for"):
            self.add_error("signed_for", _("Đồng chí ghi tên tập thể, cơ quan hoặc chức danh."))
        return data

    @property
    def columns(self) -> dict[str, Any]:
        """Of a valid form: those of `Draft` but for the recipients."""
        data = self.cleaned_data
        names = ("subject", "addressees", "text", "day", "organization")
        columns = {name: data[name] for name in names if name in data}
        columns["rests_on_id"] = int(data["rests_on"]) if data["rests_on"] else None
        if chosen := self.signers.get(data["signer"]):
            return columns | chosen.columns
        typed = ("signer_name", "signer_position", "signed_how", "signed_for")
        return columns | {"signer_id": None, **{name: data[name] for name in typed}}

    def other_signer(self) -> list[forms.BoundField]:
        """The fields of somebody whom the list does not have, which are folded until they are needed."""
        return [self[name] for name in _other_signer()]

    @property
    def is_other(self) -> bool:
        return self["signer"].value() == OTHER or any(self[name].errors for name in _other_signer())


class IssueForm(forms.Form):
    not_done = _("Chưa lấy được số.")

    revision = forms.IntegerField(widget=forms.HiddenInput)
    day = DayField(label=_("Ngày ban hành"))
    place = forms.CharField(label=_("Nơi ban hành"), max_length=80, required=False)
    number = forms.IntegerField(
        label=_("Số đã ghi trên sổ giấy"),
        required=False,
        min_value=1,
        max_value=LARGEST_NUMBER,
        help_text=_("Để trống thì phần mềm lấy số tiếp theo. Chỉ ghi khi số đã lấy trên sổ giấy trước đó."),
        widget=forms.NumberInput(attrs={"class": "width-short"}),
    )

    def __init__(self, *args: Any, needs_symbol: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_symbol:
            self.fields["organization"] = forms.RegexField(
                r"^[A-ZĐ][A-Za-zĐđ.]{0,11}$",
                label=_("Ký hiệu của tổ chức ghi sau số"),
                error_messages={"invalid": _("Đồng chí ghi ký hiệu bằng chữ in, ví dụ CB, ĐU, ĐUK.")},
                widget=forms.TextInput(attrs={"class": "width-short"}),
            )


class ReturnForm(ConsentForm):
    """A Word file that was worked on."""

    not_done = _("Chưa đọc được tệp.")

    file = forms.FileField(
        label=_("Tệp Word đã sửa"), help_text=_("Tệp Word (.docx) tải từ trang này rồi sửa."), max_length=255
    )


class AnswerForm(forms.Form):
    """What whoever signs says; the reason is asked for when the draft is returned."""

    not_done = _("Chưa ghi được ý kiến.")

    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Cần sửa gì"), max_length=300, required=False, help_text=_("Ghi khi trả lại, một dòng.")
    )


def rests_on_field(papers: Choices) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Căn cứ vào văn bản"),
        choices=[("", _("Không có")), *papers],
        required=False,
        help_text=_("Văn bản mà đồng chí đọc được, mới nhất ở trên."),
    )


def _other_signer() -> dict[str, forms.Field]:
    return {
        "signer_name": forms.CharField(label=_("Họ và tên"), max_length=120, required=False),
        "signer_position": forms.CharField(
            label=_("Chức vụ"), max_length=120, required=False, help_text=_("Ví dụ: Chánh Văn phòng.")
        ),
        "signed_how": forms.ChoiceField(label=_("Cách ký"), choices=SignedFor.choices),
        "signed_for": forms.CharField(
            label=_("Ký thay mặt, thừa lệnh ai"),
            max_length=120,
            required=False,
            help_text=_("Tên tập thể với T/M, T/L; chức danh người đứng đầu với K/T, ví dụ Chánh Văn phòng."),
        ),
    }


def _with_plain_ends(text: str) -> str:
    """Browsers send the end of a line as two signs."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()
