"""The page on which a meeting held on paper is typed in; its fields follow the roster and the pack of its day."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nenep.files.forms import ConsentForm
from nenep.meetings.attendance import Mark
from nenep.meetings.from_paper import Part, Sheets
from nenep.meetings.models import Presence
from nenep.meetings.voting import Hands
from nenep.people.choices import MemberField
from nenep.shared.fields import LONGEST_TEXT
from nenep.shared.forms import HOUR_FORMATS, DayField
from nenep.shared.vietnamese import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.forms import BoundField

    from nenep.people.reads import RosterEntry
    from nenep.rulebook.values import AgendaStep
    from nenep.rulebook.votes import VoteRule

VOTES = 3
CHECKS = {
    "committee_met": _("Kỳ có họp chi ủy trước (nơi không có chi ủy: bí thư, phó bí thư họp)"),
    "draft_prepared": _("Đã có dự thảo nghị quyết trước khi họp"),
    "is_signed": _("Biên bản giấy đã có đủ chữ ký"),
}
FILES = {
    "minutes_file": _("Ảnh, bản quét biên bản"),
    "resolution_file": _("Ảnh, bản quét nghị quyết"),
}
_HANDS = (("for", _("Tán thành")), ("against", _("Không tán thành")), ("other", _("Ý kiến khác")))


def _needs_words(step: AgendaStep) -> bool:
    """Opening and closing are told by the records themselves; see `AgendaItem.awaits_text`."""
    return step.required and step.category not in {"opening", "closing"}


class PaperForm(ConsentForm):
    """Of a regular meeting, and the base of other kinds: `texts_of` says what a part is told by."""

    not_done = _("Chưa nhập được; chưa có gì được ghi.")
    unsaid = _("Đồng chí ghi kết luận, hoặc ghi vì sao không bàn.")
    scans: ClassVar[Mapping[str, Any]] = FILES
    file_names = tuple(FILES)
    checks: ClassVar[Mapping[str, Any]] = CHECKS

    day = DayField(label=_("Ngày họp"))
    began = forms.TimeField(label=_("Khai mạc lúc"), input_formats=HOUR_FORMATS)
    ended = forms.TimeField(label=_("Kết thúc lúc"), input_formats=HOUR_FORMATS)
    place = forms.CharField(label=_("Địa điểm"), max_length=200)

    def __init__(
        self,
        *args: Any,
        roster: Sequence[RosterEntry],
        steps: Sequence[AgendaStep],
        rules: Sequence[VoteRule],
        standing: Mapping[int, Mark],
        **kwargs: Any,
    ) -> None:
        """Of the day of the meeting: roster, steps of the agenda, kinds of vote, marks known already."""
        super().__init__(*args, **kwargs)
        self.roster, self.rules = roster, rules
        self.steps = [step for step in steps if step.is_item and self.asks_for(step)]
        for name in ("began", "ended"):
            self.fields[name].widget.attrs["class"] = "width-short"
        people = [entry.member_id for entry in roster if not entry.is_suspended]
        self.fields["chair"] = MemberField(people, label=_("Chủ trì"), empty_label=_("Chọn người"))
        self.fields["note_taker"] = MemberField(people, label=_("Thư ký"), empty_label=_("Chọn người"))
        for entry in roster:
            self._add_line(entry, standing.get(entry.member_id, Mark(Presence.PRESENT)))
        for step in self.steps:
            self._add_part(step)
        for number in range(VOTES):
            self._add_vote(number)
        self._add_ending()

    def lines(self) -> Iterator[tuple[RosterEntry, BoundField, BoundField]]:
        """Each of the roster with the fields of the mark and of its reason."""
        for entry in self.roster:
            yield entry, self[f"m{entry.member_id}_presence"], self[f"m{entry.member_id}_reason"]

    def parts(self) -> Iterator[tuple[list[BoundField], BoundField | None]]:
        """Each part of the agenda: its texts, and the reason why it was not dealt with where one is needed then."""
        for step in self.steps:
            texts = [self[f"p{step.id}_{name}"] for name in self.texts_of(step)]
            yield texts, self[f"p{step.id}_skipped"] if _needs_words(step) else None

    def asks_for(self, step: AgendaStep) -> bool:
        return _needs_words(step)

    def texts_of(self, step: AgendaStep) -> dict[str, str]:
        """The fields of `Part` that a part is told by, with their labels."""
        return {"conclusion": step.title}

    def vote_rows(self) -> Iterator[list[BoundField]]:
        for number in range(VOTES):
            yield [self[f"v{number}_{name}"] for name in ("subject", "kind", "for", "against", "other")]

    def ending(self) -> Iterator[BoundField]:
        return (self[name] for name in ("resolution", "votes_for", "speakers", *self.checks))

    def papers(self) -> Iterator[BoundField]:
        return (self[name] for name in (*self.scans, "is_open"))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        unseen = [e.name for e in self.roster if self.add_prefix(f"m{e.member_id}_presence") not in self.data]
        if unseen:
            raise forms.ValidationError(
                _("Danh sách chi bộ của ngày này có thêm: %(names)s. Đồng chí xem lại phần điểm danh."),
                params={"names": ", ".join(unseen)},
            )
        for _entry, presence, reason in self.lines():
            if data.get(presence.name) == Presence.EXCUSED and not data.get(reason.name):
                self.add_error(reason.name, _("Vắng có lý do thì phải ghi lý do."))
        for texts, skipped in self.parts():
            if skipped and not any(data.get(field.name) for field in (*texts, skipped)):
                self.add_error(texts[0].name, self.unsaid)
        for number in range(VOTES):
            if data.get(f"v{number}_subject") and data.get(f"v{number}_for") is None:
                self.add_error(f"v{number}_for", _("Đồng chí ghi số tán thành."))
            if data.get(f"v{number}_for") is not None and not data.get(f"v{number}_subject"):
                self.add_error(f"v{number}_subject", _("Đồng chí ghi nội dung đã biểu quyết."))
        return data

    def sheets(self) -> Sheets:
        """Of a valid form."""
        return Sheets(**self.told())

    def told(self) -> dict[str, Any]:
        """What the sheets of every kind of meeting tell."""
        data = self.cleaned_data
        return {
            "began_at": timezone.make_aware(datetime.combine(data["day"], data["began"])),
            "ended_at": timezone.make_aware(datetime.combine(data["day"], data["ended"])),
            "place": clean(data["place"]),
            "chair": data["chair"],
            "note_taker": data["note_taker"],
            "marks": {
                entry.member_id: Mark(Presence(data[presence.name]), data[reason.name])
                for entry, presence, reason in self.lines()
            },
            "parts": {step.id: self._part(step) for step in self.steps},
            "votes": [
                Hands(
                    data[f"v{n}_subject"],
                    data[f"v{n}_kind"],
                    *(data[f"v{n}_{name}"] or 0 for name in ("for", "against", "other")),
                )
                for n in range(VOTES)
                if data[f"v{n}_subject"]
            ],
            **{name: data[name] for name in ("resolution", "votes_for", "speakers", *self.checks)},
        }

    def _part(self, step: AgendaStep) -> Part:
        data = self.cleaned_data
        told = {name: data[f"p{step.id}_{name}"] for name in self.texts_of(step)}
        return Part(**told, skipped_because=data.get(f"p{step.id}_skipped", ""))

    def _add_line(self, entry: RosterEntry, mark: Mark) -> None:
        self.fields[f"m{entry.member_id}_presence"] = forms.ChoiceField(
            label=entry.name, choices=Presence.choices, initial=mark.presence.value
        )
        self.fields[f"m{entry.member_id}_reason"] = forms.CharField(
            label=_("Lý do vắng của đồng chí %(name)s") % {"name": entry.name},
            max_length=200,
            required=False,
            initial=mark.reason,
        )

    def _add_part(self, step: AgendaStep) -> None:
        for name, label in self.texts_of(step).items():
            self.fields[f"p{step.id}_{name}"] = forms.CharField(
                label=label,
                max_length=LONGEST_TEXT,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        if _needs_words(step):
            self.fields[f"p{step.id}_skipped"] = forms.CharField(
                label=_("Không bàn phần này, vì"), max_length=300, required=False
            )

    def _add_vote(self, number: int) -> None:
        self.fields[f"v{number}_subject"] = forms.CharField(
            label=_("Nội dung biểu quyết"), max_length=300, required=False
        )
        self.fields[f"v{number}_kind"] = forms.ChoiceField(
            label=_("Loại biểu quyết"),
            choices=[(rule.kind, rule.name) for rule in self.rules],
            initial="ordinary_resolution",
        )
        for name, label in _HANDS:
            self.fields[f"v{number}_{name}"] = forms.IntegerField(
                label=label, min_value=0, max_value=2000, required=False
            )

    def _add_ending(self) -> None:
        self.fields["resolution"] = forms.CharField(
            label=_("Số, ngày của nghị quyết"),
            max_length=200,
            required=False,
            help_text=_(
                "Chép theo bản giấy, ví dụ: 11-NQ/CB ngày 03/11/2026. Không ra nghị quyết thì để trống."
            ),
        )
        self.fields["votes_for"] = forms.IntegerField(
            label=_("Số đồng chí tán thành biên bản"), min_value=0, max_value=2000
        )
        self.fields["speakers"] = forms.IntegerField(
            label=_("Số đồng chí đã phát biểu"), min_value=0, max_value=2000, required=False
        )
        for name, label in self.checks.items():
            self.fields[name] = forms.BooleanField(label=label, required=False)
        for name, label in self.scans.items():
            self.fields[name] = forms.FileField(label=label, required=False, max_length=255)
