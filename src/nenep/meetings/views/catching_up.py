"""Catching up: a month that was held on paper, the list of months that lack minutes, a mistaken "not held"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nenep.files.sending import attach_sent
from nenep.meetings import calling_off
from nenep.meetings.access import MeetingAccess
from nenep.meetings.days import last_day
from nenep.meetings.from_paper import enter_from_paper, regular_meeting
from nenep.meetings.gaps import month_of, months_without_minutes, years_of
from nenep.meetings.happened import moved_on
from nenep.meetings.models import Meeting
from nenep.meetings.operations import usual_time
from nenep.meetings.paper_forms import PaperForm
from nenep.meetings.progress import meeting_day
from nenep.meetings.thematic_from_paper import thematic_without_minutes
from nenep.meetings.views.loading import load_meeting
from nenep.meetings.views.sheets import examine_sent, form_for, has_entered, require_right, typed_day
from nenep.organizations.reads import name_on
from nenep.people.reads import secretary_on
from nenep.shared.dates import month_end, now, today
from nenep.shared.web import number_in, refusals_shown, refused_into
from nenep.shared.words import month_words

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from nenep.shared.web import Request

RECENT = 5  # years that are not folded away


@require_GET
def paper_months(request: Request, body_id: int) -> HttpResponse:
    """The months of a year, as far as the branch existed, of which the program has no minutes."""
    require_right(request, body_id)
    years = years_of(body_id)
    chosen = asked if (asked := number_in(request, "year")) in years else years[0]
    context = {
        "body_id": body_id,
        "body_name": name_on(body_id, today()),
        "years": years[:RECENT],
        "earlier": years[RECENT:],
        "chosen": chosen,
        "months": months_without_minutes(body_id, chosen),
        "thematic": [
            meeting
            for meeting in thematic_without_minutes(body_id)
            if meeting.month.year == chosen and meeting.starts_at <= now()
        ],
    }
    return render(request, "meetings/paper_months.html", context)


def paper_entry(request: Request, body_id: int, year: int, month: int) -> HttpResponse:
    """One page for the sheets of one meeting; what was typed stays until all of it is right."""
    require_right(request, body_id)
    first = month_of(body_id, year, month)
    meeting = regular_meeting(body_id, first)
    if meeting and request.method == "POST" and has_entered(request, meeting):
        return redirect("meetings:minutes", meeting.pk)
    if meeting and not meeting.takes_paper:
        raise moved_on(MeetingAccess(request.viewer, meeting))
    form = _form(request, body_id, first, meeting)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            examine_sent(request, body_id, form)
            entered = enter_from_paper(body_id, first, form.sheets(), by=request.viewer)
            messages.success(
                request,
                _("Đã nhập kỳ sinh hoạt %(month)s từ biên bản giấy.")
                % {"month": f"tháng {month_words(first)}"},
            )
            return _attach(request, entered, form)
    context = {
        "form": form,
        "month": first,
        "body_id": body_id,
        "body_name": name_on(body_id, _day_in(first)),
        "meeting": meeting,
    }
    return render(request, "meetings/paper_entry.html", context, status=422 if form.errors else 200)


@require_POST
@refusals_shown
def non_holding_withdrawal(request: Request, pk: int) -> HttpResponse:
    """The month was recorded as not held by mistake."""
    meeting, _can = load_meeting(request, pk, "take_not_holding_back")
    calling_off.take_not_holding_back(meeting, by=request.viewer)
    messages.success(
        request,
        _("Đã xóa ghi nhận không họp. Kỳ sinh hoạt trở lại như trước; ghi chú vẫn lưu ở trang này."),
    )
    return redirect("meetings:page", pk)


def _day_in(first: date) -> date:
    return min(month_end(first), today())


def _form(request: Request, body_id: int, first: date, meeting: Meeting | None) -> PaperForm:
    """For the day that was typed, where that may be the meeting's; else for the day that is expected."""
    last = Meeting.objects.regular().standing().filter(body_id=body_id, month__lt=first)
    expected = meeting.starts_at if meeting else usual_time(body_id, first, last.order_by("-month").first())
    day = typed_day(request, first, last_day(body_id, first)) or min(timezone.localdate(expected), today())
    then = Meeting(pk=meeting.pk if meeting else None, body_id=body_id, month=first)
    then.starts_at = timezone.localtime(expected).replace(year=day.year, month=day.month, day=day.day)
    return form_for(PaperForm, request, then, _known(body_id, meeting, day))


def _known(body_id: int, meeting: Meeting | None, day: date) -> dict[str, Any]:
    """What was arranged beforehand. A day that nobody chose is left to be read from the sheets."""
    secretary = secretary_on(body_id, day)
    if meeting is None:
        return {"chair": secretary}
    is_arranged = not meeting.is_time_proposed and (meeting.called_at or meeting.is_imported)
    return {
        "day": meeting_day(meeting) if is_arranged else None,
        "began": timezone.localtime(meeting.starts_at).time() if meeting.called_at else None,
        "place": meeting.place,
        "chair": meeting.chair_id or secretary,
        "note_taker": meeting.note_taker_id,
    }


def _attach(request: Request, meeting: Meeting, form: PaperForm) -> HttpResponse:
    """After the entry stands; a file beyond the quota is said, and may be added later."""
    if not attach_sent(request, meeting, meeting.body_id, form):
        return redirect("meetings:materials", meeting.pk)
    return redirect(reverse("meetings:minutes", args=[meeting.pk]))
