from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nenep.assignments.models import REPORTED, Assignment, Result
from nenep.people.choices import MemberField, MembersField
from nenep.shared.forms import DayField
from nenep.shared.once import OnceForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nenep.rulebook.values import Term


class CorrectionForm(forms.ModelForm[Assignment]):
    due_on = DayField(label=_("Thời hạn"))

    class Meta:
        model = Assignment
        fields = ("what", "owner", "due_on", "measure", "helpers")
        help_texts = {
            "what": _("Việc cụ thể, một câu. Ví dụ: rà soát 12 hồ sơ còn tồn của quý III."),
            "measure": _("Khi nào thì coi là xong. Không bắt buộc."),
        }

    def __init__(self, *args: Any, roster: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = MemberField(roster, label=_("Người thực hiện"), empty_label=_("Chọn người"))
        if "helpers" in self.fields:
            self.fields["helpers"] = MembersField(roster, label=_("Người phối hợp"), required=False)
        self.order_fields(("what", "owner", "due_on", "measure", "helpers"))


class AssignmentForm(CorrectionForm, OnceForm):
    """What is given anew: the same fields, and the key that keeps a second sending from giving it twice."""


class GivingForm(AssignmentForm):
    """The same in short, within the form of an item: left empty, nothing is given."""

    class Meta(CorrectionForm.Meta):
        fields = ("what", "owner", "due_on")  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, empty_permitted=True, use_required_attribute=False, **kwargs)


class ProgressForm(forms.Form):
    status = forms.ChoiceField(
        label=_("Tình hình"), choices=[(status.value, status.label) for status in REPORTED]
    )
    line = forms.CharField(label=_("Ghi thêm một dòng"), max_length=300, required=False)

    @classmethod
    def starting_at(cls, assignment: Assignment) -> ProgressForm:
        """Where the work stands now, so that a press by mistake takes nothing back."""
        return cls(initial={"status": assignment.status} if assignment.status in REPORTED else None)


class ReviewForm(forms.Form):
    meeting = forms.TypedChoiceField(label=_("Đã kiểm điểm tại kỳ sinh hoạt"), coerce=int)
    result = forms.ChoiceField(label=_("Kết quả"), choices=Result.choices, widget=forms.RadioSelect)
    actual = forms.CharField(label=_("Kết quả thực tế"), max_length=200, required=False)
    cause = forms.ChoiceField(label=_("Nguyên nhân"))
    cause_text = forms.CharField(label=_("Nói rõ nguyên nhân"), max_length=300, required=False)
    carry_to = DayField(
        label=_("Chuyển tiếp, hạn mới"),
        required=False,
        help_text=_("Chỉ khi chưa đạt hoặc đạt một phần và còn làm tiếp. Ví dụ 04/12/2026."),
    )

    def __init__(
        self, *args: Any, causes: Iterable[Term], on_paper: Sequence[tuple[int, str]] = (), **kwargs: Any
    ) -> None:
        """`on_paper`: key and day of each meeting to choose from; none while a meeting runs."""
        super().__init__(*args, **kwargs)
        if on_paper:
            where = self.fields["meeting"]
            assert isinstance(where, forms.ChoiceField)
            where.choices = list(on_paper)
        else:
            del self.fields["meeting"]
        sides = {"objective": _("Khách quan"), "subjective": _("Chủ quan")}
        groups = [
            (label, [(term.code, term.label) for term in causes if term.side == side])
            for side, label in sides.items()
        ]
        field = self.fields["cause"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Chọn nguyên nhân")), *groups]
