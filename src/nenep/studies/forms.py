from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nenep.arrivals.papers import papers_at
from nenep.directives.models import Directive
from nenep.documents.facets import label_of
from nenep.shared.forms import MomentField
from nenep.shared.once import OnceForm
from nenep.shared.vietnamese import lines_in
from nenep.studies.models import MOST_OPTIONS, CheckQuestion, Session

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nenep.documents.models import Document
    from nenep.people.reads import RosterEntry
    from nenep.shared.viewer import Viewer

RAISED = 5  # lines


class DirectiveField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Directive) -> str:
        return f"{obj.source_symbol}: {obj.title}"[:120]


class PaperField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Document) -> str:
        return label_of(obj)


class SessionForm(OnceForm, forms.ModelForm[Session]):
    held_at = MomentField(label=_("Ngày và giờ"))

    class Meta:
        model = Session
        fields = ("title", "held_at", "place", "presenter", "material", "raised")
        widgets = {"raised": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "presenter": _("Báo cáo viên, ghi họ tên hoặc chức danh."),
            "raised": _("Mỗi dòng một câu, không ghi ai hỏi."),
        }

    def __init__(self, *args: Any, body_id: int, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["directive"] = DirectiveField(
            Directive.objects.visible_to(viewer).filter(status="issued").order_by("-issued_at"),
            label=_("Học tập chỉ đạo"),
            required=False,
            empty_label=_("Không theo chỉ đạo nào"),
        )
        self.fields["document"] = PaperField(
            papers_at(body_id),
            label=_("Hoặc văn bản trong sổ"),
            required=False,
            empty_label=_("Không có trong sổ"),
        )
        self.order_fields(["directive", "document"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("directive") and data.get("document"):
            self.add_error("document", _("Đồng chí chọn chỉ đạo hoặc văn bản, không chọn cả hai."))
        return data

    def _post_clean(self) -> None:
        """The verb checks the row, which has its body then."""

    @property
    def words(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "once"}


class PresentForm(forms.Form):
    """Whom the page shows as there travels along (`was`): two who save at once add up."""

    not_done = _("Chưa ghi được.")

    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, people: Iterable[RosterEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"] = forms.TypedMultipleChoiceField(
            label=_("Đồng chí nào đã dự"),
            choices=[(entry.member_id, entry.name) for entry in people],
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.listed = {entry.member_id for entry in people}

    def clean_was(self) -> set[int]:
        keys = self.cleaned_data["was"].split(",")
        return {int(key) for key in keys if key.isascii() and key.isdecimal()} & self.listed


class QuestionForm(forms.ModelForm[CheckQuestion]):
    options = forms.CharField(
        label=_("Phương án trả lời"),
        max_length=800,
        widget=forms.Textarea(attrs={"rows": MOST_OPTIONS}),
        help_text=_("Mỗi dòng một phương án, từ hai đến bốn dòng."),
    )
    right = forms.IntegerField(
        label=_("Phương án đúng là dòng thứ"),
        min_value=1,
        max_value=MOST_OPTIONS,
        widget=forms.NumberInput(attrs={"class": "width-short"}),
    )

    class Meta:
        model = CheckQuestion
        fields = ("text",)

    def clean_options(self) -> list[str]:
        lines: list[str] = lines_in(self.cleaned_data["options"])
        if any(len(line) > 200 for line in lines):  # of the column
            raise forms.ValidationError(_("Mỗi phương án nhiều nhất 200 chữ cái."))
        return lines


class CheckForm(forms.Form):
    """Nothing is chosen beforehand."""

    def __init__(self, *args: Any, questions: Iterable[CheckQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        for question in self.questions:
            self.fields[f"question_{question.pk}"] = forms.TypedChoiceField(
                label=question.text,
                choices=[(option.pk, option.text) for option in question.options.all()],
                coerce=int,
                widget=forms.RadioSelect,
            )

    @property
    def chosen(self) -> dict[int, int]:
        return {row.pk: self.cleaned_data[f"question_{row.pk}"] for row in self.questions}
