from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nenep.meetings.views.loading import load_meeting
from nenep.quality.forms import SelfCheckForm
from nenep.quality.models import CheckAnswer
from nenep.quality.operations import answer_self_check, questions_of
from nenep.shared.web import refused_into

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.shared.web import Request


def self_check(request: Request, pk: int) -> HttpResponse:
    """The questions of the day with what was answered before, if anything; whoever runs the meeting writes."""
    meeting, _can = load_meeting(request, pk, "adopt_minutes")
    questions = questions_of(meeting)
    given = {}
    for answer in CheckAnswer.objects.filter(meeting=meeting):
        given[f"{answer.question}_judgement"] = answer.judgement
        given[f"{answer.question}_line"] = answer.line
    form = SelfCheckForm(request.POST or None, questions=questions, initial=given)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            answer_self_check(meeting, form.answers(), by=request.viewer)
            messages.success(request, _("Đã ghi phần tự kiểm tra vào biên bản."))
            return redirect("meetings:minutes", pk)
    context = {"meeting": meeting, "form": form, "basis": questions[0]}
    return render(request, "quality/self_check.html", context, status=422 if form.errors else 200)
