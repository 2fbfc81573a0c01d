"""Roles that are no office: the administrator gives and ends them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nenep.access.access import GrantAccess
from nenep.access.forms import GrantForm
from nenep.access.grants import end_role, give_role
from nenep.access.models import Grant, GrantedRole
from nenep.organizations.reads import names_on
from nenep.shared.dates import today
from nenep.shared.states import Refused
from nenep.shared.stepup import step_up
from nenep.shared.web import refusals_shown

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.shared.web import Request


@require_safe
def grants(request: Request) -> HttpResponse:
    _administrators_only(request)
    rows = list(Grant.objects.visible_to(request.viewer).for_list())
    names = names_on({row.body_id for row in rows}, today())
    lines = [
        (row, names[row.body_id], row.valid_to > today() and GrantAccess(request.viewer, row).end)
        for row in rows
    ]
    return render(request, "access/grants.html", {"lines": lines})


@require_http_methods(["GET", "POST"])
@step_up
def grant_new(request: Request) -> HttpResponse:
    _administrators_only(request)
    form = GrantForm(request.POST or None, viewer=request.viewer, initial={"valid_from": today()})
    if form.is_valid() and _given(request, form):
        messages.success(request, _("Đã giao vai trò."))
        return redirect("access:grants")
    return render(request, "access/grant_form.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
@step_up
@refusals_shown
def grant_end(request: Request, pk: int) -> HttpResponse:
    _administrators_only(request)
    grant = get_object_or_404(Grant.objects.visible_to(request.viewer), pk=pk)
    if not GrantAccess(request.viewer, grant).end:
        raise PermissionDenied
    end_role(grant, by=request.viewer)
    messages.success(request, _("Vai trò đã kết thúc; quyền đi kèm đã hết ngay."))
    return redirect("access:grants")


def _given(request: Request, form: GrantForm) -> bool:
    facts = form.cleaned_data
    try:
        give_role(
            facts["username"],
            role=GrantedRole(facts["role"]),
            body=facts["body"],
            valid_from=facts["valid_from"],
            valid_to=facts["valid_to"],
            decision=facts["decision"],
            by=request.viewer,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _administrators_only(request: Request) -> None:
    if not request.viewer.is_administrator:
        raise PermissionDenied
