from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nenep.quality.models import Judgement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
