from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nenep.meetings.models import MeetingKind


class FeedForm(forms.Form):
    not_done = _("Chưa tạo được địa chỉ.")

    shows_place = forms.BooleanField(
        label=_("Ghi cả địa điểm họp"),
        required=False,
        initial=True,
        help_text=_("Bỏ dấu ở ô này nếu có người khác xem lịch của đồng chí."),
    )


class PublicForm(forms.Form):
    not_done = _("Chưa mở được lịch công khai.")

    kinds = forms.TypedMultipleChoiceField(
        label=_("Loại kỳ sinh hoạt được hiện"),
        choices=MeetingKind.choices,
        coerce=MeetingKind,
        widget=forms.CheckboxSelectMultiple,
    )
    shows_place = forms.BooleanField(label=_("Ghi cả địa điểm họp"), required=False)
