"""How every page gets its arrival: through `visible_to`, with what the viewer may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.arrivals.access import ArrivalAccess
from nenep.arrivals.models import Arrival, ArrivalStatus, Intake
from nenep.arrivals.querysets import READ, REGISTER
from nenep.organizations.models import Body
from nenep.shared.dates import today
from nenep.shared.moved_on import MovedOn, require_verb

if TYPE_CHECKING:
    from uuid import UUID

    from nenep.shared.web import Request


def load_arrival(request: Request, pk: int, verb: str = "") -> tuple[Arrival, ArrivalAccess]:
    """404 when unseen, 403 without the right to `verb`; MovedOn when there is one, only not now."""
    arrival = get_object_or_404(Arrival.objects.visible_to(request.viewer).for_page(), pk=pk)
    can = ArrivalAccess(request.viewer, arrival)
    if verb:
        require_verb(can, verb, lambda: _late(arrival))
    return arrival, can


def load_body(request: Request, body_id: int) -> Body:
    """A body in whose register the viewer may enter papers: 404 where it is not read, 403 where it is only read."""
    if body_id in request.viewer.where(REGISTER).own:
        return get_object_or_404(Body.objects.on(today()), pk=body_id)
    if body_id in request.viewer.where(READ).own:
        raise PermissionDenied
    raise Http404


def load_intake(request: Request, once: UUID) -> Intake:
    """404 when unseen; MovedOn when the paper of it is entered."""
    if intake := Intake.objects.visible_to(request.viewer).filter(once=once).first():
        return intake
    if arrival := entered_from(request, once):
        raise _late(arrival)
    raise Http404


def entered_from(request: Request, once: UUID) -> Arrival | None:
    """What came of a file that was read, where the viewer might have entered it."""
    return Arrival.objects.filter(once=once, body__in=request.viewer.where(REGISTER).own).first()


def _late(arrival: Arrival) -> MovedOn:
    sentences = {
        ArrivalStatus.WAITING: _("Văn bản này còn chờ vào sổ."),
        ArrivalStatus.REGISTERED: _("Văn bản này đã vào sổ, số đến %(number)s.") % {"number": arrival.number},
        ArrivalStatus.DONE: _("Văn bản này đã ghi là xử lý xong."),
    }
    address = reverse("arrivals:page", args=[arrival.pk])
    return MovedOn(sentences[ArrivalStatus(arrival.status)], address, _("Xem văn bản đến"))
