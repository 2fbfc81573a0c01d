from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nenep.meetings.happened import moved_on
from nenep.meetings.rules import rules_of
from nenep.meetings.views.loading import load_meeting
from nenep.quality.forms import PulseForm, SelfCheckForm
from nenep.quality.models import CheckAnswer, PulseCount
from nenep.quality.operations import answer_self_check, questions_of
from nenep.quality.pulse import answer_pulse, has_answered, was_there
from nenep.shared.dates import today
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


def pulse(request: Request, pk: int) -> HttpResponse:
    """One question to whoever was there; nobody else has anything to answer here."""
    meeting, can = load_meeting(request, pk)
    member_id = request.viewer.member_id
    count = PulseCount.objects.filter(meeting=meeting).first()
    if count is None or not meeting.is_over:
        raise moved_on(can)
    if not was_there(meeting, member_id):
        raise PermissionDenied
    if count.until < today():
        raise moved_on(can, _("Đã hết thời gian trả lời câu hỏi của kỳ sinh hoạt này."))
    if has_answered(meeting, member_id):
        raise moved_on(can, _("Đồng chí đã trả lời câu hỏi của kỳ sinh hoạt này, câu trả lời đã được đếm."))
    form = PulseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            answer_pulse(meeting, form.cleaned_data["feeling"], by=request.viewer)
            messages.success(request, _("Đã đếm câu trả lời. Phần mềm không giữ đồng chí trả lời thế nào."))
            return redirect("meetings:page", pk)
    context = {"meeting": meeting, "form": form, "until": count.until, "rules": rules_of(meeting).meeting}
    return render(request, "quality/pulse.html", context, status=422 if form.errors else 200)
