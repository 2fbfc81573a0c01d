"""Parsing and cleaning of what people type about a meeting; the operations decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nenep.meetings.models import (
    AgendaItem,
    Answer,
    CalledOff,
    CommitteeMeeting,
    Meeting,
    Opinion,
    Presence,
    Reply,
)
from nenep.meetings.states import OffReason
from nenep.people.choices import MemberField
from nenep.shared.forms import MomentField
from nenep.shared.once import OnceForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nenep.meetings.attendance import Line, Mark
    from nenep.rulebook.values import Term
    from nenep.rulebook.votes import VoteRule


class ItemField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: AgendaItem) -> str:
        return obj.title


class PlanForm(forms.ModelForm[Meeting]):
    starts_at = MomentField(label=_("Ngày và giờ họp"))

    class Meta:
        model = Meeting
        fields = ("starts_at", "place", "chair", "note_taker", "focus_question", "guests")
        help_texts = {
            "focus_question": _("Một câu hỏi mà kỳ này chi bộ phải bàn và quyết định cho xong."),
            "guests": _("Để trống nếu không có."),
        }

    def __init__(self, *args: Any, roster: Iterable[int], chooses: bool, **kwargs: Any) -> None:
        """`chooses`: whether chair and note-taker are this person's to choose; otherwise they stay as they are."""
        super().__init__(*args, **kwargs)
        _choose_people(self, roster, chooses=chooses)


def _choose_people(form: forms.ModelForm[Meeting], roster: Iterable[int], *, chooses: bool) -> None:
    for name in ("chair", "note_taker"):
        if not chooses:
            del form.fields[name]
            continue
        form.fields[name] = MemberField(
            roster, label=form.fields[name].label, required=False, empty_label=_("Chưa chọn")
        )


class OpeningForm(forms.Form):
    not_done = _("Chưa khai mạc được.")

    began_at = MomentField(label=_("Khai mạc lúc"))


class ClosingForm(forms.Form):
    not_done = _("Chưa kết thúc được.")

    ended_at = MomentField(label=_("Kết thúc lúc"))

    online_basis = forms.CharField(
        label=_("Văn bản cho phép dự trực tuyến"),
        max_length=200,
        required=False,
        help_text=_("Số, ngày, cơ quan ra văn bản. Chưa có thì để trống, biên bản sẽ ghi là chưa có."),
    )

    def __init__(
        self, *args: Any, parts: Iterable[AgendaItem], asks_basis: bool = False, **kwargs: Any
    ) -> None:
        """`parts`: required ones without a word; each has to be explained (R51). `asks_basis`: somebody is online."""
        super().__init__(*args, **kwargs)
        if not asks_basis:
            del self.fields["online_basis"]
        self.parts = tuple(parts)
        for item in self.parts:
            self.fields[f"s{item.pk}"] = forms.CharField(
                label=_("Không bàn “%(title)s”, vì") % {"title": item.title}, max_length=300
            )

    @property
    def skipped(self) -> dict[int, str]:
        """Of a valid form: why each part was not dealt with, by the key of the item."""
        return {item.pk: self.cleaned_data[f"s{item.pk}"] for item in self.parts}


class ThematicForm(forms.Form):
    """A new thematic meeting; the rest of its preparation is that of every meeting."""

    focus_question = forms.CharField(
        label=_("Chuyên đề, nêu thành một câu hỏi"),
        max_length=300,
        help_text=_("Ví dụ: Làm thế nào để hồ sơ của người dân được trả đúng hẹn?"),
    )
    starts_at = MomentField(label=_("Ngày và giờ họp"))
    place = forms.CharField(label=_("Địa điểm"), max_length=200, required=False)

    def __init__(self, *args: Any, roster: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["presenter"] = MemberField(
            roster,
            label=_("Người trình bày"),
            required=False,
            empty_label=_("Chưa phân công"),
            help_text=_("Đảng viên am hiểu chuyên đề, được giao viết và trình bày."),
        )


class PostponeForm(forms.Form):
    not_done = _("Chưa đổi được ngày họp.")

    to = MomentField(label=_("Ngày và giờ mới"))
    reason = forms.CharField(
        label=_("Lý do"), max_length=300, help_text=_("Đảng viên và cấp trên sẽ đọc được lý do này.")
    )


class CallingOffForm(forms.ModelForm[CalledOff]):
    class Meta:
        model = CalledOff
        fields = ("reason", "note")
        help_texts = {"note": _("Đảng viên và cấp trên sẽ đọc được lý do này.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Chọn lý do")), *OffReason.choices]


