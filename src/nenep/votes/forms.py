from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nenep.votes.models import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nenep.rulebook.votes import VoteRule


class OpeningForm(forms.Form):
    subject = forms.CharField(
        label=_("Nội dung biểu quyết"),
        max_length=300,
        help_text=_("Viết thành một câu để trả lời được ngay."),
    )
    kind = forms.ChoiceField(label=_("Loại biểu quyết"))

    def __init__(self, *args: Any, rules: Iterable[VoteRule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(rule.kind, rule.name) for rule in rules]


class CastForm(forms.Form):
    choice = forms.TypedChoiceField(
        label=_("Đồng chí biểu quyết"),
        choices=Choice.choices,
        coerce=Choice,
        widget=forms.RadioSelect,
        error_messages={"required": _("Đồng chí chọn một trong ba ô.")},
    )


class WrittenCastForm(CastForm):
    member = forms.TypedChoiceField(
        label=_("Đảng viên không dùng điện thoại"),
        coerce=int,
        error_messages={"required": _("Đồng chí chọn người cần ghi.")},
    )
    field_order = ["member", "choice"]

    def __init__(self, *args: Any, voters: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["member"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "---"), *((str(pk), name) for pk, name in voters.items())]
        self.fields["choice"].label = _("Biểu quyết của đồng chí ấy")


class ReservationForm(forms.Form):
    text = forms.CharField(
        label=_("Ý kiến bảo lưu"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Đồng chí vẫn chấp hành điều chi bộ đã quyết. Để trống rồi lưu là thôi bảo lưu."),
    )


class ReservationOnForm(ReservationForm):
    subject = forms.ChoiceField(
        label=_("Nội dung đã biểu quyết"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Đồng chí chọn nội dung muốn bảo lưu ý kiến.")},
    )
    field_order = ["subject", "text"]

    def __init__(self, *args: Any, subjects: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["subject"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(subject, subject) for subject in subjects]
