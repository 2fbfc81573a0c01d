"""Papers for the parts of the agenda: kept by those who prepare or present, read by the branch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nenep.arrivals.papers import page_of
from nenep.files.sending import attach_sent
from nenep.meetings.access import MeetingAccess
from nenep.meetings.circle import summoned
from nenep.meetings.happened import moved_on
from nenep.meetings.models import MeetingKind
from nenep.meetings.preparation import late_words
from nenep.meetings.rules import rules_of
from nenep.meetings.views.loading import load_meeting
from nenep.notices.operations import mark_seen
from nenep.preparing import materials
from nenep.preparing.access import PaperAccess
from nenep.preparing.forms import MaterialForm
from nenep.preparing.models import Material
from nenep.preparing.reading import has_read, note_reading
from nenep.preparing.shown import beside
from nenep.shared.web import number_in, refusals_shown, refused_into

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from nenep.meetings.models import AgendaItem, Meeting
    from nenep.shared.web import Request


@require_GET
def material_list(request: Request, pk: int) -> HttpResponse:
    """The parts of the agenda with their papers, and what still has no meaning for the branch."""
    meeting, _can = load_meeting(request, pk, "prepare")
    context = {
        "meeting": meeting,
        "parts": list(beside(meeting).items()),
        "loose": Material.objects.filter(meeting=meeting, item=None),
    }
    return render(request, "preparing/materials.html", context)


def material_addition(request: Request, pk: int) -> HttpResponse:
    """For a part that the viewer gives papers to; of a single one it is that one."""
    meeting, _can = load_meeting(request, pk)
    can = PaperAccess(request.viewer, meeting)
    items = can.require_items()
    asked = number_in(request, "item") or (items[0].pk if len(items) == 1 else None)
    # The committee mostly brings papers of those above, a presenter the own report.
    form = _form(
        request, meeting, items, initial={"item": asked, "is_official": "1" if can.keep_all else "0"}
    )
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            kept = materials.keep_material(meeting, by=request.viewer, **form.typed)
            return _kept(request, kept, form)
    return _page(request, meeting, form)


@require_GET
def material(request: Request, pk: int) -> HttpResponse:
    """What it means for the branch first, then the paper and where it comes from."""
    found = _load(request, pk)
    mark_seen(found, by=request.viewer)
    member_id = request.viewer.member_id
    reads = found.meeting.is_being_prepared and member_id in summoned(found.meeting)
    context = {
        "material": found,
        "reads": reads,
        "has_read": reads and has_read(found, member_id),
        "meeting": found.meeting,
        "may_change": PaperAccess(request.viewer, found.meeting).keep(found.item_id),
        "source": materials.source_of(found),
        "source_url": page_of(request.viewer, found.number, found.issued_on),
    }
    return render(request, "preparing/material.html", context)


@require_POST
@refusals_shown
def material_reading(request: Request, pk: int) -> HttpResponse:
    """One tap of whoever is summoned, until the meeting begins."""
    found = _load(request, pk)
    if request.viewer.member_id not in summoned(found.meeting):
        raise PermissionDenied
    if not found.meeting.is_being_prepared:
        raise moved_on(MeetingAccess(request.viewer, found.meeting))
    note_reading(found, by=request.viewer)
    messages.success(request, _("Đã ghi là đồng chí đọc trước; phần mềm chỉ nêu số người."))
    return redirect("preparing:material", pk)


def material_change(request: Request, pk: int) -> HttpResponse:
    found, items = _load_to_change(request, pk)
    form = _form(
        request, found.meeting, items, found, initial={"is_official": "1" if found.is_official else "0"}
    )
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            typed = {name: value for name, value in form.typed.items() if name != "once"}
            fresh = Material.objects.select_related("meeting").get(pk=pk)
            kept = materials.keep_material(fresh.meeting, material=fresh, by=request.viewer, **typed)
            return _kept(request, kept, form)
    return _page(request, found.meeting, form, found)


@require_POST
@refusals_shown
def material_removal(request: Request, pk: int) -> HttpResponse:
    found, _items = _load_to_change(request, pk)
    materials.remove_material(found, by=request.viewer)
    messages.success(request, _("Đã bỏ tài liệu “%(title)s”.") % {"title": found.title})
    return redirect(_list_for(request, found.meeting))


def _kept(request: Request, kept: Material, form: MaterialForm) -> HttpResponse:
    if not attach_sent(request, kept, kept.meeting.body_id, form):
        return redirect("preparing:material_change", kept.pk)
    messages.success(request, _("Đã lưu tài liệu “%(title)s”.") % {"title": kept.title})
    if sentence := late_words(kept.meeting):
        messages.warning(request, sentence)
    if PaperAccess(request.viewer, kept.meeting).keep_all:
        return redirect("preparing:materials", kept.meeting_id)
    return redirect("preparing:material", kept.pk)


def _list_for(request: Request, meeting: Meeting) -> str:
    """The page that leads to the papers: of all parts for those who prepare, else the meeting's."""
    is_all = PaperAccess(request.viewer, meeting).keep_all
    return reverse("preparing:materials" if is_all else "meetings:page", args=[meeting.pk])


def _load_to_change(request: Request, pk: int) -> tuple[Material, QuerySet[AgendaItem]]:
    """The paper, and the parts it may be put to; PermissionDenied for a part that others prepare."""
    found = _load(request, pk)
    can = PaperAccess(request.viewer, found.meeting)
    items = can.require_items()
    if not can.keep(found.item_id):
        raise PermissionDenied
    return found, items


def _load(request: Request, pk: int) -> Material:
    rows = Material.objects.visible_to(request.viewer).select_related("meeting__body", "item", "kept_by")
    return get_object_or_404(rows, pk=pk)


def _form(
    request: Request,
    meeting: Meeting,
    items: QuerySet[AgendaItem],
    row: Material | None = None,
    *,
    initial: dict[str, object],
) -> MaterialForm:
    return MaterialForm(
        request.POST or None,
        request.FILES or None,
        instance=row,
        items=items,
        limit=rules_of(meeting).meeting.digest_length,
        is_thematic=meeting.kind == MeetingKind.THEMATIC,
        initial=initial,
    )


def _page(
    request: Request, meeting: Meeting, form: MaterialForm, row: Material | None = None
) -> HttpResponse:
    context = {
        "meeting": meeting,
        "form": form,
        "material": row,
        "back_url": _list_for(request, meeting),
        "can_keep_all": PaperAccess(request.viewer, meeting).keep_all,
    }
    return render(request, "preparing/material_form.html", context, status=422 if form.errors else 200)
