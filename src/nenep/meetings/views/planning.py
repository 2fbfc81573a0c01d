"""Before step 1: a meeting that no month opens by itself is planned by the secretary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nenep.meetings import operations
from nenep.meetings.forms import ThematicForm
from nenep.meetings.quarter import quarter_of
from nenep.meetings.rules import rules_for
from nenep.organizations.reach import may
from nenep.organizations.reads import name_on
from nenep.people.showing import roster_shown
from nenep.shared.dates import today
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.shared.web import Request


def thematic(request: Request, body_id: int) -> HttpResponse:
    """Plan a thematic meeting: its question, its time and place, who presents it."""
    if not may(request.viewer, "meetings.read", body_id):
        raise Http404
    if not may(request.viewer, "meetings.plan", body_id):
        raise PermissionDenied
    people = [entry.member_id for entry in roster_shown(body_id, today(), by=request.viewer)]
    form = ThematicForm(request.POST or None, roster=people)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = operations.plan_thematic(body_id, by=request.viewer, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("starts_at", str(refusal))
        else:
            messages.success(request, _("Đã lập kỳ sinh hoạt chuyên đề. Đồng chí chuẩn bị tiếp ở dưới."))
            return redirect("meetings:preparation", meeting.pk)
    context = {
        "form": form,
        "body_name": name_on(body_id, today()),
        "quarter": quarter_of(body_id, today()),
        "combined": rules_for(body_id, today()).meeting.min_minutes(members=len(people), with_thematic=True),
    }
    return render(request, "meetings/thematic.html", context, status=422 if form.errors else 200)
