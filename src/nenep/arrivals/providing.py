"""What arrivals tell `documents`, `files` and `organizations` (`apps.ready` registers it)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from nenep.arrivals.models import Arrival, ArrivalStatus
from nenep.arrivals.operations import receive
from nenep.documents.providers import Arrived
from nenep.journal.operations import record
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nenep.documents.models import Document
    from nenep.organizations.endings import Ending
    from nenep.shared.viewer import Viewer

STATES = {
    ArrivalStatus.WAITING: "waiting",
    ArrivalStatus.REGISTERED: "doing",
    ArrivalStatus.DONE: "done",
}


def receive_issued(document: Document, bodies: Mapping[int, str], _by: Viewer | None) -> None:
    receive(document, bodies)


def readable(viewer: Viewer) -> Q:
    """Papers that came to the viewer's bodies, or that the viewer handles."""
    return Q(pk__in=Arrival.objects.visible_to(viewer).values("document"))


def sent_to(viewer: Viewer) -> Q:
    """Those of them whose issuer sent them: its files came along. What was entered by hand brings no file of others."""
    sent = Arrival.objects.visible_to(viewer).filter(sent_on__isnull=False)
    return Q(pk__in=sent.values("document"))


def may_see(viewer: Viewer, arrival_id: int) -> bool:
    return Arrival.objects.visible_to(viewer).filter(pk=arrival_id).exists()


def progress(document: Document) -> dict[int, Arrived]:
    """How far each body that the paper was sent to has come: states and days, never a name or a note."""
    return {
        arrival.body_id: Arrived(STATES[ArrivalStatus(arrival.status)], _words(arrival))
        for arrival in Arrival.objects.filter(document=document, sent_on__isnull=False)
    }


def hand_over(ending: Ending) -> None:
    """What still waited for a body that ends waits for the first of its successors, unless that one has it too."""
    if not ending.successors:
        return
    successor = ending.successors[0]
    has = Arrival.objects.filter(body=successor).values("document")
    waiting = Arrival.objects.filter(body=ending.body).waiting().exclude(document__in=has)
    if moved := waiting.update(body=successor):
        record("arrival.handed_over", by=ending.by, body=successor.pk, papers=moved)


def _words(arrival: Arrival) -> str:
    label = str(ArrivalStatus(arrival.status).label)
    day = arrival.done_on or arrival.arrived_on
    return f"{label} {day_words(day)}" if day else label
