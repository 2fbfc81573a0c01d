"""What arrivals tell `documents`, `files` and `organizations` (`apps.ready` registers it)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from nenep.arrivals.models import Arrival, ArrivalStatus, Intake
from nenep.arrivals.operations import receive
from nenep.documents.providers import Arrived, Issued
from nenep.documents.providing import title, with_spellings
from nenep.journal.operations import record
from nenep.search.operations import put_all
from nenep.search.sources import Draft
from nenep.shared.dates import today
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nenep.documents.models import Document
    from nenep.organizations.endings import Ending
    from nenep.shared.viewer import Viewer

STATES = {
    ArrivalStatus.WAITING: "waiting",
    ArrivalStatus.REGISTERED: "doing",
    ArrivalStatus.DONE: "done",
}


def receive_issued(issued: Issued) -> None:
    receive(issued.document, issued.bodies)


def readable(viewer: Viewer) -> list[Q]:
    """Papers that came to the viewer's bodies, or that the viewer handles."""
    return [Q(pk__in=Arrival.objects.visible_to(viewer).values("document"))]


def sent_to(viewer: Viewer) -> list[Q]:
    """Those of them whose issuer sent them: its files came along. What was entered by hand brings no file of others."""
    sent = Arrival.objects.visible_to(viewer).filter(sent_on__isnull=False)
    return [Q(pk__in=sent.values("document"))]


def may_see(viewer: Viewer, arrival_id: int) -> bool:
    return Arrival.objects.visible_to(viewer).filter(pk=arrival_id).exists()


def may_see_read(viewer: Viewer, intake_id: int) -> bool:
    return Intake.objects.visible_to(viewer).filter(pk=intake_id).exists()


def progress(document: Document) -> list[tuple[int, Arrived]]:
    """How far each body that the paper was sent to has come: states and days, never a name or a note."""
    return [
        (arrival.body_id, Arrived(STATES[ArrivalStatus(arrival.status)], _words(arrival)))
        for arrival in Arrival.objects.filter(document=document, sent_on__isnull=False)
    ]


def hand_over(ending: Ending) -> None:
    """What still waited for a body that ends waits for the first of its successors, unless that one has it too."""
    if not ending.successors:
        return
    successor = ending.successors[0]
    has = Arrival.objects.filter(body=successor).values("document")
    waiting = Arrival.objects.filter(body=ending.body).waiting().exclude(document__in=has)
    rows = list(waiting.select_related("document"))
    if not rows:
        return
    Arrival.objects.filter(pk__in=[arrival.pk for arrival in rows]).update(body=successor)
    for arrival in rows:
        arrival.body = successor
    put_all(rows)
    record("arrival.handed_over", by=ending.by, body=successor.pk, papers=len(rows))


def records() -> QuerySet[Arrival]:
    return Arrival.objects.select_related("document")


def draft(arrival: Arrival) -> Draft:
    """What stands in the register; of a paper from outside its words too, those of ours stand with their issuer."""
    paper = arrival.document
    day = arrival.arrived_on or arrival.sent_on or paper.issued_on or today()
    if paper.body_id is None:
        return Draft(arrival.body_id, day, title(paper), with_spellings(paper, paper.text))
    return Draft(
        arrival.body_id,
        day,
        title(paper),
        with_spellings(paper, ""),
        elsewhere=paper.text if arrival.sent_on else "",
    )


def sent() -> QuerySet[Arrival]:
    """Those that open the words of their paper to who reads the register: it was sent to this body in the system."""
    return Arrival.objects.filter(sent_on__isnull=False)


def address(arrival: Arrival) -> str:
    return reverse("arrivals:page", args=[arrival.pk])


def _words(arrival: Arrival) -> str:
    label = str(ArrivalStatus(arrival.status).label)
    day = arrival.done_on or arrival.arrived_on
    return f"{label} {day_words(day)}" if day else label
