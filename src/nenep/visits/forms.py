from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nenep.visits.models import MOST_A_MONTH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nenep.visits.sheet import Row, Sheet


class ArrangeForm(forms.Form):
    """A list of names for each branch of the page that is not settled yet. `chosen` is what the verb takes.

    `filled`: what a proposal puts into the empty places. `seen` is the revision that the page of the sender showed;
    the form itself always carries the present one: coming back with a refusal it shows what was saved meanwhile.
    """

    not_done = _("Chưa lưu được lịch.")

    each = forms.IntegerField(
        label=_("Xếp thử cho mỗi đồng chí nhiều nhất mấy chi bộ"),
        min_value=1,
        max_value=MOST_A_MONTH,
        widget=forms.NumberInput(attrs={"class": "width-short"}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, sheet: Sheet, each: int, filled: Mapping[int, int | None] | None = None
    ) -> None:
        self.sheet, known = sheet, sheet.known
        self.seen = str(data.get("revision", "")) if data is not None else ""
        if data is not None:
            data = data.copy()
            data["revision"] = known.revision
        stored = {key: visit.officer_id for key, visit in known.standing.items()}
        super().__init__(data, initial={"each": each, "revision": known.revision})
        people = [(str(one.member_id), f"{one.name} ({one.posts})") for one in known.officers.values()]
        for row in self.rows_to_arrange:
            chosen = (filled if filled is not None else stored).get(row.branch_id)
            self.fields[name_of(row)] = forms.TypedChoiceField(
                label=row.name,
                choices=[("", _("Chưa có ai")), *people],
                coerce=int,
                empty_value=None,
                required=False,
                initial=chosen if chosen in known.officers else None,
            )

    @property
    def rows_to_arrange(self) -> list[Row]:
        return [row for row in self.sheet.rows if not row.is_settled]

    @property
    def chosen(self) -> dict[int, int | None]:
        """What was sent. A branch that came onto the page meanwhile was not on the sender's: it stays as it is."""
        sent = [row for row in self.rows_to_arrange if name_of(row) in self.data]
        return {row.branch_id: self.cleaned_data.get(name_of(row)) for row in sent}

    def clean(self) -> None:
        """Everything that speaks against the changed choices, each at its branch."""
        known, chosen = self.sheet.known, self.chosen
        picture = known.picture(chosen)
        rows = {row.branch_id: row for row in self.rows_to_arrange}
        for branch_id, officer_id in known.changes(chosen).items():
            if officer_id and (sentence := known.problem(branch_id, officer_id, picture)):
                self.add_error(name_of(rows[branch_id]), sentence)

    @property
    def lines(self) -> list[tuple[Row, forms.BoundField | None]]:
        """Each row with its list of names; None where somebody was there."""
        return [(row, None if row.is_settled else self[name_of(row)]) for row in self.sheet.rows]


class AttendedForm(forms.Form):
    not_done = _("Chưa ghi được là đã dự.")

    remark = forms.CharField(
        label=_("Điều đáng chú ý"),
        max_length=500,
        required=False,
        help_text=_("Một câu về buổi sinh hoạt, không nhận xét từng người. Cấp ủy và chi bộ cùng đọc được."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class MissedForm(forms.Form):
    not_done = _("Chưa ghi được là không dự.")

    reason = forms.CharField(
        label=_("Lý do không dự được"), max_length=300, help_text=_("Cấp ủy và chi bộ đọc được lý do này.")
    )


def name_of(row: Row) -> str:
    return f"officer_{row.branch_id}"