class CallForm(forms.Form):
    """What the notice asks for when the committee has not met."""

    not_done = _("Chưa gửi được thông báo.")

    reason = forms.CharField(
        label=_("Vì sao thông báo khi chi ủy chưa họp"),
        max_length=300,
        required=False,
        help_text=_("Lý do được giữ cùng kỳ sinh hoạt. Đã họp thì ghi biên bản họp chi ủy thay cho lý do."),
    )


class CommitteeMeetingForm(forms.ModelForm[CommitteeMeeting]):
    held_at = MomentField(label=_("Ngày và giờ họp chi ủy"))
    # What the page was drawn from; without it nothing has been seen.
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = CommitteeMeeting
        fields = ("held_at", "place", "present", "content", "decisions")
        widgets = {
            "present": forms.Textarea(attrs={"rows": 3}),
            "content": forms.Textarea(attrs={"rows": 6}),
            "decisions": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts = {
            "present": _("Chi bộ không có chi ủy thì ghi bí thư và phó bí thư trao đổi."),
            "decisions": _("Ai chuẩn bị nội dung nào, xong chậm nhất ngày nào."),
        }


class ResponseForm(forms.Form):
    not_done = _("Chưa gửi được.")

    answer = forms.ChoiceField(label=_("Trả lời"), choices=Answer.choices)
    reason = forms.ChoiceField(label=_("Lý do xin vắng"), required=False)
    note = forms.CharField(label=_("Nói thêm"), max_length=200, required=False)

    def __init__(self, *args: Any, reasons: Iterable[Term], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Chọn lý do")), *((term.code, term.label) for term in reasons)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("answer") == Answer.ASKS_LEAVE and not data.get("reason"):
            self.add_error("reason", _("Đồng chí chọn lý do xin vắng."))
        return data


class OpinionForm(forms.ModelForm[Opinion]):
    not_done = _("Chưa gửi được.")

    class Meta:
        model = Opinion
        fields = ("item", "text")
        labels = {"item": _("Về nội dung"), "text": _("Ý kiến của tôi")}
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"] = ItemField(
            meeting.items.all(), label=_("Về nội dung"), required=False, empty_label=_("Nội dung khác")
        )


class ReplyForm(forms.Form):
    reply = forms.ChoiceField(
        label=_("Trả lời"),
        choices=[("", _("Chọn câu trả lời")), *(choice for choice in Reply.choices if choice[0] != "open")],
    )
    reason = forms.CharField(label=_("Lý do, nói rõ thêm"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("reply") in {Reply.ADAPTED, Reply.DECLINED} and not data.get("reason"):
            self.add_error("reason", _("Đồng chí ghi lý do để người góp ý được biết."))
        return data


class MarkForm(forms.Form):
    """One line of the roll call."""

    presence = forms.ChoiceField(label=_("Điểm danh"), choices=Presence.choices, required=False)
    reason = forms.CharField(label=_("Lý do"), max_length=200, required=False)
    # What the page showed when it was opened: only what was changed on it is written.
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def others(self) -> list[tuple[str, str]]:
        """What is rare enough to stand behind “Khác”."""
        common = {Presence.PRESENT, Presence.EXCUSED, Presence.UNEXCUSED}
        return [(way.value, way.label) for way in Presence if way not in common]

    @property
    def is_other(self) -> bool:
        return self["presence"].value() in dict(self.others)

    @property
    def is_changed(self) -> bool:
        data = self.cleaned_data
        return f"{data['presence']}|{data['reason']}" not in {data["was"], data["was"] + "|"}

    def says(self, mark: Mark | None) -> bool:
        """Whether the line asks for the mark that is written already: a tap may have sent it a moment ago."""
        data = self.cleaned_data
        return f"{data['presence']}|{data['reason']}" == spelled(mark)

    def accept(self, mark: Mark | None) -> None:
        """Show the line again as changed from what somebody else has written in the meantime."""
        self.data = {**self.data.dict(), self.add_prefix("was"): spelled(mark)}  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("presence") == Presence.EXCUSED and not data.get("reason"):
            self.add_error("reason", _("Vắng có lý do thì phải ghi lý do."))
        return data


def spelled(mark: Mark | None) -> str:
    return f"{mark.presence.value}|{mark.reason}" if mark else ""


def mark_forms(lines: Iterable[Line], data: Any = None) -> list[tuple[Line, MarkForm]]:
    """A form for each member of the roster, in the order of the roll call."""
    return [
        (
            line,
            MarkForm(
                data,
                prefix=f"m{line.entry.member_id}",
                initial={
                    "presence": line.mark.presence if line.mark else "",
                    "reason": line.mark.reason if line.mark else "",
                    "was": spelled(line.mark),
                },
            ),
        )
        for line in lines
    ]


class RoomForm(forms.ModelForm[Meeting]):
    """The opening lines: when it began, who chairs and writes, guests, party fees (a count, never a sum)."""

    began_at = MomentField(
        label=_("Khai mạc lúc"), help_text=_("Đúng ngày giờ khai mạc thật, biên bản ghi theo đây.")
    )

    # What the page was drawn from; without it nothing has been seen.
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Meeting
        fields = (
            "began_at",
            "chair",
            "note_taker",
            "agenda_adopted",
            "fees_paid",
            "fees_owed",
            "fee_note",
            "guests",
        )
        labels = {"fees_paid": _("Đã đóng đảng phí"), "fees_owed": _("Chưa đóng đảng phí")}
        help_texts = {
            "fees_paid": _("Mấy đồng chí đã đóng đến tháng này."),
            "fees_owed": _("Không có ai thì ghi 0."),
            "fee_note": _("Không ghi tên, không ghi số tiền."),
        }

    def __init__(self, *args: Any, roster: Iterable[int], chooses: bool, **kwargs: Any) -> None:
        """`chooses`: whether chair and note-taker are this person's to choose."""
        super().__init__(*args, **kwargs)
        _choose_people(self, roster, chooses=chooses)


# What is written of an item in the room.
RECORDED = ("notes", "conclusion", "decision")


class ItemRecordForm(forms.ModelForm[AgendaItem]):
    revision = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = AgendaItem
        fields = RECORDED
        widgets = {
            "notes": forms.Textarea(attrs={"rows": 6}),
            "conclusion": forms.Textarea(attrs={"rows": 3}),
            "decision": forms.Textarea(attrs={"rows": 2}),
        }


class VoteForm(OnceForm):
    subject = forms.CharField(label=_("Nội dung biểu quyết"), max_length=300)
    kind = forms.ChoiceField(label=_("Loại biểu quyết"))
    votes_for = forms.IntegerField(label=_("Tán thành"), min_value=0, max_value=2000)
    votes_against = forms.IntegerField(label=_("Không tán thành"), min_value=0, max_value=2000, initial=0)
    votes_other = forms.IntegerField(label=_("Ý kiến khác"), min_value=0, max_value=2000, initial=0)
    rest_is_silent = forms.BooleanField(label=_("Những đồng chí còn lại không giơ tay"), required=False)

    def __init__(self, *args: Any, rules: Iterable[VoteRule], present: int, **kwargs: Any) -> None:
        """`present`: the official members who are there, each of whom should be in the count."""
        self.present = present
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(rule.kind, rule.name) for rule in rules]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_silent = data.pop("rest_is_silent", False)
        counted = sum(data.get(name) or 0 for name in ("votes_for", "votes_against", "votes_other"))
        if not self.errors and counted < self.present and not is_silent:
            self.add_error(
                "rest_is_silent",
                _(
                    "Đã đếm %(counted)d trong %(present)d đồng chí có quyền biểu quyết. Đồng chí đếm lại, "
                    "hoặc đánh dấu ô này nếu %(rest)d đồng chí còn lại không giơ tay."
                )
                % {"counted": counted, "present": self.present, "rest": self.present - counted},
            )
        return data


class AdoptionForm(forms.Form):
    votes_for = forms.IntegerField(label=_("Số đồng chí tán thành biên bản"), min_value=0, max_value=2000)
    speakers = forms.IntegerField(
        label=_("Số đồng chí đã phát biểu"),
        min_value=0,
        max_value=2000,
        required=False,
        help_text=_("Phần mềm chỉ giữ con số, không giữ ai đã phát biểu."),
    )


class CorrectionForm(OnceForm):
    text = forms.CharField(
        label=_("Nội dung đính chính"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
