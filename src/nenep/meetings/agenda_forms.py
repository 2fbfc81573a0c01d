"""Parsing of what is typed about the agenda: its list, one item, the focus, a member's proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from nenep.meetings.answers import PROPOSAL_REPLIES
from nenep.meetings.balance import CATEGORIES
from nenep.meetings.forms import ItemField
from nenep.meetings.models import AgendaItem, Opinion, Reply
from nenep.people.choices import MemberField
from nenep.people.models import Member
from nenep.shared.vietnamese import clean, lines_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.utils.safestring import SafeString

    from nenep.people.reads import RosterEntry

LONGEST_ITEM = 240  # minutes
PROPOSAL_WORDS = {
    Reply.ADOPTED: _("Đưa vào chương trình"),
    Reply.ADAPTED: _("Đưa vào chương trình, có sửa"),
    Reply.DECLINED: _("Chưa đưa vào kỳ này"),
}


class AgendaItemForm(forms.ModelForm[AgendaItem]):
    minutes = forms.IntegerField(
        label=_("Số phút"),
        min_value=1,
        max_value=LONGEST_ITEM,
        initial=10,
        help_text=_("Từ 1 đến 240."),
    )
    category = forms.ChoiceField(
        label=_("Thuộc phần"),
        choices=CATEGORIES.items(),
        initial="discussion",
        help_text=_("Để phần mềm tính thời gian dành cho từng phần."),
    )

    class Meta:
        model = AgendaItem
        fields = ("title", "category", "minutes", "presenter", "questions", "why_it_matters")
        widgets = {
            "questions": forms.Textarea(attrs={"rows": 3}),
            "why_it_matters": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "questions": _("Mỗi câu một dòng. Đảng viên đọc trước, chủ trì gợi ý khi thảo luận."),
            "why_it_matters": _("Một câu: nội dung này liên quan gì đến chi bộ ta."),
        }

    def __init__(self, *args: Any, roster: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.step:
            del self.fields["category"]  # the rule pack says where its parts belong
        self.fields["presenter"] = MemberField(
            roster, label=_("Người trình bày"), required=False, empty_label=_("Chưa phân công")
        )

    def clean_title(self) -> str:
        return clean(self.cleaned_data["title"])

    def clean_questions(self) -> str:
        return "\n".join(lines_in(self.cleaned_data["questions"]))


class PlainSelect(forms.Select):
    """Drawn without a context and a template for each choice: an agenda has a list of all members in each line."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,  # noqa: ARG002  # asked by Django
    ) -> SafeString:
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            ((key, " selected" if str(key) == str(value) else "", label) for key, label in self.choices),
        )
        written = flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})}))
        return format_html("<select{}>{}</select>", written, options)


class ItemLineForm(forms.Form):
    """Minutes and presenter of one line of the list; the page sends back what it showed, so that only what was
    changed on it is written."""

    minutes = forms.IntegerField(
        label=_("Số phút"),
        min_value=1,
        max_value=LONGEST_ITEM,
        show_hidden_initial=True,
        widget=forms.NumberInput(attrs={"class": "width-short"}),
    )
    presenter = forms.TypedChoiceField(
        label=_("Người trình bày"),
        required=False,
        coerce=int,
        empty_value=None,
        show_hidden_initial=True,
        widget=PlainSelect,
    )

    def __init__(self, data: Any, *, item: AgendaItem, people: Sequence[tuple[int, str]]) -> None:
        initial = {"minutes": item.minutes, "presenter": item.presenter_id or ""}
        super().__init__(data, prefix=f"i{item.pk}", initial=initial)
        self.item = item
        field = self.fields["presenter"]
        assert isinstance(field, forms.ChoiceField)
        # Who presents already stays on the list, though the roster of the day may have changed.
        kept = [(item.presenter_id, item.presenter.full_name)] if item.presenter else []
        strangers = [one for one in kept if one not in people]
        field.choices = [("", _("Chưa phân công")), *people, *strangers]
        for name, label in (("minutes", _("Số phút của “%s”")), ("presenter", _("Người trình bày “%s”"))):
            self.fields[name].widget.attrs["aria-label"] = label % item.title

    def as_shown(self) -> SafeString:
        """What the page shows now, to be sent back beside what is typed."""
        shown = (
            (field.html_initial_name, self.data.get(field.html_initial_name, field.initial)) for field in self
        )
        return format_html_join("", '<input type="hidden" name="{}" value="{}">', shown)

    @property
    def changes(self) -> dict[str, Any]:
        """What was changed on the page; `presenter` is a Member or None."""
        changed = {name: self.cleaned_data[name] for name in self.changed_data}
        if changed.get("presenter"):
            changed["presenter"] = Member.objects.get(pk=changed["presenter"])
        return changed


def people_of(roster: Iterable[RosterEntry]) -> list[tuple[int, str]]:
    """Those who may present: everybody who is summoned."""
    return [(entry.member_id, entry.name) for entry in roster if not entry.is_suspended]


class FocusForm(forms.Form):
    question = forms.CharField(
        label=_("Vấn đề trọng tâm"),
        max_length=300,
        help_text=_("Một câu hỏi mà kỳ này chi bộ phải bàn và quyết định cho xong."),
    )
    item = ItemField(
        AgendaItem.objects.none(), label=_("Bàn ở mục"), required=False, empty_label=_("Chưa chọn")
    )
    minutes = forms.IntegerField(
        label=_("Giữ ít nhất (phút)"),
        min_value=1,
        max_value=LONGEST_ITEM,
        required=False,
        help_text=_("Thêm giờ cho mục khác thì mục này vẫn còn đủ số phút ấy."),
    )

    def __init__(self, *args: Any, items: Iterable[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inner = [item.pk for item in items if item.category in CATEGORIES]
        field = self.fields["item"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = AgendaItem.objects.filter(pk__in=inner).order_by("position")

    def clean_question(self) -> str:
        return clean(self.cleaned_data["question"])


class ProposalForm(forms.ModelForm[Opinion]):
    not_done = _("Chưa gửi được.")

    class Meta:
        model = Opinion
        fields = ("subject", "text")
        labels = {"subject": _("Nội dung đề nghị chi bộ bàn"), "text": _("Vì sao cần bàn")}
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].required = True

    def clean_subject(self) -> str:
        return clean(self.cleaned_data["subject"])


def as_proposal_reply(form: forms.Form) -> None:
    """Let the form of a reply offer what can become of a proposal."""
    field = form.fields["reply"]
    assert isinstance(field, forms.ChoiceField)
    words = [(reply.value, PROPOSAL_WORDS[reply]) for reply in PROPOSAL_REPLIES]
    field.choices = [("", _("Chọn câu trả lời")), *words]
