"""Reading the meetings of a body below for a purpose: asked by an officer, answered by the branch."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nenep.access.access import ReadingAccess
from nenep.access.forms import ONE_DAY, ReadingForm, readable_places
from nenep.access.grants import ask_reading, give_reading, refuse_reading, withdraw_reading
from nenep.access.models import ReadingGrant
from nenep.journal.operations import record_read
from nenep.organizations.reads import names_on
from nenep.shared.dates import today
from nenep.shared.states import Refused
from nenep.shared.web import refusals_shown

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.access.models import Account
    from nenep.shared.web import Request

# More than that nobody finds in a list on a phone.
LISTED_AT_MOST = 30


@require_safe
def readings(request: Request) -> HttpResponse:
    """Who may read, who asks, who has read: of the own branch, and one's own requests."""
    rows = list(ReadingGrant.objects.visible_to(request.viewer).for_list())
    for body in sorted({row.body_id for row in rows if row.account_id != request.viewer.account_id}):
        record_read("readings.listed", by=request.viewer, body=body)
    names = names_on({row.body_id for row in rows}, today())
    lines = [
        (row, names[row.body_id], ReadingAccess(request.viewer, row), row.valid_to - ONE_DAY) for row in rows
    ]
    context = {"lines": lines, "asks": bool(request.viewer.where("readings.ask").below)}
    return render(request, "access/readings.html", context)


@require_http_methods(["GET", "POST"])
def reading_new(request: Request) -> HttpResponse:
    """Ask for one body; where there are too many to choose from in a list, it is looked for by name first."""
    if not request.viewer.where("readings.ask").below:
        raise PermissionDenied
    words = request.GET.get("q", "").strip()[:100]
    places = readable_places(request.viewer, words)
    count = places.count()
    if request.method == "GET" and not 0 < count <= LISTED_AT_MOST:
        return render(request, "access/reading_place.html", {"words": words, "count": count})
    form = ReadingForm(request.POST or None, places=places, initial={"valid_from": today()})
    if form.is_valid() and _asked(request, form):
        messages.success(request, _("Đã gửi. Chi bộ đồng ý thì đồng chí mới xem được."))
        return redirect("access:readings")
    context = {"form": form, "words": words}
    return render(request, "access/reading_form.html", context, status=422 if form.is_bound else 200)


@require_POST
@refusals_shown
def approval(request: Request, pk: int) -> HttpResponse:
    reading = _reading(request, pk)
    if not ReadingAccess(request.viewer, reading).give:
        raise PermissionDenied
    give_reading(reading, giver=cast("Account", request.user), by=request.viewer)
    messages.success(request, _("Đã đồng ý. Đồng chí có thể dừng việc xem bất cứ lúc nào."))
    return redirect("access:readings")


@require_POST
@refusals_shown
def refusal(request: Request, pk: int) -> HttpResponse:
    reading = _reading(request, pk)
    if not ReadingAccess(request.viewer, reading).refuse:
        raise PermissionDenied
    refuse_reading(reading, by=request.viewer)
    messages.success(request, _("Đã trả lời là không đồng ý."))
    return redirect("access:readings")


@require_POST
@refusals_shown
def withdrawal(request: Request, pk: int) -> HttpResponse:
    reading = _reading(request, pk)
    if not ReadingAccess(request.viewer, reading).withdraw:
        raise PermissionDenied
    withdraw_reading(reading, by=request.viewer)
    messages.success(request, _("Việc xem đã dừng."))
    return redirect("access:readings")


def _reading(request: Request, pk: int) -> ReadingGrant:
    found: ReadingGrant = get_object_or_404(ReadingGrant.objects.visible_to(request.viewer), pk=pk)
    return found


def _asked(request: Request, form: ReadingForm) -> bool:
    facts = form.cleaned_data
    try:
        ask_reading(
            cast("Account", request.user),
            body=facts["body"],
            purpose=facts["purpose"],
            valid_from=facts["valid_from"],
            valid_to=facts["last"] + ONE_DAY,
            by=request.viewer,
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True
