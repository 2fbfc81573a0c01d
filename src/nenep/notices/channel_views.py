"""The member's own page of channels, and the script that a browser keeps for push."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nenep.access.models import Account
from nenep.notices import choosing
from nenep.notices.forms import DeviceForm, WaysForm
from nenep.notices.models import Preference, PushDevice
from nenep.notices.pushing import public_key
from nenep.notices.ways import mail_works
from nenep.people.models import Member
from nenep.shared.states import Refused
from nenep.shared.web import refusals_shown, refused_into

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.shared.web import Request

# The longest that browsers keep a cookie.
COOKIE_LIVES = timedelta(days=400)


@require_http_methods(["GET", "HEAD", "POST"])
def channels(request: Request) -> HttpResponse:
    member = Member.objects.filter(pk=request.viewer.member_id or 0).first()
    if member is None:
        raise Http404
    chosen = Preference.objects.filter(member=member).first() or Preference()
    given = {"by_email": chosen.by_email, "by_phone": chosen.by_phone, "wants_paper": member.wants_paper}
    form = WaysForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            choosing.choose_ways(member, **form.cleaned_data, by=request.viewer)
            messages.success(request, _("Đã ghi cách nhận thông báo của đồng chí."))
            return redirect("notices:channels")
    context = {"form": form, "member": member, "mail_works": mail_works()}
    if settings.PUSH:
        mark = request.COOKIES.get(choosing.COOKIE, "")
        devices = PushDevice.objects.filter(account=request.viewer.account_id).order_by("-added_at")
        context["devices"] = [(device, choosing.is_here(device, mark)) for device in devices]
        context["is_on_here"] = any(here for _device, here in context["devices"])
        context["push_key"] = public_key()
    return render(request, "notices/channels.html", context, status=422 if form.errors else 200)


@require_POST
@refusals_shown
def device_addition(request: Request) -> HttpResponse:
    """The browser has agreed; this is where it wants to be told."""
    form = DeviceForm(request.POST)
    if not form.is_valid():
        raise Refused(
            _("Trình duyệt chưa cho phép báo. Đồng chí cho phép trong cài đặt của trình duyệt rồi bật lại.")
        )
    mark = choosing.add_device(
        Account.objects.get(pk=request.viewer.account_id or 0),
        endpoint=form.cleaned_data["endpoint"],
        user_agent=request.headers.get("User-Agent", ""),
        by=request.viewer,
    )
    messages.success(request, _("Đã bật báo trên máy này."))
    answer = redirect("notices:channels")
    answer.set_cookie(
        choosing.COOKIE,
        mark,
        max_age=COOKIE_LIVES,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


@require_POST
def device_removal(request: Request, pk: int) -> HttpResponse:
    devices = PushDevice.objects.filter(account=request.viewer.account_id).select_related("account")
    choosing.remove_device(get_object_or_404(devices, pk=pk), by=request.viewer)
    messages.success(request, _("Đã tắt báo trên máy ấy."))
    return redirect("notices:channels")


@login_not_required
@require_safe
def push_worker(request: Request) -> HttpResponse:
    """The script that shows the one sentence. It may stand for the whole site and keeps no page."""
    answer = render(request, "notices/worker.js", content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = "/"
    answer["Cache-Control"] = "no-store"
    return answer
