"""The pages of a briefing: where it is opened, the one page on which it is held and read, and what takes it further."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nenep.briefings import operations, reads
from nenep.briefings.exports import content_of, period_words
from nenep.briefings.figures import Figures, bodies_of, body_figures, branch_figures, lines_of, total
from nenep.briefings.forms import ClosingForm, DiscussionForm, DoneForm, FrameForm, NoteForm, WithdrawalForm
from nenep.briefings.loading import load_briefing, require
from nenep.briefings.models import Briefing, called
from nenep.briefings.querysets import ATTEND, attended_by, held_by
from nenep.documents.exports import Format, document_response
from nenep.notices.operations import mark_seen
from nenep.organizations.models import Cluster
from nenep.plans.models import Entry
from nenep.plans.reads import presenters_of
from nenep.shared.dates import today, valid_on
from nenep.shared.web import refusals_shown, refused_into
from nenep.shared.words import count_words

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.forms import BaseForm

    from nenep.briefings.access import BriefingAccess
    from nenep.shared.web import Request

ON_A_PAGE = 50


@require_GET
def briefing_list(request: Request) -> HttpResponse:
    """The briefings that concern the viewer; who holds them opens the next one here, from the plan by one press."""
    rows = Briefing.objects.visible_to(request.viewer).for_page().order_by("-starts_at", "-pk")
    clusters = list(_clusters(request))
    context = {
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "clusters": [(cluster, called(cluster)) for cluster in clusters],
        "waiting": [
            (each, called(each), entry) for each, entry in reads.entries_waiting(request.viewer, clusters)
        ],
    }
    return render(request, "briefings/list.html", context)


def opening(request: Request, cluster_id: int) -> HttpResponse:
    """Open a briefing by hand."""
    cluster = _cluster(request, cluster_id)
    first, last = reads.period_for(cluster, today())
    form = _frame_form(request, cluster, {"first_month": first, "last_month": last})
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            once = form.cleaned_data["once"]
            made = operations.open_briefing(cluster, frame=form.frame, once=once, by=request.viewer)
            return redirect("briefings:page", made.pk)
    heading = _("Mở giao ban %(cluster)s") % {"cluster": called(cluster)}
    return _form_page(request, form, heading, _("Mở giao ban"), reverse("briefings:list"))


@require_POST
@refusals_shown
def opening_from_plan(request: Request, cluster_id: int, entry_id: int) -> HttpResponse:
    """Open the briefing of an entry of the yearly plan: one press."""
    cluster = _cluster(request, cluster_id)
    entries = Entry.objects.visible_to(request.viewer).select_related("plan", "meeting")
    entry = get_object_or_404(entries, pk=entry_id, plan__body=cluster.owner_id)
    made = operations.open_from_plan(cluster, entry, by=request.viewer)
    return redirect("briefings:page", made.pk)


@require_GET
def page(request: Request, pk: int) -> HttpResponse:
    """How it stands: figures, what is unfinished, what was discussed and decided; one page for all who see it."""
    briefing, can = load_briefing(request, pk)
    mark_seen(briefing, by=request.viewer)
    return _page(request, briefing, can)


def frame(request: Request, pk: int) -> HttpResponse:
    briefing, _can = load_briefing(request, pk, "change")
    initial = {
        "first_month": briefing.first_month,
        "last_month": briefing.last_month,
        "starts_at": briefing.starts_at,
        "place": briefing.place,
        "chair": briefing.chair_id,
        "revision": briefing.revision,
    }
    form = _frame_form(request, briefing.cluster, initial)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            seen = form.cleaned_data["revision"] or 0
            operations.change_briefing(briefing, frame=form.frame, seen=seen, by=request.viewer)
            return redirect("briefings:page", pk)
    return _form_page(request, form, _("Sửa thời gian, địa điểm, chủ trì"), _("Lưu"), _address(briefing))


@require_GET
def branches(request: Request, pk: int) -> HttpResponse:
    """Behind each figure: the branches that it counts, each leading to its months."""
    briefing, can = load_briefing(request, pk)
    if not can.hold:
        raise PermissionDenied
    rows = branch_figures(briefing)
    lines = lines_of(sum((row.figures for row in rows), Figures()))
    which = request.GET.get("which", "")
    line = next((line for line in lines if line.key == which), None)
    if line:
        rows = [row for row in rows if getattr(row.figures, which)]
    context = {
        "briefing": briefing,
        "period": period_words(briefing),
        "line": line,
        "lines": lines,
        "stays": line.key if line else "held",  # the column for which a phone has room
        "rows": [(row, [(line.key, row.figures.cell(line.key)) for line in lines]) for row in rows],
        "is_one_month": briefing.first_month == briefing.last_month,
    }
    return render(request, "briefings/branches.html", context)


def discussion(request: Request, pk: int) -> HttpResponse:
    briefing, _can = load_briefing(request, pk, "change")
    units = {body.unit_type for body in bodies_of(briefing)}
    form = DiscussionForm(request.POST or None, briefing=briefing, units=units)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            operations.discuss(
                briefing,
                question=form.cleaned_data["question"],
                methods=form.methods,
                seen=form.cleaned_data["revision"] or 0,
                by=request.viewer,
            )
            return redirect("briefings:page", pk)
    context = {"briefing": briefing}
    return _form_page(request, form, _("Thảo luận chuyên đề"), _("Lưu"), _address(briefing), **context)


def closing(request: Request, pk: int) -> HttpResponse:
    """GET asks who was represented and for the conclusions; POST freezes the minutes and tells the decisions."""
    briefing, can = load_briefing(request, pk)
    form = ClosingForm(request.POST or None, bodies=bodies_of(briefing))
    if can.note and form.is_valid() and form.cleaned_data["conclusions"] == briefing.conclusions:
        return redirect("briefings:page", pk)  # the same sending again
    require(can, "change")
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            told = operations.close_briefing(briefing, by=request.viewer, **form.cleaned_data)
            said = _("Đã kết thúc giao ban và báo việc cho %(count)d bí thư.")
            messages.success(request, count_words(told, said, _("Đã kết thúc giao ban.")))
            return redirect("briefings:page", pk)
    context = {
        "briefing": briefing,
        "consequences": [
            _("Kết thúc rồi thì biên bản không sửa được nữa, chỉ ghi thêm ở dưới."),
            _("Bí thư của tổ chức được giao việc nhận thông báo."),
        ],
    }
    heading = _("Kết thúc giao ban %(cluster)s") % {"cluster": briefing.of_cluster}
    return _form_page(request, form, heading, _("Kết thúc giao ban"), _address(briefing), **context)


def withdrawal(request: Request, pk: int) -> HttpResponse:
    briefing, _can = load_briefing(request, pk, "change")
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            operations.withdraw_briefing(briefing, reason=form.cleaned_data["reason"], by=request.viewer)
            return redirect("briefings:page", pk)
    context = {
        "form": form,
        "question": _("Không tổ chức giao ban này?"),
        "consequences": [
            _("Bí thư trong cụm được báo kèm lý do. Những gì đã ghi không thành việc giao cho ai.")
        ],
        "action": _("Không tổ chức"),
        "back_url": _address(briefing),
    }
    return render(request, "briefings/confirm.html", context, status=422 if form.errors else 200)


@require_POST
def note(request: Request, pk: int) -> HttpResponse:
    briefing, can = load_briefing(request, pk, "note")
    form = NoteForm(request.POST)
    if form.is_valid():
        with refused_into(form):
            operations.add_note(briefing, by=request.viewer, **form.cleaned_data)
            return redirect("briefings:page", pk)
    return _page(request, briefing, can, note_form=form)


@require_GET
def minutes_file(request: Request, pk: int, fmt: Format) -> HttpResponse:
    """The minutes as Word or PDF in the official layout."""
    briefing, _can = load_briefing(request, pk, "read_minutes")
    name = _("Biên bản giao ban %(cluster)s %(day)s") % {
        "cluster": briefing.of_cluster,
        "day": briefing.day.strftime("%d-%m-%Y"),
    }
    return document_response(content_of(briefing), fmt, name)


def show_done_form(
    request: Request, briefing: Briefing, can: BriefingAccess, pk: int, form: DoneForm
) -> HttpResponse:
    """The page again, with what was typed about the decision `pk`."""
    return _page(request, briefing, can, done_form=form, done_pk=pk)


def _page(request: Request, briefing: Briefing, can: BriefingAccess, **forms: Any) -> HttpResponse:
    own = request.viewer.where(ATTEND).own
    rows = body_figures(briefing)
    # Drafts of decisions are told to nobody: those who hold the briefing see them until it closes.
    decided = briefing.decisions.in_order() if briefing.is_closed or can.hold else []
    context = {
        "briefing": briefing,
        "can": can,
        "own": own,
        "period": period_words(briefing),
        "is_one_month": briefing.first_month == briefing.last_month,
        "lines": lines_of(total(rows)),
        "rows": [row for row in rows if can.hold or row.body_id in own],
        "carried": reads.carried(briefing) if briefing.is_open else [],
        "decisions": reads.named(decided, briefing.day),
        "methods": briefing.methods.all() if briefing.is_closed or can.hold else [],
        "content": content_of(briefing) if briefing.is_closed else None,
        "notes": briefing.notes.select_related("by") if briefing.is_closed else [],
        "note_form": NoteForm(),
        "done_form": DoneForm(),
        **forms,
    }
    bad = context["note_form"].errors or context["done_form"].errors
    return render(request, "briefings/page.html", context, status=422 if bad else 200)


def _clusters(request: Request) -> QuerySet[Cluster]:
    """The clusters of today whose briefings the viewer holds."""
    return Cluster.objects.filter(held_by(request.viewer), valid_on(today())).order_by("code")


def _cluster(request: Request, pk: int) -> Cluster:
    """404 for a cluster that the viewer has nothing to do with, 403 where the viewer only attends."""
    if cluster := _clusters(request).filter(pk=pk).first():
        return cluster
    if Cluster.objects.filter(attended_by(request.viewer), pk=pk).exists():
        raise PermissionDenied
    raise Http404


def _frame_form(request: Request, cluster: Cluster, initial: dict[str, Any]) -> FrameForm:
    # The months of a briefing stay choosable, however old it is.
    known = {initial["first_month"], initial["last_month"]}
    return FrameForm(
        request.POST or None,
        initial=initial,
        months=sorted({*reads.months_up_to(today()), *known}),
        people=presenters_of(cluster.owner_id, today().year),
    )


def _form_page(
    request: Request, form: BaseForm, heading: str, submit: str, back_url: str, **more: Any
) -> HttpResponse:
    context = {"form": form, "heading": heading, "submit": submit, "back_url": back_url, **more}
    return render(request, "briefings/form.html", context, status=422 if form.errors else 200)


def _address(briefing: Briefing) -> str:
    return reverse("briefings:page", args=[briefing.pk])
