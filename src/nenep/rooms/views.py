"""The room on three screens: the big one for all, the chair's, and a member's own seat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nenep.journal.operations import record_read
from nenep.meetings.happened import moved_on
from nenep.meetings.models import Presence
from nenep.meetings.rules import rules_of
from nenep.meetings.views.loading import load_item, load_meeting
from nenep.organizations.reads import name_on
from nenep.rooms import codes, operations
from nenep.rooms.forms import CheckInForm
from nenep.rooms.reads import cues_of, scene_kept, scene_of
from nenep.rooms.screen import address_for
from nenep.rooms.writing import show_life, writers_in
from nenep.shared.dates import now, today
from nenep.shared.qr import qr
from nenep.shared.web import number_in, refusals_shown, refused_into

if TYPE_CHECKING:
    from nenep.meetings.access import MeetingAccess
    from nenep.meetings.models import Meeting
    from nenep.rooms.reads import Scene
    from nenep.shared.web import Request

STOP_ASKING = 286  # htmx's word for the end of a polling


@require_GET
def screen(request: Request, pk: int) -> HttpResponse:
    """For the projector and for whoever follows on a phone: no names but those who wait to speak, no forms."""
    meeting, can = load_meeting(request, pk)
    _require_running(can)
    context = {
        "meeting": meeting,
        "scene": scene_of(meeting),
        "live": address_for(request, meeting.body_id),
        "shows_code": can.run,
        "body_name": name_on(meeting.body_id, today()),
        **(_code(request, meeting) if can.run else {}),
    }
    return render(request, "rooms/screen.html", context)


@require_GET
def code(request: Request, pk: int) -> HttpResponse:
    """The code as it is now, for a screen that asks again every few seconds; it stops when the meeting is over."""
    meeting, can = _load_for_asking(request, pk)
    if not can.run:
        return HttpResponse(_("Điểm danh đã kết thúc."), status=STOP_ASKING)
    return render(request, "rooms/_code.html", {"meeting": meeting, **_code(request, meeting)})


@require_GET
def guide(request: Request, pk: int) -> HttpResponse:
    """The chair's page: the part that is on, its time, what to say, who waits and who has not spoken."""
    meeting, _can = load_meeting(request, pk, "run")
    record_read("attendance.read", by=request.viewer, body=meeting.body_id, obj=meeting)
    scene = scene_of(meeting)
    phrases = rules_of(meeting).phrases(scene.item.category) if scene.item else None
    context = {
        "meeting": meeting,
        "scene": scene,
        "phrases": phrases,
        "live": address_for(request, meeting.body_id),
    }
    return render(request, "rooms/guide.html", context)


@require_GET
def script(request: Request, pk: int) -> HttpResponse:
    """The whole meeting as its chair would lead it, to practise at home and to print (R109).

    Whoever prepares the meeting reads it too: the paper is often printed by another than its chair.
    """
    meeting, can = load_meeting(request, pk)
    if not (can.sometime("run") or can.sometime("prepare")):
        raise PermissionDenied
    context = {"meeting": meeting, "cues": cues_of(meeting), "body_name": name_on(meeting.body_id, today())}
    return render(request, "rooms/script.html", context)


@require_POST
@refusals_shown
def present_item(request: Request, pk: int) -> HttpResponse:
    item = load_item(request, pk, "run")
    operations.move_on(item.meeting, item, by=request.viewer)
    return redirect("rooms:guide", item.meeting_id)


@require_POST
@refusals_shown
def floor(request: Request, pk: int) -> HttpResponse:
    """Give the floor to the member named in `member`; without one, whoever speaks has ended."""
    meeting, _can = load_meeting(request, pk, "run")
    if member_id := number_in(request, "member"):
        operations.give_floor(meeting, member_id, by=request.viewer)
    else:
        operations.end_turn(meeting, by=request.viewer)
    return redirect("rooms:guide", pk)


