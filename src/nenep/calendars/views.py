"""The pages where addresses of calendars are made, and the calendars themselves, which ask for no sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from nenep.calendars import operations
from nenep.calendars.access import CalendarAccess
from nenep.calendars.forms import FeedForm, PublicForm
from nenep.calendars.models import Feed, PublicCalendar
from nenep.calendars.operations import digest
from nenep.calendars.reads import meetings_of_calendar, meetings_of_feed, visits_of_feed
from nenep.meetings.exports import calendar_of, event_of
from nenep.organizations.reads import name_on, names_on
from nenep.shared.dates import today
from nenep.shared.limits import MINUTE, is_too_often, too_often

if TYPE_CHECKING:
    from nenep.shared.web import Request

HOUR = 60 * MINUTE
# Phones ask a few times a day; several of them may share an address, and many people a machine.
FEED_AN_HOUR = 60
MACHINE_A_MINUTE = 120
_TOO_OFTEN = gettext_lazy("Máy này vừa mở lịch quá nhiều lần. Đồng chí mở lại sau một phút.")


@require_safe
def mine(request: Request) -> HttpResponse:
    return _mine(request)


@require_POST
@never_cache
def feed_making(request: Request) -> HttpResponse:
    """A fresh private address, shown this once: only its digest is kept."""
    if request.viewer.account_id is None:
        raise PermissionDenied
    form = FeedForm(request.POST)
    form.full_clean()
    token = operations.make_feed(request.viewer.account_id, by=request.viewer, **form.cleaned_data)
    address = request.build_absolute_uri(reverse("calendars:feed", args=[token]))
    return _mine(request, address)


@require_POST
def feed_revocation(request: Request) -> HttpResponse:
    if request.viewer.account_id is not None:
        operations.revoke_feed(request.viewer.account_id, by=request.viewer)
    messages.success(request, _("Đã hủy địa chỉ lịch. Điện thoại không nhận lịch từ địa chỉ ấy nữa."))
    return redirect("calendars:mine")


@login_not_required
@require_safe
def feed(request: Request, token: str) -> HttpResponse:
    """The private calendar. An address that was taken back, or whose account is closed, is not found."""
    found = Feed.objects.select_related("account").filter(digest=digest(token)).first()
    if found is None or not found.account.is_active:
        if _is_asked_too_often(request):
            return too_often(request, _TOO_OFTEN)
        raise Http404
    if is_too_often(request, "calendar", most=FEED_AN_HOUR, seconds=HOUR, who=found.digest):
        return too_often(request, _("Lịch này vừa được mở quá nhiều lần. Đồng chí mở lại sau một giờ."))
    shown = [(one, reverse("meetings:page", args=[one.pk])) for one in meetings_of_feed(found)]
    shown += [(one, reverse("visits:page", args=[one.visit_id])) for one in visits_of_feed(found)]  # type: ignore[attr-defined]
    events = [
        event_of(meeting, request.build_absolute_uri(address), with_place=found.shows_place)
        for meeting, address in shown
    ]
    return _answer(calendar_of(events, name=_("Sinh hoạt chi bộ")))


def publication(request: Request, body_id: int) -> HttpResponse:
    """What of the branch's calendar anybody may see; GET shows how it stands, POST opens or changes it."""
    _require_publishing(request, body_id)
    calendar = PublicCalendar.objects.filter(body=body_id).first()
    initial = {"kinds": calendar.kinds, "shows_place": calendar.shows_place} if calendar else {}
    form = PublicForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        operations.open_calendar(body_id, by=request.viewer, **form.cleaned_data)
        messages.success(request, _("Đã mở lịch công khai với các mục đã chọn."))
        return redirect("calendars:publication", body_id)
    context = {"form": form, "calendar": calendar, "body_id": body_id, "body_name": name_on(body_id, today())}
    if calendar:
        context["address"] = request.build_absolute_uri(reverse("calendars:public", args=[calendar.ref]))
    return render(request, "calendars/publication.html", context, status=422 if form.errors else 200)


@require_POST
def closing(request: Request, body_id: int) -> HttpResponse:
    _require_publishing(request, body_id)
    operations.close_calendar(body_id, by=request.viewer)
    messages.success(request, _("Đã đóng lịch công khai. Địa chỉ cũ không xem được nữa."))
    return redirect("calendars:publication", body_id)


@login_not_required
@require_safe
def public(request: Request, ref: str) -> HttpResponse:
    """For the unit's website or a screen in the hall."""
    calendar = get_object_or_404(PublicCalendar, ref=ref)
    if _is_asked_too_often(request):
        return too_often(request, _TOO_OFTEN)
    context = {
        "calendar": calendar,
        "body_name": name_on(calendar.body_id, today()),
        "meetings": meetings_of_calendar(calendar).filter(starts_at__date__gte=today()),
    }
    return render(request, "calendars/public.html", context)


@login_not_required
@require_safe
def public_feed(request: Request, ref: str) -> HttpResponse:
    calendar = get_object_or_404(PublicCalendar, ref=ref)
    if _is_asked_too_often(request):
        return too_often(request, _TOO_OFTEN)
    page = request.build_absolute_uri(reverse("calendars:public", args=[ref]))
    events = [
        event_of(meeting, page, with_place=calendar.shows_place) for meeting in meetings_of_calendar(calendar)
    ]
    return _answer(calendar_of(events, name=name_on(calendar.body_id, today())))


def _mine(request: Request, address: str = "") -> HttpResponse:
    """`address`: the one that was just made."""
    context = {
        "form": FeedForm(),
        "feed": Feed.objects.filter(account=request.viewer.account_id).first(),
        "address": address,
        "published_by_viewer": names_on(request.viewer.where("calendars.publish").own, today()),
    }
    return render(request, "calendars/mine.html", context)


def _require_publishing(request: Request, body_id: int) -> None:
    can = CalendarAccess(request.viewer, body_id)
    if not can.see:
        raise Http404
    if not can.publish:
        raise PermissionDenied


def _is_asked_too_often(request: Request) -> bool:
    """By one machine: the public calendars, and addresses that lead nowhere."""
    machine = get_adapter().get_client_ip(request)
    return is_too_often(request, "calendars", most=MACHINE_A_MINUTE, seconds=MINUTE, who=machine)


def _answer(content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    return answer
