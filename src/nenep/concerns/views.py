"""What I raised and what became of it; what waits for my answer."""

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

from nenep.concerns import operations
from nenep.concerns.access import access_to
from nenep.concerns.forms import AnswerForm, PassingForm, RaisingForm
from nenep.concerns.models import Concern, ConcernStatus, Theme, Way
from nenep.concerns.reads import answer_days, keepers_of, ways_offered
from nenep.journal.operations import record_read
from nenep.organizations.reads import ancestors_on, committee_name_on, name_on, names_on, parent_on
from nenep.people.models import Member
from nenep.people.reads import branch_on
from nenep.shared.dates import today
from nenep.shared.moved_on import MovedOn, require_verb
from nenep.shared.web import refusals_shown, refused_into

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpResponse

    from nenep.concerns.access import ConcernAccess
    from nenep.shared.web import Request

ON_A_PAGE = 30


@require_GET
def mine(request: Request) -> HttpResponse:
    """What the viewer raised, the latest first, each with its answer."""
    if request.viewer.member_id is None:
        raise Http404
    rows = Concern.objects.of_author(request.viewer)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": page.object_list,
        "can_raise": _branch_of(request) is not None,
        "answers": bool(request.viewer.where("concerns.answer").own),
    }
    return render(request, "concerns/mine.html", context)


def raising(request: Request) -> HttpResponse:
    """In the branch that one belongs to today."""
    body_id = _branch_of(request)
    if body_id is None:
        raise PermissionDenied
    form = RaisingForm(request.POST or None, ways=ways_offered(body_id))
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            operations.raise_concern(body_id, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("Đã gửi. Khi có trả lời, đồng chí được báo."))
            return redirect("concerns:mine")
    keepers = Member.objects.filter(pk__in=keepers_of(body_id, request.viewer.member_id))
    context = {
        "form": form,
        "body_name": name_on(body_id, today()),
        "keepers": ", ".join(keepers.order_by("sort_key").values_list("full_name", flat=True)),
        "days": answer_days(body_id),
    }
    return render(request, "concerns/raising.html", context, status=422 if form.errors else 200)


@require_GET
def waiting(request: Request) -> HttpResponse:
    """What the viewer owes an answer, as secretary or for a committee."""
    viewer = request.viewer
    above = viewer.where("concerns.answer_passed").own
    if not (viewer.where("concerns.answer").own or above):
        raise PermissionDenied
    rows = Concern.objects.waiting_for(viewer).for_page()
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    names = names_on({row.body_id for row in page}, today())
    context = {
        "page": page,
        "rows": [(row, names[row.body_id]) for row in page],
        "counted": names_on(viewer.where("concerns.count").own, today()),
    }
    return render(request, "concerns/waiting.html", context)


@require_GET
def page(request: Request, pk: int) -> HttpResponse:
    """One concern, for its author and for whoever owes or owed the answer."""
    concern, can = load(request, pk)
    return render(request, "concerns/concern_page.html", shown(concern, can))


def answer(request: Request, pk: int) -> HttpResponse:
    concern, can = load(request, pk, "answer")
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            operations.answer_concern(concern, answer=form.cleaned_data["answer"], by=request.viewer)
            messages.success(request, _("Đã trả lời. Người nêu được báo."))
            return redirect("concerns:page", pk)
    words = {"heading": _("Trả lời tâm tư, kiến nghị"), "submit": _("Gửi trả lời")}
    return form_page(request, form, shown(concern, can) | words)


def passing_up(request: Request, pk: int) -> HttpResponse:
    concern, can = load(request, pk, "pass_up")
    form = PassingForm(request.POST or None, further=_further_up(concern))
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            operations.pass_up(concern, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("Đã chuyển lên cấp trên. Người nêu được báo."))
            return redirect("concerns:page", pk)
    above = parent_on(concern.body_id, today())
    words = {
        "heading": _("Chuyển lên cấp trên"),
        "submit": _("Chuyển lên"),
        "passes_to": committee_name_on(above, today()) if above else "",
    }
    return form_page(request, form, shown(concern, can) | words)


@refusals_shown
def taking_back(request: Request, pk: int) -> HttpResponse:
    """Ask once more, then take it back."""
    concern, _can = load(request, pk, "take_back")
    if request.method == "POST":
        operations.take_back(concern, by=request.viewer)
        messages.success(request, _("Đã rút lại."))
        return redirect("concerns:mine")
    consequences = [_("Rút lại rồi thì không ai khác còn đọc được ở đây và không ai trả lời nữa.")]
    if concern.way != Way.SECRETARY_ONLY:
        consequences.append(_("Nếu chi bộ đã đưa vào chương trình họp thì mục ấy vẫn còn."))
    context = {
        "question": _("Rút lại điều này?"),
        "facts": [(concern.get_theme_display(), concern.text)],
        "consequences": consequences,
        "action": _("Rút lại"),
        "back_url": reverse("concerns:page", args=[pk]),
    }
    return render(request, "ui/confirm.html", context)


def _branch_of(request: Request) -> int | None:
    """The viewer's own branch, where the viewer may raise something today."""
    viewer = request.viewer
    body_id = branch_on(viewer.member_id, today()) if viewer.member_id else None
    return body_id if body_id in viewer.where("concerns.raise").own else None


def load(request: Request, pk: int, verb: str = "") -> tuple[Concern, ConcernAccess]:
    """404 when unseen, 403 without the right to `verb`; MovedOn when there is one, only not now.

    The journal keeps who looked; whose it is only where the branch hears the name.
    """
    concern = get_object_or_404(Concern.objects.visible_to(request.viewer).for_page(), pk=pk)
    can = access_to(request.viewer, concern)
    if verb:
        require_verb(can, verb, lambda: _late(concern))
    if not can.is_author:
        subject = concern.author_id if concern.way == Way.NAMED else None
        record_read("concern.read", by=request.viewer, body=concern.body_id, obj=concern, subject=subject)
    return concern, can


def _further_up(concern: Concern) -> list[tuple[int, str]]:
    """The committees that may answer a doubtful item, the nearest first; [] for what goes to the one above."""
    if concern.theme != Theme.DOUBT:
        return []
    keys = ancestors_on(concern.body_id, today())
    return [(key, committee_name_on(key, today())) for key in keys]


def _late(concern: Concern) -> MovedOn:
    if hasattr(concern, "published"):
        address = reverse("concerns:official", args=[concern.published.pk])
        return MovedOn(_("Câu trả lời này đã công bố."), address, _("Xem câu trả lời"))
    says = {
        ConcernStatus.RAISED: _("Điều này chưa chuyển lên cấp trên."),
        ConcernStatus.PASSED_UP: _("Điều này đã chuyển lên cấp trên, cấp trên trả lời."),
        ConcernStatus.ANSWERED: _("Điều này đã được trả lời."),
        ConcernStatus.TAKEN_BACK: _("Đồng chí đã rút lại điều này."),
    }
    address = reverse("concerns:page", args=[concern.pk])
    return MovedOn(says[ConcernStatus(concern.status)], address, _("Xem tâm tư, kiến nghị"))


def shown(concern: Concern, can: ConcernAccess) -> dict[str, object]:
    return {
        "concern": concern,
        "can": can,
        "body_name": name_on(concern.body_id, today()),
        "committee": committee_name_on(concern.committee_id, today()) if concern.committee_id else "",
    }


def form_page(request: Request, form: BaseForm, context: dict[str, object]) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "concerns/form.html", context | {"form": form}, status=status)
