"""The inbox of a member, and the list of those who must be told by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nenep.journal.operations import record_read
from nenep.notices import operations
from nenep.notices.access import DeliveryAccess, InboxAccess, NoticeAccess
from nenep.notices.models import BY_HAND, Channel, Delivery, DeliveryState, Notice
from nenep.shared.web import came_from, refusals_shown

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.shared.web import Request

PER_PAGE = 30
TOLD_SHOWN = 20
_LINE = re.compile(r"[a-z]+-[0-9]+")


@require_safe
def notice_list(request: Request) -> HttpResponse:
    notices = Notice.objects.visible_to(request.viewer).for_list()
    page = Paginator(notices, PER_PAGE).get_page(request.GET.get("page"))
    can = InboxAccess(request.viewer)
    return render(request, "notices/notice_list.html", {"page": page, "can": can})


@require_safe
def notice_page(request: Request, pk: int) -> HttpResponse:
    notice = get_object_or_404(Notice.objects.visible_to(request.viewer), pk=pk)
    return render(request, "notices/notice_page.html", {"notice": notice})


@require_POST
def notice_read(request: Request, pk: int) -> HttpResponse:
    """Marks it read and goes where the notice points to."""
    notice = get_object_or_404(Notice.objects.visible_to(request.viewer), pk=pk)
    if not NoticeAccess(request.viewer, notice).read:
        raise PermissionDenied
    operations.mark_read(notice, by=request.viewer)
    return redirect(notice.url or "notices:list")


@require_POST
def all_read(request: Request) -> HttpResponse:
    operations.mark_all_read(by=request.viewer)
    return redirect("notices:list")


@require_safe
def by_hand(request: Request) -> HttpResponse:
    """Who has no e-mail and no account, or asked for paper; looking at names and numbers is journaled."""
    if not InboxAccess(request.viewer).tell:
        raise PermissionDenied
    deliveries = Delivery.objects.visible_to(request.viewer).by_hand().for_list()
    waiting = list(deliveries.waiting())
    told = list(deliveries.filter(state=DeliveryState.SENT).order_by("-tried_at")[:TOLD_SHOWN])
    bodies = {delivery.notice.body_id for delivery in [*waiting, *told] if delivery.notice.body_id}
    for body in sorted(bodies):
        record_read("delivery.listed", by=request.viewer, body=body)
    return render(request, "notices/by_hand.html", {"waiting": waiting, "told": told})


@require_POST
@refusals_shown
def delivery_told(request: Request, pk: int) -> HttpResponse:
    delivery = _delivery(request, pk)
    operations.mark_told(delivery, by=request.viewer)
    told = _("Đã ghi: đã báo đồng chí %(name)s.")
    messages.success(request, told % {"name": delivery.notice.member.full_name})
    return redirect(_back_to_the_line(request))


@require_POST
@refusals_shown
def told_also(request: Request, pk: int) -> HttpResponse:
    """Called, or handed over on paper, whatever way the notice was sent."""
    notice = get_object_or_404(Notice.objects.told_by(request.viewer).select_related("member"), pk=pk)
    if not NoticeAccess(request.viewer, notice).tell:
        raise PermissionDenied
    channel = Channel.PAPER if request.POST.get("channel") == Channel.PAPER else Channel.PHONE
    operations.tell_also(notice, channel, by=request.viewer)
    told = _("Đã ghi: đã báo đồng chí %(name)s.")
    messages.success(request, told % {"name": notice.member.full_name})
    return redirect(_back_to_the_line(request))


@require_POST
@refusals_shown
def mail_again(request: Request, pk: int) -> HttpResponse:
    delivery = _delivery(request, pk, Channel.EMAIL)
    operations.send_again(delivery, by=request.viewer)
    again = _("Đang gửi lại thư cho đồng chí %(name)s.")
    messages.success(request, again % {"name": delivery.notice.member.full_name})
    return redirect(_back_to_the_line(request))


@require_POST
@refusals_shown
def delivery_reopened(request: Request, pk: int) -> HttpResponse:
    delivery = _delivery(request, pk)
    operations.reopen_delivery(delivery, by=request.viewer)
    again = _("Đã hoàn tác: chưa báo đồng chí %(name)s.")
    messages.success(request, again % {"name": delivery.notice.member.full_name})
    return redirect(_back_to_the_line(request))


def _back_to_the_line(request: Request) -> str:
    """The page it came from, at the line that was pressed: `line` is the id of an element there."""
    address, line = came_from(request, "/notices/by-hand/"), request.POST.get("line", "")
    return f"{address.partition('#')[0]}#{line}" if _LINE.fullmatch(line) else address


def _delivery(request: Request, pk: int, *channels: Channel) -> Delivery:
    """One that goes by `channels`; without any, one that is told by hand."""
    deliveries = Delivery.objects.visible_to(request.viewer).select_related("notice__member")
    deliveries = deliveries.filter(channel__in=channels or BY_HAND)
    delivery: Delivery = get_object_or_404(deliveries, pk=pk)
    if not DeliveryAccess(request.viewer, delivery).tell:
        raise PermissionDenied
    return delivery
