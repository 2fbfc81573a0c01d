from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nenep.meetings.cards import MOST_UNUSED
from nenep.meetings.forms import ItemField
from nenep.people.choices import MemberField
from nenep.shared.once import OnceForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nenep.meetings.models import Meeting


class CardsForm(OnceForm):
    not_done = _("Chưa in được.")
    count = forms.IntegerField(
        label=_("Số phiếu in thêm"),
        min_value=1,
        max_value=MOST_UNUSED,
        widget=forms.NumberInput(attrs={"class": "width-short"}),
    )


class CardEntryForm(forms.Form):
    not_done = _("Chưa nhập được.")
    code = forms.CharField(
        label=_("Mã phiếu"),
        max_length=20,
        help_text=_("In ở góc phiếu, ví dụ K7MQ-X2PT."),
        widget=forms.TextInput(
            attrs={"class": "width-half", "autocomplete": "off", "autocapitalize": "characters"}
        ),
    )
    text = forms.CharField(
        label=_("Ý kiến ghi trên phiếu"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args: Any, meeting: Meeting, roster: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"] = ItemField(
            meeting.items.all(), label=_("Về nội dung"), required=False, empty_label=_("Nội dung khác")
        )
        self.fields["author"] = MemberField(
            roster,
            label=_("Người ký tên trên phiếu"),
            required=False,
            empty_label=_("Phiếu không ghi tên"),
        )
