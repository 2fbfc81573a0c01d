"""The page of a thematic meeting held on paper: that of a regular one with the theme, its paper and the follow-up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nenep.meetings import paper_forms
from nenep.meetings.thematic_from_paper import ThematicSheets
from nenep.people.choices import MemberField
from nenep.preparing.on_paper import Work
from nenep.shared.forms import DayField
from nenep.shared.vietnamese import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.forms import BoundField

    from nenep.rulebook.values import AgendaStep

ROWS = 3
PAPER = "paper_file"
_WORK = ("what", "owner", "due_on")


class ThematicPaperForm(paper_forms.PaperForm):
    unsaid = _("Đồng chí ghi vài dòng, hoặc ghi vì sao không bàn.")
    checks = {"is_signed": paper_forms.CHECKS["is_signed"]}
    scans = {PAPER: _("Ảnh, bản quét báo cáo chuyên đề"), **paper_forms.FILES}
    file_names = tuple(scans)

    question = forms.CharField(
        label=_("Câu hỏi của chuyên đề"),
        max_length=300,
        required=False,
        help_text=_("Ví dụ: Vì sao hồ sơ trả chậm và ai sửa? Bản giấy không nêu thì để trống."),
    )
    has_paper = forms.BooleanField(label=_("Có báo cáo chuyên đề bằng văn bản"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [entry.member_id for entry in self.roster if not entry.is_suspended]
        self.fields["presenter"] = MemberField(
            people, label=_("Người trình bày"), empty_label=_("Bản giấy không ghi"), required=False
        )
        for row in range(ROWS):
            self.fields[f"w{row}_what"] = forms.CharField(
                label=_("Việc được giao"), max_length=300, required=False
            )
            self.fields[f"w{row}_owner"] = MemberField(
                people, label=_("Người thực hiện"), empty_label=_("Chọn người"), required=False
            )
            self.fields[f"w{row}_due_on"] = DayField(label=_("Thời hạn"), required=False)

    def asks_for(self, step: AgendaStep) -> bool:
        """Its conclusion is a closing part of the agenda."""
        return step.required and step.category != "opening"

    def texts_of(self, step: AgendaStep) -> dict[str, str]:
        """What was presented is told and not concluded: the summary of a story must not pass for a conclusion."""
        if step.actor == "assigned":
            return {"notes": gettext("%(part)s: tóm tắt điều đã trình bày") % {"part": step.title}}
        if step.category == "discussion":
            return {"notes": step.title, "conclusion": gettext("Kết luận của phần thảo luận, nếu có")}
        return {"conclusion": step.title}

    def theme(self) -> Iterator[BoundField]:
        return (self[name] for name in ("question", "presenter", "has_paper"))

    def work_rows(self) -> Iterator[list[BoundField]]:
        for row in range(ROWS):
            yield [self[f"w{row}_{name}"] for name in _WORK]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for row in self.work_rows():
            lacking = [field for field in row if not data.get(field.name) and field.name not in self.errors]
            if 0 < len(lacking) < len(row):
                for field in lacking:
                    self.add_error(field.name, _("Mỗi việc ghi đủ việc gì, ai làm, hạn ngày nào."))
        return data

    def sheets(self) -> ThematicSheets:
        data = self.cleaned_data
        return ThematicSheets(**self.told(), question=clean(data["question"]), presenter=data["presenter"])

    def has_written_paper(self) -> bool:
        """Ticked, or sent: whoever has a scan of it has the paper."""
        return bool(self.cleaned_data["has_paper"] or self.cleaned_data[PAPER])

    def work(self) -> list[Work]:
        data = self.cleaned_data
        return [
            Work(row, clean(data[f"w{row}_what"]), data[f"w{row}_owner"], data[f"w{row}_due_on"])
            for row in range(ROWS)
            if data[f"w{row}_what"]
        ]
