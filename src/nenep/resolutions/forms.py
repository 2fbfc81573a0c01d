from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nenep.meetings.models import Reply
from nenep.people.choices import MemberField
from nenep.resolutions.models import MOST_TARGETS, Resolution, Target
from nenep.shared.forms import DayField
from nenep.shared.once import OnceForm
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


class DraftForm(forms.ModelForm[Resolution]):
    revision = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    class Meta:
        model = Resolution
        fields = ("title", "review", "direction", "organization")
        widgets = {
            "review": forms.Textarea(attrs={"rows": 8}),
            "direction": forms.Textarea(attrs={"rows": 8}),
            "organization": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "review": _("Kết quả, hạn chế, nguyên nhân. Viết theo từng việc của nghị quyết tháng trước."),
            "direction": _("Nhiệm vụ trọng tâm của tháng tới. Việc cụ thể ghi ở phần dưới."),
            "organization": _("Ai theo dõi, báo cáo tại kỳ sinh hoạt nào."),
        }

    def __init__(self, *args: Any, is_thematic: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_thematic:
            # The columns are those of a monthly resolution; this one looks at its theme, not at a month.
            review, direction = self.fields["review"], self.fields["direction"]
            review.label, review.help_text = (
                _("Đánh giá thực trạng"),
                _("Việc đã làm được, hạn chế, nguyên nhân."),
            )
            direction.label = _("Chủ trương, giải pháp")
            direction.help_text = _("Chi bộ quyết định làm gì. Việc cụ thể ghi ở phần dưới.")


class TargetForm(forms.ModelForm[Target]):
    # Which target of the saved draft this line is; a line without one is a new target.
    id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    due_on = DayField(label=_("Thời hạn"), required=False)

    class Meta:
        model = Target
        fields = ("what", "lead", "due_on", "measure")

    def __init__(self, *args: Any, roster: Iterable[int], meeting_day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting_day = meeting_day
        self.initial["id"] = self.instance.pk
        self.fields["lead"] = MemberField(
            roster, label=_("Người chủ trì"), required=False, empty_label=_("Chưa phân công")
        )
        # A line left empty is no target; it is dropped, not refused.
        self.empty_permitted, self.use_required_attribute = True, False

    def has_changed(self) -> bool:
        """A line whose text was emptied takes its target out, whatever it was the line of."""
        return bool(set(self.changed_data) - {"id"})

    def clean_due_on(self) -> date | None:
        due_on: date | None = self.cleaned_data["due_on"]
        if due_on is not None and due_on <= self.meeting_day:
            sentence = _("Thời hạn phải sau ngày họp %(day)s. Đồng chí xem lại ngày.")
            raise forms.ValidationError(sentence % {"day": day_words(self.meeting_day)})
        return due_on


def target_forms(
    targets: list[Target], roster: list[int], meeting_day: date, data: Any = None
) -> list[TargetForm]:
    """As many lines as there are targets and a few empty ones, each with its prefix t0, t1 ..."""
    lines = min(MOST_TARGETS, max(3, len(targets) + 2))
    return [
        TargetForm(
            data,
            prefix=f"t{number}",
            instance=targets[number] if data is None and number < len(targets) else None,
            roster=roster,
            meeting_day=meeting_day,
        )
        for number in range(MOST_TARGETS if data is not None else lines)
    ]


def targets_typed(forms_: list[TargetForm]) -> list[dict[str, Any]]:
    return [form.cleaned_data for form in forms_ if form.has_changed() and form.cleaned_data.get("what")]


class CommentForm(OnceForm):
    place = forms.CharField(widget=forms.HiddenInput, max_length=40)
    number = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Góp ý về dòng này"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class CommentReplyForm(forms.Form):
    reply = forms.ChoiceField(
        label=_("Trả lời"),
        choices=[
            ("", _("Chọn câu trả lời")),
            *[(reply.value, reply.label) for reply in (Reply.ADOPTED, Reply.ADAPTED, Reply.DECLINED)],
        ],
    )
    reason = forms.CharField(label=_("Lý do, nói rõ thêm"), max_length=500, required=False)


class AdoptionForm(forms.Form):
    votes_for = forms.IntegerField(label=_("Tán thành"), min_value=0, max_value=2000)
    votes_against = forms.IntegerField(label=_("Không tán thành"), min_value=0, max_value=2000, initial=0)
    votes_other = forms.IntegerField(label=_("Ý kiến khác"), min_value=0, max_value=2000, initial=0)
