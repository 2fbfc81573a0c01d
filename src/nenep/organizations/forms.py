"""What people type about a decision on a body. The forms clean; the operations decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from nenep.organizations.kinds import PARENTS, Kind, UnitType
from nenep.organizations.models import Body, Cluster
from nenep.organizations.reach import within
from nenep.rulebook.loader import library
from nenep.shared.dates import today, valid_on
from nenep.shared.forms import DayField
from nenep.shared.numbers import LARGEST_KEY
from nenep.shared.vietnamese import search_key, sort_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nenep.organizations.querysets import BodyQuerySet
    from nenep.shared.viewer import Viewer

LISTED_AT_MOST = 200  # a longer list is typed into, not scrolled


class DecisionForm(forms.Form):
    """Every change has a first day and, where there is one, a decision. `body` carries today's name and kind."""

    day = DayField(label=lazy("Có hiệu lực từ ngày"), initial=today)
    decision = forms.CharField(label=lazy("Số quyết định"), max_length=80, required=False)

    # What leaving a field empty means, for the check page.
    says_when_empty: Mapping[str, Any] = {}

    def __init__(self, *args: Any, body: Body, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.body, self.viewer = body, viewer
        self.prepare()
        self.order_fields([name for name in self.fields if name not in {"day", "decision"}])

    def prepare(self) -> None:
        """Fill choices that depend on the body."""


class NameForm(DecisionForm):
    name = forms.CharField(label=lazy("Tên mới"), max_length=200)
    short_name = forms.CharField(
        label=lazy("Tên gọi tắt"),
        max_length=80,
        required=False,
        help_text=lazy("Dùng trong danh sách; để trống thì dùng tên đầy đủ."),
    )


class LocalityForm(DecisionForm):
    """The place that papers of the body are dated from."""

    says_when_empty: Mapping[str, Any] = {"locality": lazy("theo tổ chức cấp trên")}
    locality = forms.CharField(
        label=lazy("Địa danh"),
        max_length=80,
        required=False,
        help_text=lazy(
            "Nơi ghi trước ngày tháng của văn bản, ví dụ “Hòa Sơn”. Để trống thì theo tổ chức cấp trên."
        ),
    )

    def prepare(self) -> None:
        self.initial.setdefault("locality", self.body.locality)


class LocalityCorrectionForm(LocalityForm):
    day = DayField(
        label=lazy("Đúng vào ngày"),
        initial=today,
        help_text=lazy("Sửa cho cả thời gian mà tổ chức mang tên của ngày này, ví dụ 04/12/2026."),
    )

    def prepare(self) -> None:
        super().prepare()
        del self.fields["decision"]


class ChildForm(NameForm):
    """A new body under this one."""

    code = forms.CharField(
        label=lazy("Mã tổ chức"), max_length=30, help_text=lazy("Mã không đổi về sau, ví dụ CB-012.")
    )
    kind = forms.ChoiceField(label=lazy("Loại tổ chức"))
    unit_type = forms.ChoiceField(label=lazy("Loại hình"), choices=UnitType.choices, initial=UnitType.OTHER)
    field_order = ("code", "name", "short_name", "kind", "unit_type", "day", "decision")

    def prepare(self) -> None:
        self.fields["name"].label = _("Tên tổ chức")
        here = Kind(self.body.kind)
        kinds = [(kind.value, kind.label) for kind in Kind if here in PARENTS[kind]]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class KindForm(DecisionForm):
    kind = forms.ChoiceField(label=lazy("Loại tổ chức"), choices=Kind.choices)
    unit_type = forms.ChoiceField(label=lazy("Loại hình"), choices=UnitType.choices)

    def prepare(self) -> None:
        self.initial.setdefault("kind", self.body.kind)
        self.initial.setdefault("unit_type", self.body.unit_type)


class RulesForm(DecisionForm):
    """The local rules of this body; without any, those of the bodies above."""

    says_when_empty: Mapping[str, Any] = {"scope": lazy("theo tổ chức cấp trên")}

    def prepare(self) -> None:
        known = sorted(library().scope_codes().items(), key=lambda scope: sort_key(scope[1]))
        self.fields["scope"] = forms.ChoiceField(
            label=_("Quy định riêng"), required=False, choices=[("", _("Theo tổ chức cấp trên")), *known]
        )
        own = self.body.rule_scopes.filter(valid_on(today())).first()
        self.initial.setdefault("scope", own.code if own else "")


class PlaceForm(DecisionForm):
    """Where the body is to stand from now on."""

    def prepare(self) -> None:
        allowed = Body.objects.on(today()).of_kind(*PARENTS[Kind(self.body.kind)])
        reach = self.viewer.where("organizations.change")
        inside = within(self.viewer, "organizations.change", field="pk")
        places = (allowed.filter(inside) | allowed.filter(pk__in=reach.below)).exclude(pk=self.body.pk)
        self.fields["parent"] = body_field(places, _("Tổ chức cấp trên mới"))


class BodiesField(forms.ModelMultipleChoiceField[Body]):
    """Bodies ticked in a list; a number that no key can be is as wrong as one that is not in the list."""

    def clean(self, value: Any) -> Any:
        for key in value or ():
            if not (isinstance(key, str) and key.isdecimal() and int(key) <= LARGEST_KEY):
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": key}
                )
        return super().clean(value)


