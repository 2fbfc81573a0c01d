"""Parsing of what is typed about a plan; the operations decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nenep.people.choices import MemberField
from nenep.plans.models import MEETING_KINDS, EntryKind
from nenep.shared.forms import DayField, MomentField
from nenep.shared.once import OnceForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nenep.plans.models import Entry


class EntryForm(forms.Form):
    """What is changed of an entry. `has_meeting`: its meeting is made, so only when and where stand here."""

    not_done = _("Chưa ghi được vào kế hoạch.")

    starts_at = MomentField(label=_("Ngày và giờ"))
    place = forms.CharField(label=_("Địa điểm"), max_length=200, required=False)
    content = forms.CharField(
        label=_("Nội dung"),
        max_length=300,
        required=False,
        help_text=_("Kỳ chuyên đề: nêu thành một câu hỏi, ví dụ “Làm thế nào để hồ sơ được trả đúng hẹn?”"),
    )

    def __init__(
        self,
        *args: Any,
        people: Iterable[int],
        is_published: bool,
        has_meeting: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["presenter"] = MemberField(
            people, label=_("Người trình bày"), required=False, empty_label=_("Chưa phân công")
        )
        if has_meeting:
            del self.fields["content"], self.fields["presenter"]
        if is_published:
            self.fields["reason"] = ReasonField(
                required=False, help_text=_("Ghi khi đổi ngày giờ, địa điểm. Mọi người đọc được lý do này.")
            )


class NewEntryForm(EntryForm, OnceForm):
    def __init__(self, *args: Any, holds_meetings: bool, **kwargs: Any) -> None:
        """`holds_meetings`: whether the body is a branch."""
        super().__init__(*args, **kwargs)
        self.fields.pop("reason", None)
        kinds = [kind for kind in EntryKind if holds_meetings or kind not in MEETING_KINDS]
        self.fields["kind"] = forms.TypedChoiceField(
            label=_("Loại"),
            choices=[("", _("Chọn loại")), *((kind.value, kind.label) for kind in kinds)],
            coerce=EntryKind,
        )
        self.order_fields(["kind"])


class ReasonField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Lý do"), max_length=300, **kwargs)


class DroppingForm(forms.Form):
    not_done = _("Chưa bỏ được kỳ này.")

    reason = ReasonField(help_text=_("Mọi người đọc được lý do này."))


class OutcomeForm(forms.Form):
    """What became of an entry. Nothing is chosen beforehand; the day is the planned one until somebody changes it."""

    HELD, NOT_HELD, UNSAID = "held", "not_held", "unsaid"

    result = forms.ChoiceField(label=_("Kết quả"), widget=forms.RadioSelect)
    held_on = DayField(label=_("Ngày đã tổ chức"), required=False)
    reason = ReasonField(required=False, help_text=_("Ghi khi không tổ chức. Mọi người đọc được lý do này."))

    def __init__(self, data: Any = None, *, entry: Entry) -> None:
        said = self.HELD if entry.held_on else self.NOT_HELD if entry.not_held_reason else None
        initial = {
            "result": said,
            "held_on": entry.held_on or entry.day,
            "reason": entry.not_held_reason,
        }
        super().__init__(data, initial=initial)
        choices = [(self.HELD, _("Đã tổ chức")), (self.NOT_HELD, _("Không tổ chức"))]
        if said:
            choices.append((self.UNSAID, _("Bỏ kết quả đã ghi")))
        self.fields["result"].choices = choices  # type: ignore[attr-defined]
