"""Parsing of what is typed about directives; the operations decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nenep.arrivals.papers import named_at, papers_at
from nenep.directives.choices import asked_of, issuer_of, made_choices, made_from
from nenep.directives.models import (
    DIGEST_LENGTH,
    MOST_QUESTIONS,
    Audience,
    Directive,
    Programme,
    ProgrammePeriod,
    Receipt,
    Requirement,
    at_most_three_lines,
)
from nenep.documents.facets import label_of
from nenep.files.forms import OptionalFileForm
from nenep.organizations.models import Body, Cluster, UnitType
from nenep.organizations.reads import committee_name_on
from nenep.plans.models import MEETING_KINDS, EntryKind
from nenep.shared.dates import today, valid_on
from nenep.shared.forms import DayField, MomentField
from nenep.shared.once import OnceForm
from nenep.shared.vietnamese import clean, lines_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from nenep.documents.models import Document

SOURCE = ("document", "source_issuer", "source_symbol", "source_date")


class NamedField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(getattr(obj, "name", "") or obj)


class BodiesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Body) -> str:
        return obj.name


class DocumentField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Document) -> str:
        return label_of(obj)


class SourceForm(OnceForm):
    """The official paper: out of the register, which then says symbol, day and issuer, or typed."""

    def __init__(self, *args: Any, body_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body_id = body_id
        self.fields["document"] = DocumentField(
            papers_at(body_id),
            label=_("Văn bản trong sổ"),
            required=False,
            empty_label=_("Không có trong sổ, ghi ở dưới"),
        )
        self.fields["source_date"] = DayField(label=_("Ngày văn bản"), required=False)
        for name in SOURCE:
            self.fields[name].required = False
            self.fields[name].initial = getattr(self.instance, name)  # type: ignore[attr-defined]
        if self.instance.document_id:  # type: ignore[attr-defined]
            self.fields["document"].initial = self.instance.document_id  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        document: Document | None = data.get("document") or self._named(data)
        if document:
            data["document"] = document
            # The own name stands there before anybody types; a paper from elsewhere has another.
            if data.get("source_issuer") in {None, "", committee_name_on(self.body_id, today())}:
                data["source_issuer"] = issuer_of(document)
            data["source_symbol"] = data.get("source_symbol") or document.symbol
            data["source_date"] = data.get("source_date") or document.issued_on
        for name in SOURCE[1:]:
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("Đồng chí chọn văn bản trong sổ, hoặc ghi ô này."))
        return data

    def _named(self, data: dict[str, Any]) -> Document | None:
        """The paper of the register that is typed by its number; of several with one number the day says which."""
        found = named_at(self.body_id, data.get("source_symbol") or "", data.get("source_date"))
        if len(found) > 1 and not data.get("source_date"):
            says = _(
                "Trong sổ có %(count)d văn bản cùng số này. Đồng chí chọn ở danh sách, hoặc ghi ngày: %(papers)s."
            )
            papers = "; ".join(label_of(row)[:80] for row in found)
            self.add_error("source_symbol", says % {"count": len(found), "papers": papers})
        return found[0] if len(found) == 1 else None


class DirectiveForm(SourceForm, forms.ModelForm[Directive]):
    """`words` is what the verbs take; `chosen` and `requirements` beside it."""

    class Meta:
        model = Directive
        fields = (
            "title",
            "digest",
            "why_it_matters",
            "source_issuer",
            "source_symbol",
            "audience",
            "unit_type",
            "programme",
        )
        widgets = {"digest": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "digest": _("Nhiều nhất ba dòng, %(length)d chữ cái. Chi bộ đọc trong một phút là nắm được.")
            % {"length": DIGEST_LENGTH},
            "why_it_matters": _("Một câu: chi bộ phải để ý việc này vì sao."),
            "source_symbol": _("Ví dụ: 02-NQ/ĐUK."),
        }

    def __init__(
        self, *args: Any, body_id: int, offered: Collection[Requirement] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, body_id=body_id, **kwargs)
        self.fields["digest"].validators.append(at_most_three_lines)
        self._ask_questions()
        self._ask_for_whom(body_id)
        self.fields["programme"] = NamedField(
            Programme.objects.filter(keeper=body_id).order_by("title"),
            label=_("Thuộc chương trình"),
            required=False,
            empty_label=_("Không thuộc chương trình nào"),
            initial=self.instance.programme_id,
        )
        self.order_fields(
            [
                *(("requirements",) if offered else ()),
                "document",
                "title",
                "source_issuer",
                "source_symbol",
                "source_date",
                "digest",
                "why_it_matters",
                *(f"question_{n}" for n in range(1, MOST_QUESTIONS + 1)),
                "audience",
                "unit_type",
                "cluster",
                "chosen",
                "programme",
            ]
        )
        if offered:
            self.fields["requirements"] = forms.ModelMultipleChoiceField(
                Requirement.objects.filter(pk__in=[one.pk for one in offered]),
                label=_("Thực hiện những mục nào của cấp trên"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Không chọn mục nào là thực hiện chung cả văn bản."),
            )

    def _ask_questions(self) -> None:
        asked = lines_in(self.instance.questions)
        for number in range(1, MOST_QUESTIONS + 1):
            self.fields[f"question_{number}"] = forms.CharField(
                label=_("Câu hỏi thảo luận %(number)d") % {"number": number},
                max_length=300,
                required=False,
                initial=asked[number - 1] if len(asked) >= number else "",
            )

    def _ask_for_whom(self, body_id: int) -> None:
        day = today()
        self.fields["unit_type"] = forms.ChoiceField(
            label=_("Loại hình"),
            choices=[("", _("Chỉ chọn khi dành cho một loại hình")), *UnitType.choices],
            required=False,
        )
        self.fields["cluster"] = NamedField(
            Cluster.objects.filter(valid_on(day), owner=body_id).order_by("name"),
            label=_("Cụm"),
            required=False,
            empty_label=_("Chỉ chọn khi dành cho một cụm"),
            initial=self.instance.cluster_id,
        )
        self.fields["chosen"] = BodiesField(
            Body.objects.on(day).children_of(body_id, day).in_order(),
            label=_("Những tổ chức được chọn"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Chỉ chọn khi dành cho một số tổ chức. Chi bộ thuộc tổ chức ấy cũng nhận."),
            initial=list(self.instance.chosen.values_list("pk", flat=True)) if self.instance.pk else None,
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        lacking = {
            Audience.UNIT_TYPE: ("unit_type", _("Đồng chí chọn loại hình.")),
            Audience.CLUSTER: ("cluster", _("Đồng chí chọn cụm.")),
            Audience.BODIES: ("chosen", _("Đồng chí chọn ít nhất một tổ chức.")),
        }
        for audience, (name, sentence) in lacking.items():
            if data.get("audience") != audience:
                # What does not belong to the chosen audience is left out, whatever stood in its list.
                data[name] = "" if name == "unit_type" else None
            elif not data.get(name):
                self.add_error(name, sentence)
        return data

    def _post_clean(self) -> None:
        """The verb builds and checks the row: a form of many unbound fields would check half of it."""

    @property
    def words(self) -> dict[str, Any]:
        data = self.cleaned_data
        asked = [clean(data[f"question_{number}"]) for number in range(1, MOST_QUESTIONS + 1)]
        names = (*self.Meta.fields, "document", "source_date", "cluster")
        return {name: data[name] for name in names} | {"questions": "\n".join(filter(None, asked))}

    @property
    def chosen(self) -> Iterable[Body]:
        return self.cleaned_data.get("chosen") or ()


class RequirementForm(OnceForm, forms.ModelForm[Requirement]):
    due_on = DayField(label=_("Hạn"), required=False)

    class Meta:
        model = Requirement
        fields = ("mark", "what", "doers", "due_on", "quote")
        widgets = {"quote": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "mark": _("Ví dụ: II.1."),
            "what": _("Một câu: ai phải làm gì."),
            "quote": _("Chép nguyên văn đoạn ấy, nếu cần."),
        }

    def _post_clean(self) -> None:
        """The verb checks the row, which has its directive then."""


class WithdrawalForm(forms.Form):
    not_done = _("Chưa thu hồi được.")

    reason = forms.CharField(
        label=_("Lý do"), max_length=300, help_text=_("Các tổ chức nhận sẽ đọc được lý do này.")
    )


class MadeForm(OnceForm):
    """What a body made of it: one of what the program has, or the name of a paper outside it."""

    def __init__(self, *args: Any, receipt: Receipt, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.receipt = receipt
        self.fields["requirement"] = NamedField(
            Requirement.objects.filter(directive=receipt.directive_id),
            label=_("Thực hiện mục"),
            required=False,
            empty_label=_("Chung cả văn bản"),
        )
        self.fields["made"] = forms.ChoiceField(
            label=_("Đã có trong phần mềm"),
            choices=[("", _("Không có, ghi tên ở dưới")), *made_choices(receipt)],
            required=False,
        )
        self.fields["words"] = forms.CharField(
            label=_("Tên, số văn bản khác"),
            max_length=300,
            required=False,
            help_text=_("Ví dụ: Kế hoạch 03-KH/CB ngày 05/12/2026."),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("made")) == bool(clean(data.get("words") or "")):
            self.add_error("words", _("Đồng chí chọn một mục trong danh sách, hoặc ghi tên văn bản."))
        return data

    @property
    def link(self) -> dict[str, Any]:
        """What `link_made` takes: a link, or words."""
        data = self.cleaned_data
        return made_from(data["made"]) if data["made"] else {"words": clean(data["words"])}


class ImplementationForm(OptionalFileForm):
    not_done = _("Chưa ghi được.")

    requirement = NamedField(
        Requirement.objects.none(), label=_("Xong việc nào"), required=False, empty_label=_("Cả chỉ đạo")
    )
    day = DayField(label=_("Ngày thực hiện xong"))
    words = forms.CharField(
        label=_("Kết quả"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Đã làm được gì. Cấp trên đọc được."),
    )

    def __init__(self, *args: Any, receipt: Receipt, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = asked_of(receipt)
        self.fields["requirement"].queryset = asked  # type: ignore[attr-defined]
        if not asked:
            del self.fields["requirement"]


class DayForm(forms.Form):
    """The day of a list; today where none is typed."""

    day = DayField(label=_("Tính đến ngày"), required=False)


class PlanningForm(OnceForm):
    """When and how a paragraph is carried out; who presents is said in the plan itself."""

    not_done = _("Chưa đưa vào kế hoạch được.")

    starts_at = MomentField(label=_("Ngày và giờ"))
    place = forms.CharField(label=_("Địa điểm"), max_length=200, required=False)
    content = forms.CharField(label=_("Nội dung"), max_length=300)

    def __init__(self, *args: Any, is_branch: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in EntryKind if is_branch or kind not in MEETING_KINDS]
        self.fields["kind"] = forms.TypedChoiceField(
            label=_("Loại"),
            choices=[("", _("Chọn loại")), *((kind.value, kind.label) for kind in kinds)],
            coerce=EntryKind,
        )
        self.order_fields(["kind"])


class ProgrammeForm(SourceForm, forms.ModelForm[Programme]):
    class Meta:
        model = Programme
        fields = ("title", "objectives", "source_issuer", "source_symbol")
        widgets = {"objectives": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"objectives": _("Mỗi dòng một mục tiêu.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["title", "document", "source_issuer", "source_symbol", "source_date"])

    def _post_clean(self) -> None:
        """The verb checks the row."""

    @property
    def words(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "document", "source_date")}


class PeriodForm(forms.ModelForm[ProgrammePeriod]):
    first_day = DayField(label=_("Từ ngày"))
    last_day = DayField(label=_("Đến ngày"))
    midterm_due = DayField(label=_("Hạn báo cáo sơ kết"), required=False)
    final_due = DayField(label=_("Hạn báo cáo tổng kết"), required=False)

    class Meta:
        model = ProgrammePeriod
        fields = ("first_day", "last_day", "midterm_due", "final_due")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last <= first:
            self.add_error("last_day", _("Ngày cuối giai đoạn phải sau ngày đầu."))
        return data

    def _post_clean(self) -> None:
        """The verb checks the row, which has its programme then."""
