from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nenep.concerns.models import LONGEST, Theme, Way
from nenep.shared.once import OnceForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import Promise

WAY_WORDS: dict[Way, Promise] = {
    Way.NAMED: _(
        "Nêu tên trước chi bộ: bí thư trả lời và có thể đưa ra kỳ sinh hoạt tới; "
        "cả chi bộ biết nội dung và tên đồng chí."
    ),
    Way.SECRETARY_ONLY: _(
        "Chỉ bí thư biết: bí thư đọc và trả lời riêng. Nếu vượt thẩm quyền, bí thư chuyển nội dung lên cấp trên, "
        "không kèm tên nếu đồng chí không đồng ý."
    ),
    Way.READ_BY_CHAIR: _(
        "Nhờ người chủ trì đọc, không nêu tên: chi ủy và chi bộ biết nội dung; chỉ bí thư biết tên, vì bí thư phải "
        "trả lời đồng chí."
    ),
}


class RaisingForm(OnceForm):
    not_done = _("Chưa gửi được.")

    theme = forms.TypedChoiceField(
        label=_("Về việc gì"), choices=[("", _("Chọn một việc")), *Theme.choices], coerce=Theme
    )
    text = forms.CharField(
        label=_("Nội dung"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Nói về việc, không cần dài. Nội dung có thể cho thấy ai viết: đồng chí cân nhắc."),
    )
    for_others = forms.BooleanField(label=_("Tôi nêu thay quần chúng quanh tôi"), required=False)
    may_be_named_above = forms.BooleanField(
        label=_("Cấp trên được biết tên tôi, nếu bí thư phải chuyển lên"), required=False
    )

    def __init__(self, *args: Any, ways: Iterable[Way], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"] = forms.TypedChoiceField(
            label=_("Được dùng thế nào"),
            choices=[(way.value, WAY_WORDS[way]) for way in ways],
            coerce=Way,
            widget=forms.RadioSelect,
        )
        self.order_fields(("theme", "text", "for_others", "way", "may_be_named_above"))


class AnswerForm(forms.Form):
    not_done = _("Chưa trả lời được.")

    answer = forms.CharField(
        label=_("Trả lời"), max_length=2 * LONGEST, widget=forms.Textarea(attrs={"rows": 6})
    )


class PublishingForm(OnceForm):
    not_done = _("Chưa công bố được.")

    question = forms.CharField(
        label=_("Thông tin cần giải đáp"),
        max_length=300,
        help_text=_("Viết lại bằng lời của cấp ủy, không để lộ ai hỏi, chi bộ nào hỏi."),
    )
    answer = forms.CharField(
        label=_("Trả lời chính thức"), max_length=2 * LONGEST, widget=forms.Textarea(attrs={"rows": 6})
    )
    why_it_matters = forms.CharField(label=_("Vì sao quan trọng với chi bộ"), max_length=180)

    def __init__(self, *args: Any, below: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"] = forms.TypedMultipleChoiceField(
            label=_("Những tổ chức được chọn"),
            choices=list(below),
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Không chọn nơi nào là công bố tới tất cả tổ chức bên dưới."),
        )


class PassingForm(forms.Form):
    not_done = _("Chưa chuyển được.")

    def __init__(self, *args: Any, further: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if choices := list(further):
            self.fields["to"] = forms.TypedChoiceField(label=_("Chuyển tới"), choices=choices, coerce=int)
            self.order_fields(("to",))

    asked = forms.CharField(
        label=_("Đề nghị cấp trên việc gì"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Không ghi tên người nêu."),
    )
