"""The notebook of the secretary: for secretary and deputy of the day, and for nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nenep.organizations.reach import may
from nenep.organizations.reads import name_on
from nenep.quality import notebook as verbs
from nenep.quality.access import NoteAccess, leading
from nenep.quality.forms import NewNoteForm, NoteForm
from nenep.quality.models import Note
from nenep.shared.dates import today
from nenep.shared.web import refused_into

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.shared.web import Request

ON_A_PAGE = 12  # a year of months, where each has one


@require_GET
def notebook(request: Request, body_id: int) -> HttpResponse:
    """The notes of a branch, the latest first; `search` finds words without their marks."""
    _require(request, body_id)
    search = request.GET.get("search", "")[:80]
    rows = Note.objects.visible_to(request.viewer).filter(body=body_id).search(search).for_page()
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    now_leading = leading(body_id)
    context = {
        "body_id": body_id,
        "body_name": name_on(body_id, today()),
        "search": search,
        "page": page,
        "rows": [(row, NoteAccess(request.viewer, row, now_leading)) for row in page],
    }
    return render(request, "quality/notebook.html", context)


def note_addition(request: Request, body_id: int) -> HttpResponse:
    """Write about a month; `month` in the address ("2026-11") chooses it beforehand."""
    _require(request, body_id)
    initial = {"month": request.GET.get("month", "")}
    form = NewNoteForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            verbs.write_note(body_id, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("Đã ghi vào sổ tay."))
            return redirect("quality:notebook", body_id)
    return _form_page(request, form, body_id, _("Ghi sổ tay của bí thư"))


def note_change(request: Request, pk: int) -> HttpResponse:
    note = _load(request, pk)
    form = NoteForm(request.POST or None, instance=note, initial={"revision": note.revision})
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            typed = form.cleaned_data
            verbs.change_note(
                note,
                worked=typed["worked"],
                to_avoid=typed["to_avoid"],
                seen=typed["revision"] or 0,
                by=request.viewer,
            )
            messages.success(request, _("Đã sửa trong sổ tay."))
            return redirect("quality:notebook", note.body_id)
    return _form_page(request, form, note.body_id, _("Sửa sổ tay của bí thư"), note)


def note_removal(request: Request, pk: int) -> HttpResponse:
    """Ask once more, then remove for good."""
    note = _load(request, pk)
    back = reverse("quality:notebook", args=[note.body_id])
    if request.method == "POST":
        verbs.remove_note(note, by=request.viewer)
        messages.success(request, _("Đã xóa khỏi sổ tay."))
        return redirect(back)
    context = {
        "question": _("Xóa điều này khỏi sổ tay?"),
        "facts": [(_("Làm tốt"), note.worked), (_("Cần tránh"), note.to_avoid)],
        "consequences": [_("Xóa rồi thì không lấy lại được.")],
        "action": _("Xóa khỏi sổ tay"),
        "back_url": back,
    }
    return render(request, "ui/confirm.html", context)


def _form_page(
    request: Request, form: NoteForm, body_id: int, heading: str, note: Note | None = None
) -> HttpResponse:
    context = {"form": form, "body_id": body_id, "heading": heading, "note": note}
    return render(request, "quality/note_form.html", context, status=422 if form.errors else 200)


def _require(request: Request, body_id: int) -> None:
    """404 for who sees nothing of the branch's meetings, 403 for its members."""
    if not may(request.viewer, "meetings.read", body_id):
        raise Http404
    if not may(request.viewer, "notebook.keep", body_id):
        raise PermissionDenied


def _load(request: Request, pk: int) -> Note:
    """404 when unseen, 403 where a colleague in office wrote it."""
    note = get_object_or_404(Note.objects.visible_to(request.viewer), pk=pk)
    if not NoteAccess(request.viewer, note, leading(note.body_id)).change:
        raise PermissionDenied
    return note
