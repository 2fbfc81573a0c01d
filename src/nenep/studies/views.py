"""Study sessions: entered by who held one, its list of who was there by each branch, the check by each member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nenep.organizations.reach import may
from nenep.organizations.reads import committee_name_on, names_on
from nenep.people.showing import roster_shown
from nenep.shared.dates import today
from nenep.shared.moved_on import MovedOn, require_verb
from nenep.shared.web import number_in, refusals_shown, refused_into
from nenep.studies import operations
from nenep.studies.access import SessionAccess
from nenep.studies.counting import branches_of, told_questions
from nenep.studies.forms import CheckForm, PresentForm, QuestionForm, SessionForm
from nenep.studies.models import MOST_QUESTIONS, Session

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpResponse, QueryDict

    from nenep.shared.web import Request

ON_A_PAGE = 30


@require_GET
def session_list(request: Request) -> HttpResponse:
    found = Paginator(Session.objects.visible_to(request.viewer).for_list(), ON_A_PAGE)
    page = found.get_page(request.GET.get("page"))
    names = names_on({row.body_id for row in page}, today())
    context = {
        "page": page,
        "rows": [(row, names[row.body_id]) for row in page],
        "held_by_viewer": names_on(request.viewer.where("studies.hold").own, today()),
    }
    return render(request, "studies/session_list.html", context)


def holding(request: Request, body_id: int) -> HttpResponse:
    """`?directive=` chooses what was studied."""
    if not may(request.viewer, "studies.read", body_id):
        raise Http404
    if not may(request.viewer, "studies.hold", body_id):
        raise PermissionDenied
    initial = {"directive": number_in(request, "directive") or None}
    form = SessionForm(request.POST or None, body_id=body_id, viewer=request.viewer, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            once = form.cleaned_data["once"]
            session = operations.hold_session(body_id, words=form.words, once=once, by=request.viewer)
            messages.success(request, _("Đã ghi hội nghị."))
            return redirect("studies:page", session.pk)
    back = reverse("studies:list"), _("Hội nghị học tập, quán triệt")
    return _form_page(request, form, _("Ghi hội nghị học tập, quán triệt"), _("Ghi hội nghị"), back)


@require_GET
def page(request: Request, pk: int) -> HttpResponse:
    session, can = _load(request, pk)
    branches = branches_of(request.viewer, session)
    context = {
        "session": session,
        "can": can,
        "holder": committee_name_on(session.body_id, today()),
        "branches": branches,
        "present": sum(one.present for one in branches),
        "members": sum(one.members for one in branches),
        "check_count": session.check_questions.count(),
        "taken": session.taken.count() if can.count else None,
        "told": told_questions(session) if can.count else [],
        "has_taken": session.taken.filter(member=request.viewer.member_id or 0).exists(),
    }
    return render(request, "studies/page.html", context)


def roll(request: Request, pk: int) -> HttpResponse:
    """Who of the own branch was there, on the list of that day."""
    session, can = _load(request, pk, "mark")
    branch = can.own_branch
    assert branch is not None
    listed = roster_shown(branch, timezone.localdate(session.held_at), by=request.viewer)
    people = [entry for entry in listed if not entry.is_suspended]
    there = list(session.present.filter(branch=branch).values_list("member_id", flat=True))
    initial = {"members": there, "was": ",".join(map(str, sorted(there)))}
    form = PresentForm(_sent(request), people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            data = form.cleaned_data
            count = operations.say_present(
                session, branch, was=data["was"], chosen=data["members"], by=request.viewer
            )
            said = _("Đã ghi: %(count)d đồng chí của chi bộ đã dự.")
            messages.success(request, said % {"count": count})
            return redirect("studies:page", pk)
    return _form_page(request, form, _("Chi bộ có ai đã dự"), _("Ghi người dự"), _to(session))


def questions(request: Request, pk: int) -> HttpResponse:
    """The check, one question after the other."""
    session, _can = _load(request, pk, "hold")
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            operations.ask(session, by=request.viewer, **form.cleaned_data)
            return redirect("studies:questions", pk)
    return _form_page(
        request,
        form,
        _("Câu hỏi kiểm tra nhận thức"),
        _("Thêm câu này"),
        _to(session),
        template="studies/questions.html",
        rows=list(session.check_questions.prefetch_related("options")),
        most=MOST_QUESTIONS,
    )


def check(request: Request, pk: int) -> HttpResponse:
    """Answered once; the right answers are shown to who has answered."""
    session, _can = _load(request, pk, "take_check")
    asked = list(session.check_questions.prefetch_related("options"))
    form = CheckForm(_sent(request), questions=asked)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            operations.answer_check(session, form.chosen, by=request.viewer)
            right = {option.pk for question in asked for option in question.options.all() if option.is_right}
            words = {"right": len(right & set(form.chosen.values())), "all": len(asked)}
            messages.success(request, _("Đồng chí trả lời đúng %(right)d trên %(all)d câu.") % words)
            return redirect("studies:page", pk)
    return _form_page(
        request,
        form,
        _("Kiểm tra nhận thức"),
        _("Gửi câu trả lời"),
        _to(session),
        template="studies/check.html",
    )


@require_POST
@refusals_shown
def closing(request: Request, pk: int) -> HttpResponse:
    session, _can = _load(request, pk, "hold")
    operations.close_session(session, by=request.viewer)
    return redirect("studies:page", pk)


@require_POST
@refusals_shown
def removal(request: Request, pk: int) -> HttpResponse:
    session, _can = _load(request, pk, "hold")
    operations.remove_session(session, by=request.viewer)
    messages.success(request, _("Đã bỏ."))
    return redirect("studies:list")


def _load(request: Request, pk: int, verb: str = "") -> tuple[Session, SessionAccess]:
    rows = Session.objects.visible_to(request.viewer).select_related("directive", "document")
    session = get_object_or_404(rows, pk=pk)
    can = SessionAccess(request.viewer, session)
    if verb:
        require_verb(can, verb, lambda: _late(session))
    return session, can


def _sent(request: Request) -> QueryDict | None:
    """What was sent, though nothing was chosen."""
    return request.POST if request.method == "POST" else None


def _late(session: Session) -> MovedOn:
    sentence = _("Hội nghị này đã kết thúc ghi, chưa đến giờ, hoặc đồng chí đã trả lời rồi.")
    return MovedOn(sentence, reverse("studies:page", args=[session.pk]), _("Xem hội nghị"))


def _to(session: Session) -> tuple[str, str]:
    return reverse("studies:page", args=[session.pk]), session.title


def _form_page(
    request: Request,
    form: BaseForm,
    heading: str,
    submit: str,
    back: tuple[str, str],
    *,
    template: str = "studies/form.html",
    **more: object,
) -> HttpResponse:
    context = {"form": form, "heading": heading, "submit": submit, "back": back, **more}
    return render(request, template, context, status=422 if form.errors else 200)
