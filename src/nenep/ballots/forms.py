from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nenep.ballots.arithmetic import Figures, Line, mismatches
from nenep.ballots.models import Mode
from nenep.ballots.reads import figures_of, names_of
from nenep.shared.fields import LONGEST_TEXT
from nenep.shared.once import OnceForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

    from nenep.ballots.models import Count, Round

MOST_PAPERS = 2000


class _BoardForm(OnceForm):
    """Who stands on the ballot and who counts."""

    candidates = forms.TypedMultipleChoiceField(
        label=_("Danh sách bầu"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Đồng chí chọn những người trong danh sách bầu.")},
    )
    seats = forms.IntegerField(
        label=_("Số lượng được bầu"),
        min_value=1,
        max_value=100,
        initial=1,
        help_text=_("Phiếu chọn quá số này là phiếu không hợp lệ."),
        widget=forms.NumberInput(attrs={"class": "width-short"}),
    )
    head = forms.TypedChoiceField(
        label=_("Tổ trưởng tổ kiểm phiếu"),
        coerce=int,
        error_messages={"required": _("Đồng chí chọn tổ trưởng tổ kiểm phiếu.")},
    )
    board = forms.TypedMultipleChoiceField(
        label=_("Các thành viên tổ kiểm phiếu"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "Chi bộ biểu quyết giơ tay chọn tổ kiểm phiếu; người trong danh sách bầu không tham gia."
        ),
    )

    def offer(self, people: Mapping[int, str], tellers: Mapping[int, str]) -> None:
        """Whom the ballot and the board may name."""
        self._choices("candidates", people)
        self._choices("head", {"": "---", **tellers})
        self._choices("board", tellers)

    def _choices(self, name: str, people: Mapping[Any, str]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(pk), words) for pk, words in people.items()]


class OpeningForm(_BoardForm):
    subject = forms.CharField(max_length=300)
    forms = forms.CharField(
        label=_("Các hình thức"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_(
            "Mỗi dòng một hình thức, nặng nhất trước. Ai không đồng ý hình thức nào thì để trống phiếu."
        ),
    )
    field_order = ["subject", "candidates", "seats", "forms", "head", "board"]

    def __init__(
        self,
        *args: Any,
        mode: Mode,
        people: Mapping[int, str],
        tellers: Mapping[int, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer(people, tellers)
        subject = self.fields["subject"]
        subject.label, subject.help_text = _SUBJECTS[mode]
        for name in {"candidates", "seats", "forms"} - _PARTS[mode]:
            del self.fields[name]

    def clean_forms(self) -> list[str]:
        return [line for line in self.cleaned_data["forms"].splitlines() if line.strip()]


_PARTS = {Mode.NAMES: {"candidates", "seats"}, Mode.FORMS: {"forms"}, Mode.QUESTION: set()}
_SUBJECTS = {
    Mode.NAMES: (_("Nội dung bầu"), _("Ví dụ: Bầu chi ủy nhiệm kỳ 2025-2027.")),
    Mode.FORMS: (_("Nội dung bỏ phiếu"), _("Ví dụ: Hình thức kỷ luật đối với đồng chí nêu trong báo cáo.")),
    Mode.QUESTION: (
        _("Câu in trên phiếu"),
        _("Viết thành một câu để đánh dấu đồng ý hoặc không đồng ý."),
    ),
}


class FurtherForm(_BoardForm):
    field_order = ["candidates", "seats", "head", "board"]

    def __init__(
        self, *args: Any, people: Mapping[int, str], tellers: Mapping[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["once"]  # one round follows another, however often it is sent
        self.offer(people, tellers)


class CountForm(forms.Form):
    """The figures of a count; `for-0`, `against-0` ... are those of the lines by their place on the ballot."""

    revision = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(self, *args: Any, ballot: Round, present: int, **kwargs: Any) -> None:
        """`present`: the official members who are there."""
        self.ballot, self.present, self.names = ballot, present, names_of(ballot)
        super().__init__(*args, **kwargs)
        for name, label in _PAPERS.items():
            self._ask(name, label)
        for place, name in enumerate(self.names):
            if ballot.is_question:
                for part, label in _ANSWERS.items():
                    self._ask(f"{part}-{place}", label)
            else:
                self._ask(f"for-{place}", name)

    def _ask(self, name: str, label: StrOrPromise) -> None:
        self.fields[name] = forms.IntegerField(
            label=label,
            min_value=0,
            max_value=MOST_PAPERS,
            widget=forms.NumberInput(attrs={"class": "width-short", "inputmode": "numeric"}),
            error_messages={"required": _("Đồng chí ghi số, không có thì ghi 0.")},
        )

    @property
    def papers(self) -> list[forms.BoundField]:
        return [self[name] for name in _PAPERS]

    @property
    def lines(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if "-" in name]

    @property
    def figures(self) -> Figures:
        data = self.cleaned_data
        lines = tuple(
            Line(data[f"for-{n}"], data.get(f"against-{n}", 0), data.get(f"blank-{n}", 0))
            for n in range(len(self.names))
        )
        return Figures(data["issued"], data["returned"], data["valid"], data["invalid"], lines)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            for found in mismatches(self.figures, self.ballot, self.names, present=self.present):
                self.add_error(found.field, found.sentence)
        return data

    @staticmethod
    def filled(row: Count | None) -> dict[str, int]:
        """What a form starts with: the figures that were entered last."""
        if row is None:
            return {}
        figures = figures_of(row)
        found = {name: getattr(figures, name) for name in _PAPERS} | {"revision": row.revision}
        for place, line in enumerate(figures.lines):
            found |= {f"{part}-{place}": getattr(line, f"votes_{part}") for part in _ANSWERS}
        return found


_PAPERS = {
    "issued": _("Số phiếu phát ra"),
    "returned": _("Số phiếu thu về"),
    "valid": _("Số phiếu hợp lệ"),
    "invalid": _("Số phiếu không hợp lệ"),
}
_ANSWERS = {"for": _("Đồng ý"), "against": _("Không đồng ý"), "blank": _("Phiếu trắng")}


class ConfirmationForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    is_read_out = forms.BooleanField(
        label=_("Tổ kiểm phiếu đã so từng con số với phiếu và đồng ý"),
        error_messages={"required": _("Đồng chí so các con số với phiếu rồi đánh dấu ô này.")},
    )


class RecountForm(forms.Form):
    reason = forms.CharField(
        label=_("Vì sao kiểm phiếu lại"),
        max_length=300,
        help_text=_("Ghi vào biên bản kiểm phiếu, cùng các con số cũ."),
    )


class CopiesForm(forms.Form):
    copies = forms.IntegerField(label=_("Số phiếu in"), min_value=1, max_value=300)
