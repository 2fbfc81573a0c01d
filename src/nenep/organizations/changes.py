"""The forms behind the verbs. Each is filled in, rehearsed, shown on a check page, and then done.

The rehearsal carries the verb out and rolls it back, so what the check page promises is what happens.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from nenep.organizations import forms, operations
from nenep.organizations.access import BodyAccess
from nenep.organizations.kinds import Kind, UnitType
from nenep.organizations.models import Body
from nenep.organizations.operations import NewBody
from nenep.organizations.reads import parent_on
from nenep.shared.dates import today
from nenep.shared.states import Refused
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from nenep.shared.viewer import Viewer
    from nenep.shared.web import Request

Facts = dict[str, Any]

NOTE = lazy(
    "Những gì đã ghi cho các ngày trước vẫn giữ nguyên. Ghi rồi thì chỉ sửa được bằng một quyết định mới."
)
HELP = lazy(
    "Ngày có hiệu lực là ngày đầu tiên của tình trạng mới, theo quyết định. "
    "Chưa ghi gì cho đến khi đồng chí xem lại và đồng ý."
)


@dataclass(frozen=True)
class Decision:
    """One verb as a page: its words, its form, the right it needs, and how the form becomes the verb's call."""

    title: Any
    action: Any
    form: type[forms.DecisionForm]
    act: Callable[[Body, Facts, Viewer], object]
    needs: str = "change"
    note: Any = NOTE
    help: Any = HELP


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: Request, pk: int, decision: Decision) -> HttpResponse:
    body = get_object_or_404(Body.objects.visible_to(request.viewer).as_of(today()), pk=pk)
    if not getattr(BodyAccess(request.viewer, body), decision.needs):
        raise PermissionDenied
    form = decision.form(request.POST or None, body=body, viewer=request.viewer)
    if request.method == "POST" and form.is_valid() and request.POST.get("step") != "edit":
        do = request.POST.get("step") == "do"
        try:
            with transaction.atomic():
                decision.act(body, form.cleaned_data, request.viewer)
                facts = _facts(form)
                transaction.set_rollback(not do)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if do:
                messages.success(request, _("Đã ghi vào danh sách tổ chức."))
                return redirect("organizations:body", pk)
            context = {"body": body, "decision": decision, "form": form, "facts": facts}
            return render(request, "organizations/check.html", context)
    context = {"body": body, "decision": decision, "form": form}
    return render(request, "organizations/decision.html", context, status=422 if form.errors else 200)


def _facts(form: forms.DecisionForm) -> list[tuple[Any, str]]:
    """What was typed, in words, for the check page."""
    typed = ((form[name], form.cleaned_data.get(name)) for name in form.fields)
    said = (
        (
            field.label,
            form.says_when_empty.get(field.name, "")
            if value in (None, "", False)
            else _in_words(field, value),
        )
        for field, value in typed
    )
    return [(label, words) for label, words in said if words]


def _in_words(field: Any, value: Any) -> str:
    choices = dict(getattr(field.field, "choices", None) or {}) if isinstance(value, str) else {}
    if value in choices:
        return str(choices[value])
    if hasattr(value, "strftime"):
        return day_words(value)
    if isinstance(value, Body):
        return forms.shown(value)
    if value is True:
        return _("Có")
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return "; ".join(forms.shown(body) for body in value)
    return str(getattr(value, "name", value))


def _create(body: Body, facts: Facts, by: Viewer) -> object:
    facts = facts | {"kind": Kind(facts["kind"]), "unit_type": UnitType(facts["unit_type"])}
    return operations.create_body(parent=body, by=by, **facts)


def _reclassify(body: Body, facts: Facts, by: Viewer) -> object:
    facts = facts | {"kind": Kind(facts["kind"]), "unit_type": UnitType(facts["unit_type"])}
    return operations.reclassify_body(body, by=by, **facts)


def _merge(body: Body, facts: Facts, by: Viewer) -> object:
    when = {"day": facts["day"], "decision": facts["decision"], "by": by}
    if facts["into"] == "this":
        return operations.merge_bodies([body, *facts["others"]], into=body, **when)
    new = _like(body, facts["code"], facts["name"], facts["day"])
    if facts["others"]:
        return operations.merge_bodies([body, *facts["others"]], into=new, **when)
    return operations.succeed_body(body, into=new, **when)


