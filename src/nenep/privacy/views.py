from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nenep.journal.operations import record_read
from nenep.people.models import Member
from nenep.privacy.access import CorrectionAccess
from nenep.privacy.forms import AnswerForm, CorrectionForm
from nenep.privacy.inventory import by_thing, inventory
from nenep.privacy.kept import by_group, kept_about
from nenep.privacy.looks import events_about, looks
from nenep.privacy.models import CorrectionRequest
from nenep.privacy.operations import answer_correction, ask_correction, note_download
from nenep.shared.dates import now
from nenep.shared.limits import DAY, is_too_often, too_often
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.access.models import Account
    from nenep.shared.web import Request

LOOKS_ON_A_PAGE = 50


@require_safe
def mine(request: Request) -> HttpResponse:
    """Everything kept about the one who asks, by group; prints as it stands."""
    member = _self(request)
    groups = by_group(kept_about(member.pk))
    return render(request, "privacy/mine.html", {"groups": groups, "member": member})


@require_safe
def download(request: Request) -> HttpResponse:
    """The same as a file that a program can read, derived values included."""
    member = _self(request)
    if is_too_often(request, "privacy.download", most=5, seconds=DAY):
        sentence = _("Hôm nay đồng chí đã tải dữ liệu của mình 5 lần. Xin tải tiếp vào ngày mai.")
        return too_often(request, sentence)
    content = {
        "made_at": now().isoformat(),
        "kept": [asdict(kept) for kept in kept_about(member.pk)],
        "looks": [{**asdict(look), "at": look.at.isoformat()} for look in looks(events_about(member.pk))],
    }
    note_download(member_id=member.pk, by=request.viewer)
    answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="du-lieu-cua-toi.json"'
    return answer


@require_safe
def looked(request: Request) -> HttpResponse:
    """Who looked at my data, newest first."""
    page = Paginator(events_about(_self(request).pk), LOOKS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "privacy/looks.html", {"page": page, "looks": looks(page.object_list)})


@require_safe
def kept_by_program(request: Request) -> HttpResponse:
    """The inventory in words, for everybody."""
    told, others = by_thing(inventory().values())
    return render(request, "privacy/inventory.html", {"modules": told, "others": others})


@require_http_methods(["GET", "POST"])
def correction_new(request: Request) -> HttpResponse:
    """A request for one value: `?field=people.Member.phone&row=12`."""
    member = _self(request)
    given = request.POST or request.GET
    kept = _own_value(member.pk, given.get("field", ""), given.get("row", ""))
    form = CorrectionForm(request.POST or None, initial=request.GET.dict())
    if form.is_valid() and _asked(request, member, form):
        messages.success(request, _("Đã gửi. Đồng chí sẽ được trả lời trong hai ngày làm việc."))
        return redirect("privacy:corrections")
    context = {"form": form, "kept": kept}
    return render(request, "privacy/correction_form.html", context, status=422 if form.is_bound else 200)


@require_safe
def corrections(request: Request) -> HttpResponse:
    """The own requests, and those that wait for this person's answer."""
    viewer = request.viewer
    waiting = list(CorrectionRequest.objects.to_answer(viewer).for_list())
    for one in waiting:
        record_read("correction.read", by=viewer, body=one.body_id, obj=one, subject=one.member_id)
    own = CorrectionRequest.objects.filter(member=viewer.member_id).for_list() if viewer.member_id else []
    context = {"own": _lines(list(own)), "waiting": _lines(waiting)}
    return render(request, "privacy/corrections.html", context)


@require_http_methods(["GET", "POST"])
def correction_answer(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(
        CorrectionRequest.objects.visible_to(request.viewer).select_related("member"), pk=pk
    )
    if not CorrectionAccess(request.viewer, found).answer:
        raise PermissionDenied
    record_read("correction.read", by=request.viewer, body=found.body_id, obj=found, subject=found.member_id)
    form = AnswerForm(request.POST or None)
    if form.is_valid() and _answered(request, found, form):
        messages.success(request, _("Đã trả lời."))
        return redirect("privacy:corrections")
    context = {"form": form, "correction": found, "entry": inventory().get(found.field)}
    return render(request, "privacy/answer_form.html", context, status=422 if form.is_bound else 200)


def _self(request: Request) -> Member:
    if request.viewer.member_id is None:
        raise Http404
    return get_object_or_404(Member, pk=request.viewer.member_id)


def _own_value(member_id: int, field: str, row: str) -> Any:
    """The kept value that is meant; 404 for what is not kept about this person or cannot be wrong."""
    for kept in kept_about(member_id):
        if kept.correctable and kept.field == field and str(kept.row or "") == row:
            return kept
    raise Http404


def _asked(request: Request, member: Member, form: CorrectionForm) -> bool:
    try:
        ask_correction(member, **form.cleaned_data, by=request.viewer)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _answered(request: Request, found: CorrectionRequest, form: AnswerForm) -> bool:
    try:
        answer_correction(
            found, **form.cleaned_data, answerer=cast("Account", request.user), by=request.viewer
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _lines(rows: list[CorrectionRequest]) -> list[tuple[CorrectionRequest, str]]:
    entries = inventory()
    return [(row, entries[row.field].label if row.field in entries else row.field) for row in rows]
