"""What is typed when the head of a paper is put right; `correcting` decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nenep.documents.correcting import revision_of
from nenep.documents.forms import PartialDayField
from nenep.documents.partial import typed_day

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.http import QueryDict

    from nenep.documents.models import Document


class CorrectionForm(forms.Form):
    """The columns of the head that may be put right (`correctable`), as the register has them, and why."""

    not_done = _("Chưa sửa được.")

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    issuer_name = forms.CharField(label=_("Cơ quan ban hành"), max_length=200)
    symbol = forms.CharField(label=_("Số và ký hiệu"), max_length=40, required=False)
    symbol_is_doubtful = forms.BooleanField(label=_("Số, ký hiệu mờ, đọc chưa chắc"), required=False)
    issued = PartialDayField(label=_("Ngày ban hành"), required=False)
    place = forms.CharField(label=_("Nơi ban hành"), max_length=80, required=False)
    subject = forms.CharField(label=_("Trích yếu"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    signer = forms.CharField(label=_("Người ký"), max_length=120, required=False)
    signed_as = forms.CharField(label=_("Ký thay mặt, chức vụ"), max_length=160, required=False)
    reason = forms.CharField(
        label=_("Lý do sửa"),
        max_length=300,
        help_text=_("Ví dụ: vào sổ nhầm số; đọc lại bản giấy rõ hơn."),
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        document: Document,
        names: Collection[str],
        kinds: Sequence[tuple[str, str]] = (),
    ) -> None:
        there = {name: getattr(document, name) for name in names}
        there["issued"] = typed_day(
            document.issued_as_read or (document.issued_on.isoformat() if document.issued_on else "")
        )
        super().__init__(data, initial=there | {"revision": revision_of(document)})
        if "kind" in names:
            known = dict(kinds)
            own = [(document.kind, document.kind)] if document.kind not in {"", *known} else []
            choices = [("", _("Không rõ, loại khác")), *own, *kinds]
            self.fields["kind"] = forms.ChoiceField(label=_("Thể loại"), choices=choices, required=False)
        shown = {*names, "revision", "reason", *(["issued"] if "issued_on" in names else [])}
        for name in [name for name in self.fields if name not in shown]:
            del self.fields[name]
        self.order_fields(["issuer_name", "kind"])

    @property
    def head(self) -> dict[str, Any]:
        return {
            name: value for name, value in self.cleaned_data.items() if name not in {"revision", "reason"}
        }
