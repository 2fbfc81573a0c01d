"""A branch answers; a committee reads how many have, and what those say that agreed to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nenep.discussions.access import DiscussionAccess
from nenep.discussions.counting import Row, questions_of
from nenep.discussions.forms import AnswersForm
from nenep.discussions.models import Discussion
from nenep.discussions.operations import answer_questions, with_offer
from nenep.discussions.sources import asked_by, items_of, load_source
from nenep.organizations.reach import may
from nenep.organizations.reads import name_on
from nenep.shared.csv_lists import csv_list
from nenep.shared.dates import today
from nenep.shared.moved_on import MovedOn, require_verb
from nenep.shared.web import refused_into

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.discussions.sources import Source
    from nenep.meetings.models import AgendaItem
    from nenep.shared.web import Request

# What of the minutes is offered for an answer: the name of the button's value, and of the column.
OFFERS = ("conclusion", "decision", "notes")


def answering(request: Request, kind: str, pk: int, body_id: int) -> HttpResponse:
    """The form of a branch. `take` ("conclusion:2") puts words of the minutes below what was typed, unsaved."""
    source = load_source(request.viewer, kind, pk)
    if not may(request.viewer, "discussions.read", body_id):
        raise Http404
    can = DiscussionAccess(request.viewer, source, body_id)
    require_verb(can, "answer", lambda: _late(source))
    row = Discussion.objects.filter(body=body_id, kind=kind, source_id=pk).first()
    item = items_of(source, {body_id})[body_id]
    form = AnswersForm(request.POST or None, questions=source.questions, initial=_initial(source, row))
    if request.method == "POST":
        if offer := _offer(request, item, len(source.questions)):
            typed = request.POST.copy()
            field, words = offer
            typed[field] = with_offer(typed.get(field, ""), words)
            form = AnswersForm(initial=typed.dict(), questions=source.questions)
            return _form_page(request, source, body_id, form, item)
        if form.is_valid():
            with refused_into(form):
                answer_questions(
                    source,
                    body_id,
                    texts=form.texts,
                    may_be_read=form.cleaned_data["may_be_read"],
                    seen=form.cleaned_data["revision"] or 0,
                    by=request.viewer,
                )
                messages.success(request, _("Đã ghi câu trả lời của chi bộ."))
                return redirect("discussions:branch", kind, pk, body_id)
    return _form_page(request, source, body_id, form, item)


@require_GET
def branch(request: Request, kind: str, pk: int, body_id: int) -> HttpResponse:
    """What one branch answered: for itself, and above it where it agreed."""
    source = load_source(request.viewer, kind, pk)
    seen = Discussion.objects.visible_to(request.viewer).filter(body=body_id, kind=kind, source_id=pk)
    row = seen.select_related("answered_by").first()
    is_own = may(request.viewer, "discussions.read", body_id)
    if row is None and not (is_own and body_id in asked_by(source)):
        raise Http404
    context = {
        "source": source,
        "body_id": body_id,
        "body_name": name_on(body_id, today()),
        "row": row,
        "answers": list(row.answers.all()) if row else [],
        "is_own": is_own,
        "can": DiscussionAccess(request.viewer, source, body_id),
    }
    return render(request, "discussions/branch.html", context)


@require_GET
def answers(request: Request, kind: str, pk: int) -> HttpResponse:
    """Question by question for whoever looks after branches that were asked; `?csv=1` as a file."""
    source = load_source(request.viewer, kind, pk)
    questions = questions_of(request.viewer, source)
    if not questions:
        raise PermissionDenied(_("Đồng chí không theo dõi chi bộ nào được hỏi."))
    if request.GET.get("csv"):
        header = (_("Câu hỏi"), _("Trực thuộc"), _("Chi bộ"), _("Trả lời"))
        rows = [
            (one.text, area.name, row.name, _words(row))
            for one in questions
            for area in one.areas
            for row in area.rows
        ]
        return csv_list(f"answers-{kind}-{pk}", header, rows)
    return render(request, "discussions/answers.html", {"source": source, "questions": questions})


def _initial(source: Source, row: Discussion | None) -> dict[str, object]:
    if row is None:
        return {"revision": 0}
    said = {one.question: one.text for one in row.answers.all()}
    texts = {f"answer_{n}": said.get(text, "") for n, text in enumerate(source.questions, 1)}
    return {"revision": row.revision, "may_be_read": row.may_be_read, **texts}


def _offer(request: Request, item: AgendaItem, count: int) -> tuple[str, str] | None:
    """(field, words of the minutes) that a button of the form asks for."""
    column, _sign, number = request.POST.get("take", "").partition(":")
    if column not in OFFERS or number not in {str(n) for n in range(1, count + 1)}:
        return None
    return f"answer_{number}", getattr(item, column)


def _words(row: Row) -> str:
    if row.text:
        return row.text
    return _("Đã trả lời, chi bộ không cho đọc") if row.has_answered else _("Chưa trả lời")


def _form_page(
    request: Request, source: Source, body_id: int, form: AnswersForm, item: AgendaItem
) -> HttpResponse:
    numbers = range(1, len(source.questions) + 1)
    offers = [
        (label, text, [f"{column}:{number}" for number in numbers])
        for column, label in zip(OFFERS, (_("Kết luận"), _("Quyết định"), _("Diễn biến")), strict=True)
        if (text := getattr(item, column))
    ]
    context = {
        "source": source,
        "body_id": body_id,
        "body_name": name_on(body_id, today()),
        "form": form,
        "item": item,
        "offers": offers,
    }
    return render(request, "discussions/form.html", context, status=422 if form.errors else 200)


def _late(source: Source) -> MovedOn:
    sentence = _("Chi bộ chưa bàn nội dung này tại kỳ sinh hoạt nào, nên chưa trả lời được.")
    if not source.is_open:
        sentence = _("Nội dung này đã thu hồi nên không trả lời nữa.")
    return MovedOn(sentence, source.url, source.title)
