"""Parsing of what an officer types about the focus of a month; the operations decide."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nenep.guidance.models import MOST_QUESTIONS, Audience, Guidance, GuidanceVersion
from nenep.organizations.models import Cluster, UnitType
from nenep.shared.dates import month_start, next_month, today, valid_on
from nenep.shared.forms import DayField
from nenep.shared.once import OnceForm
from nenep.shared.vietnamese import clean, lines_in
from nenep.shared.words import month_words

if TYPE_CHECKING:
    from collections.abc import Iterator

FRAME = ("first_month", "last_month", "audience", "unit_type", "cluster")
WORDS = ("title", "why_it_matters", "source_issuer", "source_number", "source_date")
MONTHS_AHEAD = 12


class ClusterField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Cluster) -> str:
        return obj.name


class WordsForm(forms.ModelForm[GuidanceVersion]):
    """The words; of a published guidance also what they change. `words` is what the verbs take."""

    source_date = DayField(label=_("Ngày văn bản"))
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=1)

    class Meta:
        model = GuidanceVersion
        fields = (*WORDS, "note")
        widgets = {"why_it_matters": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "title": _("Một câu: kỳ này các chi bộ tập trung vào việc gì."),
            "why_it_matters": _("Chi bộ đọc câu này để biết vì sao phải bàn."),
            "source_number": _("Ví dụ: 12-HD/ĐUK."),
            "note": _("Bí thư các chi bộ sẽ đọc được."),
        }

    def __init__(self, *args: Any, changes_published: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = lines_in(self.instance.questions)
        for number in range(1, MOST_QUESTIONS + 1):
            self.fields[f"question_{number}"] = forms.CharField(
                label=_("Câu hỏi thảo luận %(number)d") % {"number": number},
                max_length=300,
                required=False,
                initial=asked[number - 1] if len(asked) >= number else "",
            )
        self.fields["note"].required = changes_published
        if not changes_published:
            del self.fields["note"]

    @property
    def words(self) -> dict[str, Any]:
        data = self.cleaned_data
        asked = [clean(data[f"question_{number}"]) for number in range(1, MOST_QUESTIONS + 1)]
        names = [name for name in (*WORDS, "note") if name in data]
        return {name: data[name] for name in names} | {"questions": "\n".join(filter(None, asked))}


class DraftForm(WordsForm, OnceForm):
    """The words with months and branches. `frame` is what the verbs take of these."""

    def __init__(self, *args: Any, body_id: int, frame: Guidance | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [(f"{month:%Y-%m-%d}", month_words(month)) for month in _months(frame)]
        first, last = (frame.first_month, frame.last_month) if frame else (month_start(today()),) * 2
        added: dict[str, forms.Field] = {
            "first_month": forms.ChoiceField(
                label=_("Từ tháng"), choices=months, initial=f"{first:%Y-%m-%d}"
            ),
            "last_month": forms.ChoiceField(label=_("Đến tháng"), choices=months, initial=f"{last:%Y-%m-%d}"),
            "audience": forms.ChoiceField(
                label=_("Dành cho"),
                choices=Audience.choices,
                initial=frame.audience if frame else Audience.ALL,
            ),
            "unit_type": forms.ChoiceField(
                label=_("Loại hình"),
                choices=[("", _("Chỉ chọn khi dành cho một loại hình")), *UnitType.choices],
                required=False,
                initial=frame.unit_type if frame else "",
            ),
            "cluster": ClusterField(
                Cluster.objects.filter(valid_on(today()), owner=body_id).order_by("name"),
                label=_("Cụm"),
                required=False,
                empty_label=_("Chỉ chọn khi dành cho một cụm"),
                initial=frame.cluster_id if frame else None,
            ),
        }
        self.fields.update(added)
        self.order_fields(
            ["title", "why_it_matters", *(f"question_{n}" for n in range(1, MOST_QUESTIONS + 1))]
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("first_month", "") > data.get("last_month", "9"):
            self.add_error("last_month", _("Tháng cuối không thể trước tháng đầu."))
        if data.get("audience") == Audience.UNIT_TYPE and not data.get("unit_type"):
            self.add_error("unit_type", _("Đồng chí chọn loại hình của chi bộ."))
        if data.get("audience") == Audience.CLUSTER and not data.get("cluster"):
            self.add_error("cluster", _("Đồng chí chọn cụm."))
        return data

    @property
    def frame(self) -> dict[str, Any]:
        """What does not belong to the chosen audience is left out, whatever stood in its list."""
        data = {name: self.cleaned_data[name] for name in FRAME}
        for name in ("first_month", "last_month"):
            data[name] = date.fromisoformat(data[name])
        if data["audience"] != Audience.UNIT_TYPE:
            data["unit_type"] = ""
        if data["audience"] != Audience.CLUSTER:
            data["cluster"] = None
        return data


class WithdrawalForm(forms.Form):
    not_done = _("Chưa thu hồi được.")

    reason = forms.CharField(
        label=_("Lý do"), max_length=300, help_text=_("Bí thư các chi bộ sẽ đọc được lý do này.")
    )


def _months(frame: Guidance | None) -> Iterator[date]:
    month = min(month_start(today()), frame.first_month) if frame else month_start(today())
    until = month_start(today())
    for _number in range(MONTHS_AHEAD):
        until = next_month(until)
    while month <= until:
        yield month
        month = next_month(month)