class MergerForm(DecisionForm):
    """Which bodies join this one, and whether it goes on or a new one begins."""

    others = BodiesField(
        label=lazy("Hợp nhất với"),
        queryset=Body.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=lazy("Các tổ chức cùng loại, cùng cấp trên."),
    )
    into = forms.ChoiceField(
        label=lazy("Sau khi hợp nhất"),
        choices=[("this", lazy("Tổ chức này tiếp tục hoạt động")), ("new", lazy("Lập tổ chức mới"))],
        widget=forms.RadioSelect,
        initial="this",
    )
    code = forms.CharField(label=lazy("Mã tổ chức mới"), max_length=30, required=False)
    name = forms.CharField(label=lazy("Tên tổ chức mới"), max_length=200, required=False)

    def prepare(self) -> None:
        peers = Body.objects.on(today()).of_kind(Kind(self.body.kind)).exclude(pk=self.body.pk)
        inside = within(self.viewer, "organizations.change", field="pk")
        others: BodiesField = self.fields["others"]  # type: ignore[assignment]
        others.queryset = _siblings(peers, self.body).filter(inside).in_order()
        others.label_from_instance = shown  # type: ignore[method-assign,assignment]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("into") == "new":
            for name in ("code", "name"):
                if not cleaned.get(name):
                    self.add_error(name, _("Đồng chí điền mục này để lập tổ chức mới."))
        elif not cleaned.get("others"):
            self.add_error("others", _("Đồng chí chọn ít nhất một tổ chức để hợp nhất."))
        return cleaned


class DivisionForm(DecisionForm):
    """One or two new bodies out of this one, and where each body under it goes."""

    keeps = forms.BooleanField(label=lazy("Tổ chức này vẫn tiếp tục hoạt động"), required=False)
    code_1 = forms.CharField(label=lazy("Mã tổ chức mới thứ nhất"), max_length=30)
    name_1 = forms.CharField(label=lazy("Tên tổ chức mới thứ nhất"), max_length=200)
    code_2 = forms.CharField(label=lazy("Mã tổ chức mới thứ hai"), max_length=30, required=False)
    name_2 = forms.CharField(label=lazy("Tên tổ chức mới thứ hai"), max_length=200, required=False)

    def prepare(self) -> None:
        self.children = list(Body.objects.on(today()).children_of(self.body.pk, today()).in_order())
        places = [("", _("Ở lại")), ("1", _("Tổ chức mới thứ nhất")), ("2", _("Tổ chức mới thứ hai"))]
        for child in self.children:
            self.fields[f"child_{child.pk}"] = forms.ChoiceField(
                label=shown(child), choices=places, required=False
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("code_2")) != bool(cleaned.get("name_2")):
            self.add_error("name_2", _("Tổ chức mới thứ hai cần cả mã và tên."))
        goes_second = [child for child in self.children if cleaned.get(f"child_{child.pk}") == "2"]
        if goes_second and not cleaned.get("code_2"):
            self.add_error("code_2", _("Có tổ chức chuyển về tổ chức mới thứ hai nên cần mã và tên của nó."))
        return cleaned


class EndForm(DecisionForm):
    pass


class NewClusterForm(DecisionForm):
    code = forms.CharField(label=lazy("Mã cụm"), max_length=30)
    name = forms.CharField(label=lazy("Tên cụm"), max_length=120)

    def prepare(self) -> None:
        del self.fields["decision"]


class ClusterForm(DecisionForm):
    """The cluster of this body; empty takes it out."""

    def prepare(self) -> None:
        del self.fields["decision"]
        above = self.body.above.filter(valid_on(today())).values("ancestor")
        clusters = Cluster.objects.filter(valid_on(today()), owner__in=above).order_by("name")
        field = forms.ModelChoiceField(
            clusters, label=_("Cụm"), required=False, empty_label=_("Không ở cụm nào")
        )
        field.label_from_instance = lambda cluster: cluster.name  # type: ignore[method-assign,assignment]
        self.fields["cluster"] = field


class TypedBodyField(forms.CharField):
    """A body named by its code, or by words of its name when only one body fits."""

    def __init__(self, bodies: BodyQuerySet, **options: Any) -> None:
        super().__init__(help_text=_("Gõ mã, hoặc vài chữ trong tên của tổ chức."), **options)
        self.bodies = bodies

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        named = self.bodies.filter(
            valid_on(today(), prefix="names__"), names__search_key__contains=search_key(text)
        )
        # The nearest meaning that fits anything: the code, the very words in this order, the words in any order.
        readings = (self.bodies.filter(code=text), named, self.bodies.search(text, today()))
        found = next((some for reading in readings if (some := list(reading[:6]))), [])
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(_("Không tìm thấy tổ chức nào. Đồng chí kiểm tra lại mã hoặc tên."))
        names = "; ".join(map(shown, found))
        raise forms.ValidationError(
            _("Nhiều tổ chức có tên như vậy: %(names)s. Đồng chí gõ mã.") % {"names": names}
        )


def body_field(bodies: BodyQuerySet, label: str) -> forms.Field:
    """A list to choose from while it is short, a box to type into when it is long."""
    if bodies[: LISTED_AT_MOST + 1].count() > LISTED_AT_MOST:
        return TypedBodyField(bodies, label=label)
    field = forms.ModelChoiceField(bodies.in_order(), label=label, empty_label=_("Chọn tổ chức"))
    field.label_from_instance = shown  # type: ignore[method-assign,assignment]
    return field


def shown(body: Body) -> str:
    """Name and code; the name is an annotation of `on`."""
    return f"{body.name} ({body.code})"


def _siblings(peers: BodyQuerySet, body: Body) -> BodyQuerySet:
    edge = body.edges_up.filter(valid_on(today())).first()
    if edge:
        return peers.children_of(edge.parent_id, today())
    return peers.exclude(edges_up__in=body.edges_up.model.objects.filter(valid_on(today())))
