from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nenep.quality.models import Feeling, Judgement, Note
from nenep.shared.dates import month_start, previous_month, today
from nenep.shared.once import OnceForm
from nenep.shared.words import month_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from django.forms import BoundField

    from nenep.rulebook.values import Term


class SelfCheckForm(forms.Form):
    """Nothing is chosen beforehand: what is not answered is refused."""

    def __init__(self, *args: Any, questions: Iterable[Term], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = tuple(questions)
        for term in self.questions:
            self.fields[f"{term.code}_judgement"] = forms.TypedChoiceField(
                label=term.label, choices=Judgement.choices, coerce=Judgement, widget=forms.RadioSelect
            )
            self.fields[f"{term.code}_line"] = forms.CharField(
                label=_("Nói rõ thêm"), max_length=300, required=False
            )

    def rows(self) -> Iterator[tuple[Term, BoundField, BoundField]]:
        for term in self.questions:
            yield term, self[f"{term.code}_judgement"], self[f"{term.code}_line"]

    def answers(self) -> dict[str, tuple[Judgement, str]]:
        """Of a valid form, by code of the question."""
        data = self.cleaned_data
        return {
            term.code: (data[f"{term.code}_judgement"], data[f"{term.code}_line"]) for term in self.questions
        }


class PulseForm(forms.Form):
    """Nothing is chosen beforehand."""

    feeling = forms.TypedChoiceField(
        label=_("Ở kỳ sinh hoạt này, đồng chí nói được điều muốn nói không?"),
        choices=Feeling.choices,
        coerce=Feeling,
        widget=forms.RadioSelect,
    )


NOTED = 12  # months that one can still write about, this one included


class NoteForm(forms.ModelForm[Note]):
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=1)

    class Meta:
        model = Note
        fields = ("worked", "to_avoid")
        widgets = {
            "worked": forms.Textarea(attrs={"rows": 4}),
            "to_avoid": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "worked": _("Cách làm có kết quả, kỳ sau làm lại. Chỉ nói về việc, không ghi về cá nhân."),
            "to_avoid": _("Chỗ vướng, kỳ sau làm khác đi. Chỉ nói về việc, không ghi về cá nhân."),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not (data["worked"] or data["to_avoid"]):
            self.add_error("worked", _("Đồng chí ghi điều làm tốt hoặc điều cần tránh."))
        return data

    def _post_clean(self) -> None:
        """The verb validates the row itself; the form's instance is only where the values came from."""


class NewNoteForm(NoteForm, OnceForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["revision"]
        months = {f"{month:%Y-%m}": month for month in _months()}
        self.fields["month"] = forms.TypedChoiceField(
            label=_("Tháng sinh hoạt"),
            choices=[
                (key, _("Tháng %(month)s") % {"month": month_words(month)}) for key, month in months.items()
            ],
            coerce=lambda chosen: months[chosen],
        )
        self.order_fields(("month", "worked", "to_avoid"))


def _months() -> Iterator[date]:
    """Back from the present one."""
    month = month_start(today())
    for _place in range(NOTED):
        yield month
        month = previous_month(month)
