from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nenep.discussions.models import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable


class AnswersForm(forms.Form):
    """One field for each question; `texts` is what the verb takes."""

    not_done = _("Chưa ghi được.")

    may_be_read = forms.BooleanField(
        label=_("Cấp trên được đọc câu trả lời"),
        required=False,
        help_text=_("Không chọn thì cấp trên chỉ biết chi bộ đã trả lời câu nào."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, questions: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = tuple(questions)
        for number, question in enumerate(self.questions, 1):
            self.fields[f"answer_{number}"] = forms.CharField(
                label=question, max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 4})
            )
        self.order_fields([*(f"answer_{n}" for n in range(1, len(self.questions) + 1)), "may_be_read"])

    @property
    def texts(self) -> dict[str, str]:
        return {text: self.cleaned_data[f"answer_{n}"] for n, text in enumerate(self.questions, 1)}