@require_POST
def writing(request: Request, pk: int) -> HttpResponse:
    """A sign of life from the form of an item, sent by the page itself while somebody types."""
    item = load_item(request, pk, "record")
    if item.meeting.is_running:
        show_life(item, by=request.viewer)
    return HttpResponse(status=204)


@require_GET
def writers(request: Request, pk: int) -> HttpResponse:
    """Who else is writing what, for a page that asks again every few seconds; it stops when the meeting is over.

    `?item=` for a page that has a place for one item alone.
    """
    meeting, can = _load_for_asking(request, pk)
    if not can.run:
        return HttpResponse(status=STOP_ASKING)
    found, only = writers_in(meeting, viewer=request.viewer), number_in(request, "item")
    shown = [(pk, names) for pk, names in found.items() if only in {0, pk}]
    return render(request, "rooms/_writers.html", {"writers": shown})


@require_GET
def seat(request: Request, pk: int) -> HttpResponse:
    """A member's own page in the room: check in, ask for the floor."""
    scene = _load_as_member(request, pk)
    return _seat(request, scene, CheckInForm(initial={"code": request.GET.get("code", "")}))


@require_POST
def check_in(request: Request, pk: int) -> HttpResponse:
    scene = _load_as_member(request, pk)
    form = CheckInForm(request.POST)
    if not ratelimit.consume(request, action="check_in", user=request.user):
        form.add_error(
            "code", _("Đồng chí đã nhập nhiều lần. Chờ một phút rồi nhập lại, hoặc nhờ thư ký điểm danh.")
        )
    elif form.is_valid():
        with refused_into(form):
            presence = operations.check_in(scene.meeting, code=form.cleaned_data["code"], by=request.viewer)
            messages.success(
                request, _("Đã điểm danh: %(presence)s.") % {"presence": Presence(presence).label.lower()}
            )
            return redirect("rooms:seat", pk)
    return _seat(request, scene, form)


@require_POST
@refusals_shown
def hand(request: Request, pk: int) -> HttpResponse:
    """Raise one's hand, or take it down."""
    meeting = _load_as_member(request, pk).meeting
    if request.POST.get("wish") == "withdraw":
        operations.withdraw_from_floor(meeting, by=request.viewer)
    else:
        operations.ask_for_floor(meeting, by=request.viewer)
        messages.success(request, _("Đã ghi: đồng chí xin phát biểu."))
    return redirect("rooms:seat", pk)


def _seat(request: Request, scene: Scene, form: CheckInForm) -> HttpResponse:
    places = [turn.member_id for turn in scene.waiting]
    own = request.viewer.member_id
    context = {
        "meeting": scene.meeting,
        "scene": scene,
        "line": scene.line_of(own),
        "form": form,
        "place": places.index(own) + 1 if own in places else 0,
        "live": address_for(request, scene.meeting.body_id),
    }
    return render(request, "rooms/seat.html", context, status=422 if form.errors else 200)


def _load_as_member(request: Request, pk: int) -> Scene:
    """The room of the running meeting, for those on its roll; others who read it have no seat in it."""
    scene = scene_kept(request.viewer, pk)
    if scene is None:
        meeting, can = load_meeting(request, pk)
        _require_running(can)
        scene = scene_of(meeting)
    if scene.line_of(request.viewer.member_id) is None:
        raise PermissionDenied
    return scene


def _require_running(can: MeetingAccess) -> None:
    if not can.meeting.is_running:
        raise moved_on(can)


def _code(request: Request, meeting: Meeting) -> dict[str, str]:
    at = now()
    seat = reverse("rooms:seat", args=[meeting.pk])
    address = request.build_absolute_uri(f"{seat}?code={codes.long_at(meeting.pk, at)}")
    return {"digits": codes.digits_at(meeting.pk, at), "qr": qr(address)}


def _load_for_asking(request: Request, pk: int) -> tuple[Meeting, MeetingAccess]:
    """For whoever may ever run the meeting; a page that asks by itself is told that it is over, not led elsewhere."""
    meeting, can = load_meeting(request, pk)
    if not can.sometime("run"):
        raise PermissionDenied
    return meeting, can
