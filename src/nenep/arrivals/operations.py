"""Papers enter the register of arrivals one after the other, and somebody handles each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.arrivals.models import Arrival, ArrivalStatus
from nenep.arrivals.sharing import known_paper
from nenep.documents.correcting import head_columns
from nenep.documents.models import Document
from nenep.documents.operations import locked_series, take_number
from nenep.documents.partial import day_of, is_whole
from nenep.journal.operations import record
from nenep.notices.operations import notify
from nenep.organizations.models import Body, Succession
from nenep.search.operations import put, put_all
from nenep.shared.dates import now, today
from nenep.shared.once import made_before
from nenep.shared.states import Refused, hold, move
from nenep.shared.vietnamese import clean
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from nenep.documents.models import Series
    from nenep.people.models import Member
    from nenep.shared.viewer import Viewer


@transaction.atomic
def receive(document: Document, bodies: Mapping[int, str]) -> list[Arrival]:
    """Let a paper that was just issued wait in the register of each body, with the code of its purpose.

    Of a body that ended since the day of issue it waits for the first of its successors; where there is none nobody
    could enter it, and nothing waits.
    """
    purposes = _living(bodies)
    rows = [
        Arrival(document=document, body_id=body, purpose=purpose, sent_on=today())
        for body, purpose in purposes.items()
    ]
    made = Arrival.objects.bulk_create(rows)
    put_all(made)
    return made


@transaction.atomic
def register(arrival: Arrival, *, arrived: str, number: int | None = None, by: Viewer | None) -> None:
    """Enter a waiting paper under the next number of its receiver and year (R3).

    `arrived` is the day as the stamp has it, ISO; without a year ("--09-29") the year is inferred and stays marked as
    such (R4). `number`: the one that a register on paper gave it. No number is given twice and none is left out.
    """
    hold(arrival)
    if not arrival.is_waiting and arrival.arrived_on == day_of(arrived, latest=today()):
        return  # the same page was sent again
    if not arrival.is_waiting:
        raise Refused(_("Văn bản này đã vào sổ. Đồng chí xem số đến ở trang của văn bản."))
    entry = _entry(arrival.body, arrival.document, arrived, number)
    move(arrival, ArrivalStatus.REGISTERED, **entry)
    put(arrival)
    record("arrival.registered", by=by, body=arrival.body_id, obj=arrival, number=arrival.number)


@transaction.atomic
def register_outside(
    body: Body,
    *,
    head: Mapping[str, Any],
    arrived: str,
    number: int | None = None,
    purpose: str = "",
    sha256: str = "",
    once: UUID | None = None,
    by: Viewer | None,
) -> Arrival:
    """Enter a paper from outside the system. `head`: columns of Document, with `issued` for the day of issue as ISO.

    The paper is kept once where that leaks nothing (`sharing.known_paper`); `sha256` is the digest of the file that
    came with it. Refused when this body has the paper in its register already.
    """
    series = locked_series(body, _key(_day(arrived)))
    if made := made_before(Arrival.objects.filter(body=body), once):
        return made
    columns = head_columns(head)
    document = known_paper(columns, sha256=sha256, by=by)
    if document is None:
        document = Document(registered_at=now(), **columns)
        document.full_clean()
        document.save(force_insert=True)
    _refuse_second_entry(document, body)
    arrival = Arrival(
        document=document,
        body=body,
        purpose=purpose,
        once=once,
        status=ArrivalStatus.REGISTERED,
        **_entry(body, document, arrived, number, series),
    )
    arrival.full_clean()
    arrival.save(force_insert=True)
    put(arrival)
    record("arrival.registered", by=by, body=body.pk, obj=arrival, number=arrival.number)
    return arrival


@transaction.atomic
def route(arrival: Arrival, *, handler: Member | None, due_on: date | None, by: Viewer | None) -> None:
    """Say who handles the paper by when; whoever is newly named is told (R5)."""
    hold(arrival, ArrivalStatus.REGISTERED, says=_("Văn bản này không ở bước giao xử lý nữa."))
    if due_on and arrival.arrived_on and due_on < arrival.arrived_on:
        raise Refused(_("Hạn xử lý không thể trước ngày đến."), field="due_on")
    if due_on and handler is None:
        raise Refused(_("Đồng chí chọn người xử lý trước khi ghi hạn."), field="handler")
    if (arrival.handler, arrival.due_on) == (handler, due_on):
        return
    is_new = handler is not None and arrival.handler_id != handler.pk
    arrival.handler, arrival.due_on = handler, due_on
    arrival.save(update_fields=["handler", "due_on"])
    member_id = handler.pk if handler else None
    record("arrival.routed", by=by, body=arrival.body_id, obj=arrival, subject=member_id)
    if is_new and member_id and not (by and by.member_id == member_id):
        _tell(arrival, member_id, by)


@transaction.atomic
def finish(arrival: Arrival, *, note: str, by: Viewer | None) -> None:
    """The paper is handled, today; `note` says in a line what came of it."""
    hold(arrival)
    if arrival.is_done and arrival.note == clean(note):
        return
    move(arrival, ArrivalStatus.DONE, done_on=today(), note=clean(note)[:500])
    record("arrival.done", by=by, body=arrival.body_id, obj=arrival)


@transaction.atomic
def reopen(arrival: Arrival, *, by: Viewer | None) -> None:
    """It was not done after all."""
    hold(arrival)
    if arrival.status == ArrivalStatus.REGISTERED:
        return
    move(arrival, ArrivalStatus.REGISTERED, done_on=None)
    record("arrival.reopened", by=by, body=arrival.body_id, obj=arrival)


@transaction.atomic
def follow_correction(document: Document) -> None:
    """What the registers find of a paper is what its head says now. Refused for a day after it was entered here."""
    arrivals = list(Arrival.objects.filter(document=document).select_related("document").order_by("pk"))
    entered = arrivals[0] if arrivals and document.body_id is None else None
    if entered and entered.arrived_on and document.issued_on and document.issued_on > entered.arrived_on:
        sentence = _("Ngày ban hành không thể sau ngày đến %(day)s.")
        raise Refused(sentence % {"day": day_words(entered.arrived_on)}, field="issued")
    put_all(arrivals)


def _living(bodies: Mapping[int, str]) -> dict[int, str]:
    """The bodies of today that get what was meant for `bodies`; one that is named itself keeps its own purpose."""
    there = set(Body.objects.on(today()).filter(pk__in=bodies).values_list("pk", flat=True))
    purposes = {body: purpose for body, purpose in bodies.items() if body in there}
    ended = {body: purpose for body, purpose in bodies.items() if body not in there}
    if ended:
        pairs = Succession.objects.filter(predecessor__in=ended).order_by("-pk")
        successors = dict(pairs.values_list("predecessor", "successor"))
        taken_over = {successors[body]: purpose for body, purpose in ended.items() if body in successors}
        purposes = _living(taken_over) | purposes
    return purposes


def _entry(
    body: Body, document: Document, arrived: str, number: int | None, series: Series | None = None
) -> dict[str, Any]:
    """What the register says of an arrival; takes its number, so the series is locked until the transaction ends."""
    day = _day(arrived)
    if document.issued_on and day < document.issued_on:
        sentence = _("Ngày đến %(day)s trước ngày ban hành %(issued)s. Đồng chí xem lại hai ngày.")
        raise Refused(
            sentence % {"day": day_words(day), "issued": day_words(document.issued_on)}, field="arrived"
        )
    series = series or locked_series(body, _key(day))
    return {
        "series": series,
        "number": take_number(series, number, Arrival.objects.filter(series=series)),
        "arrived_on": day,
        "arrived_as_read": "" if is_whole(arrived) else arrived,
        "registered_at": now(),
    }


def _day(arrived: str) -> date:
    day = day_of(arrived, latest=today())
    if day is None:
        raise Refused(_("Đồng chí ghi cả ngày và tháng đến."), field="arrived")
    if day > today():
        raise Refused(_("Ngày đến không thể sau hôm nay."), field="arrived")
    return day


def _key(day: date) -> str:
    return f"arrivals,year={day.year}"


def _refuse_second_entry(document: Document, body: Body) -> None:
    there = Arrival.objects.filter(document=document, body=body).first()
    if there is None:
        return
    if there.is_waiting:
        raise Refused(_("Văn bản này đã được gửi đến và đang chờ vào sổ. Đồng chí vào sổ ở danh sách chờ."))
    raise Refused(_("Văn bản này đã vào sổ, số đến %(number)d.") % {"number": there.number})


def _tell(arrival: Arrival, member_id: int, by: Viewer | None) -> None:
    due = _(" Hạn xử lý: %(day)s.") % {"day": day_words(arrival.due_on)} if arrival.due_on else ""
    notify(
        [member_id],
        kind="arrival.routed",
        title=_("Có văn bản đến giao đồng chí xử lý"),
        text=f"{arrival.document.symbol} {arrival.document.subject}.{due}".strip(),
        url=reverse("arrivals:page", args=[arrival.pk]),
        body=arrival.body_id,
        about=arrival,
        by=by,
    )