def _split(body: Body, facts: Facts, by: Viewer) -> object:
    codes = {number: facts[f"code_{number}"] for number in "12" if facts[f"code_{number}"]}
    parts = [_like(body, code, facts[f"name_{number}"], facts["day"]) for number, code in codes.items()]
    places = {
        int(name.removeprefix("child_")): codes[number]
        for name, number in facts.items()
        if name.startswith("child_") and number
    }
    when = {"day": facts["day"], "decision": facts["decision"], "by": by}
    return operations.split_body(body, parts=parts, children=places, keeps=facts["keeps"], **when)


def _like(body: Body, code: str, name: str, day: Any) -> NewBody:
    """A new body of the same kind in the same place."""
    found = Body.objects.as_of(today()).get(pk=body.pk)
    parent = parent_on(body.pk, day)
    above = Body.objects.get(pk=parent) if parent else None
    return NewBody(
        code, name, Kind(found.kind), above, UnitType(found.unit_type), locality=found.locality or ""
    )


CREATE = Decision(
    lazy("Thành lập tổ chức trực thuộc"), lazy("Thành lập"), forms.ChildForm, _create, "add_below"
)
RENAME = Decision(
    lazy("Đổi tên"),
    lazy("Đổi tên"),
    forms.NameForm,
    lambda body, facts, by: operations.rename_body(body, by=by, **facts),
)
CHANGE_LOCALITY = Decision(
    lazy("Đổi địa danh ghi trên văn bản"),
    lazy("Đổi địa danh"),
    forms.LocalityForm,
    lambda body, facts, by: operations.change_locality(body, by=by, **facts),
)
CORRECT_LOCALITY = Decision(
    lazy("Sửa địa danh ghi sai hoặc ghi thiếu"),
    lazy("Sửa địa danh"),
    forms.LocalityCorrectionForm,
    lambda body, facts, by: operations.correct_locality(body, by=by, **facts),
    note=lazy("Văn bản của cả thời gian này, khi xem hay tải lại, sẽ ghi địa danh mới sửa."),
    help=lazy(
        "Dùng khi địa danh đã ghi sai hoặc chưa ghi. Nếu địa danh thay đổi thật theo quyết định, "
        "đồng chí dùng “Đổi địa danh”. Chưa ghi gì cho đến khi đồng chí xem lại và đồng ý."
    ),
)
RECLASSIFY = Decision(lazy("Đổi loại tổ chức hoặc loại hình"), lazy("Đổi loại"), forms.KindForm, _reclassify)
CHANGE_RULES = Decision(
    lazy("Đổi quy định riêng"),
    lazy("Đổi quy định riêng"),
    forms.RulesForm,
    lambda body, facts, by: operations.change_rules(body, by=by, **facts),
    help=lazy(
        "Quy định riêng của cấp ủy có thẩm quyền áp dụng cho tổ chức này và các tổ chức trực thuộc, "
        "thêm vào quy định chung. Chưa ghi gì cho đến khi đồng chí xem lại và đồng ý."
    ),
)
MOVE = Decision(
    lazy("Chuyển về trực thuộc nơi khác"),
    lazy("Chuyển"),
    forms.PlaceForm,
    lambda body, facts, by: operations.move_body(body, by=by, **facts),
)
MERGE = Decision(lazy("Hợp nhất"), lazy("Hợp nhất"), forms.MergerForm, _merge)
SPLIT = Decision(lazy("Chia tách"), lazy("Chia tách"), forms.DivisionForm, _split)
DISSOLVE = Decision(
    lazy("Kết thúc hoạt động"),
    lazy("Kết thúc hoạt động"),
    forms.EndForm,
    lambda body, facts, by: operations.dissolve_body(body, by=by, **facts),
)
FORM_CLUSTER = Decision(
    lazy("Lập cụm"),
    lazy("Lập cụm"),
    forms.NewClusterForm,
    lambda body, facts, by: operations.form_cluster(body, by=by, **facts),
    "add_below",
)
PLACE_IN_CLUSTER = Decision(
    lazy("Xếp vào cụm"),
    lazy("Xếp vào cụm"),
    forms.ClusterForm,
    lambda body, facts, by: operations.place_in_cluster(body, by=by, **facts),
)
