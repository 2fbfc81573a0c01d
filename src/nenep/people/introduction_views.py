"""Moves that wait for the other branch: what has come in, what went out, and the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nenep.journal.operations import Draft, record_reads
from nenep.organizations.reads import names_on
from nenep.people import introductions as verbs
from nenep.people.access import IntroductionAccess
from nenep.people.forms import RefusalForm
from nenep.people.models import Introduction, Status
from nenep.shared.dates import today
from nenep.shared.web import refusals_shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from nenep.shared.viewer import Viewer
    from nenep.shared.web import Request


@require_safe
def introductions(request: Request) -> HttpResponse:
    """What waits on either side of the viewer's branches, oldest first."""
    reach = request.viewer.where("people.change")
    if not (reach.own or reach.below):
        raise PermissionDenied
    rows = list(Introduction.objects.visible_to(request.viewer).for_list())
    _write_down(rows, request.viewer)
    names = names_on({body for row in rows for body in (row.origin_id, row.destination_id)}, today())
    lines = [
        (row, names[row.origin_id], names[row.destination_id], IntroductionAccess(request.viewer, row))
        for row in rows
    ]
    return render(request, "people/introductions.html", {"lines": lines})


@require_safe
def introduction(request: Request, pk: int) -> HttpResponse:
    found = _load(request, pk)
    _write_down([found], request.viewer)
    return _page(request, found, RefusalForm())


@require_POST
@refusals_shown
def acceptance(request: Request, pk: int) -> HttpResponse:
    found = _load(request, pk, "accept")
    verbs.accept(found, by=request.viewer)
    messages.success(request, _("Đã tiếp nhận đồng chí %(name)s.") % {"name": found.member.full_name})
    return redirect("people:introductions")


@require_POST
@refusals_shown
def refusal(request: Request, pk: int) -> HttpResponse:
    found = _load(request, pk, "refuse")
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    verbs.refuse(found, reason=form.cleaned_data["reason"], by=request.viewer)
    messages.success(request, _("Đã trả lời không tiếp nhận và báo cho chi bộ giới thiệu."))
    return redirect("people:introductions")


@require_POST
@refusals_shown
def withdrawal(request: Request, pk: int) -> HttpResponse:
    verbs.withdraw(_load(request, pk, "withdraw"), by=request.viewer)
    messages.success(request, _("Đã rút giới thiệu; đồng chí ấy vẫn sinh hoạt ở chi bộ như trước."))
    return redirect("people:introductions")


def _load(request: Request, pk: int, verb: str = "") -> Introduction:
    found: Introduction = get_object_or_404(
        Introduction.objects.visible_to(request.viewer).select_related("member", "destination"), pk=pk
    )
    if verb and not getattr(IntroductionAccess(request.viewer, found), verb):
        raise PermissionDenied
    return found


def _page(request: Request, found: Introduction, form: RefusalForm) -> HttpResponse:
    day = verbs.effective_day(found)
    names = names_on({found.origin_id, found.destination_id}, today())
    is_official = found.member.official_on is not None and found.member.official_on <= day
    context = {
        "introduction": found,
        "can": IntroductionAccess(request.viewer, found),
        "form": form,
        "day": day,
        "origin": names[found.origin_id],
        "destination": names[found.destination_id],
        "standing": Status.OFFICIAL if is_official else Status.PROBATIONARY,
    }
    return render(request, "people/introduction.html", context, status=422 if form.errors else 200)


def _write_down(rows: Iterable[Introduction], viewer: Viewer) -> None:
    kind = Introduction._meta.label_lower
    drafts = [Draft("introduction.read", row.origin_id, kind, row.pk, subject=row.member_id) for row in rows]
    record_reads(drafts, by=viewer)
