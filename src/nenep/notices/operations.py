"""Telling people: one notice for each member, one delivery for each way that reaches that member."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.notices.models import BY_HAND, Channel, Delivery, DeliveryState, Notice
from nenep.notices.pushing import send_pushes
from nenep.notices.tasks import send_mails
from nenep.notices.ways import mail_works, ways_of
from nenep.shared.dates import now
from nenep.shared.references import reference_to
from nenep.shared.states import Refused, hold, move

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import Model

    from nenep.notices.querysets import DeliveryQuerySet
    from nenep.shared.viewer import Viewer

# One task sends this many: few enough to be repeated, many enough to spare the queue.
SENT_PER_TASK = 50
ROWS_PER_INSERT = 500
# A placeholder until a records officer confirms it (privacy.yml).
KEPT = timedelta(days=730)


@transaction.atomic
def notify(
    member_ids: Iterable[int],
    *,
    kind: str,
    title: str,
    text: str = "",
    url: str = "",
    body: int | None,
    about: Model | None = None,
    by_hand: bool = True,
    by: Viewer | None,
) -> list[Notice]:
    """Tell each member once; returns the notices in the order of the member ids, doubles left out.

    `kind` is a code of the sender ("meeting.called"). `title` is a neutral line, at most 200 characters: it
    goes into e-mails, `text` does not. `url` is a path of ours. `body` is the id of the body that speaks.
    `about` is the record that it speaks of; `by_hand`: whether somebody has to bring it to those whom neither
    account nor mail reaches.
    Raises ValidationError when a line is too long or the address is not ours.
    """
    ids = list(dict.fromkeys(member_ids))
    about_type, about_id = reference_to(about)
    common = {
        "kind": kind,
        "title": title,
        "text": text,
        "url": url,
        "body_id": body,
        "about_type": about_type,
        "about_id": about_id,
        "created_at": now(),
    }
    if not ids:
        return []
    notices = [Notice(member_id=member_id, **common) for member_id in ids]
    notices[0].full_clean()  # they differ in the member only
    Notice.objects.bulk_create(notices, batch_size=ROWS_PER_INSERT)
    ways = ways_of(ids, by_hand=by_hand)
    deliveries = [way.of(notice) for notice in notices for way in ways[notice.member_id]]
    Delivery.objects.bulk_create(deliveries, batch_size=ROWS_PER_INSERT)
    record("notice.sent", by=by, body=body, kind=kind, members=len(ids))
    _post(Delivery.objects.filter(notice__in=notices))
    return notices


@transaction.atomic
def mark_read(notice: Notice, *, by: Viewer) -> None:
    """The member has seen it; a second time changes nothing."""
    if Notice.objects.filter(pk=notice.pk).unread().update(read_at=now()):
        record("notice.read", by=by, body=notice.body_id, obj=notice, subject=notice.member_id)


def mark_seen(about: Model, *, by: Viewer) -> None:
    """The acting member has opened the page of what their notices speak of; nothing is written a second time."""
    notices = Notice.objects.visible_to(by).about(about).unread()
    for body in list(notices.values_list("body_id", flat=True)[:1]):
        with transaction.atomic():
            if notices.update(read_at=now()):
                record("notice.read", by=by, body=body, obj=about, subject=by.member_id)


@transaction.atomic
def mark_all_read(*, by: Viewer) -> int:
    """Every unread notice of the acting member; returns how many there were."""
    count = Notice.objects.visible_to(by).unread().update(read_at=now())
    if count:
        record("notice.read", by=by, body=None, subject=by.member_id, notices=count)
    return int(count)


@transaction.atomic
def mark_told(delivery: Delivery, *, by: Viewer) -> None:
    """Somebody brought the paper or made the call."""
    move(delivery, DeliveryState.SENT, field="state", tried_at=now(), tries=delivery.tries + 1)
    _record_delivery("delivery.told", delivery, by=by)


@transaction.atomic
def tell_also(notice: Notice, channel: Channel, *, by: Viewer) -> Delivery:
    """Somebody called, or brought the paper, to a member whom the notice has not reached by itself.

    Ticks off what was waiting on that way, or adds the way. Raises ValueError for a channel that the program serves.
    """
    if channel not in BY_HAND:
        raise ValueError(f"{channel!r} is not told by hand; allowed are {', '.join(BY_HAND)}")
    hold(notice)
    delivery = notice.deliveries.filter(channel=channel).first()
    if delivery is None:
        delivery = Delivery.objects.create(notice=notice, channel=channel, is_added=True)
    mark_told(delivery, by=by)
    return delivery


@transaction.atomic
def reopen_delivery(delivery: Delivery, *, by: Viewer) -> None:
    """The tick was a mistake."""
    move(delivery, DeliveryState.WAITING, field="state")
    _record_delivery("delivery.reopened", delivery, by=by)
    if delivery.is_added:
        Delivery.objects.filter(pk=delivery.pk).delete()


@transaction.atomic
def send_again(delivery: Delivery, *, by: Viewer) -> None:
    """Try a mail once more that could not be delivered, to the address that the member has now."""
    if delivery.channel != Channel.EMAIL:
        raise ValueError(f"delivery {delivery.pk} goes by {delivery.channel}, not by e-mail")
    if not (delivery.notice.member.email and mail_works()):
        raise Refused(_("Đồng chí ấy chưa có địa chỉ thư điện tử. Đồng chí gọi điện hoặc đưa giấy mời."))
    move(delivery, DeliveryState.WAITING, field="state", tries=0, reason="")
    _record_delivery("delivery.sent_again", delivery, by=by)
    _post(Delivery.objects.filter(pk=delivery.pk))


@transaction.atomic
def forget_old() -> int:
    """Delete notices whose time of keeping is over (a monthly job); returns how many."""
    old = Notice.objects.filter(created_at__lt=now() - KEPT)
    count = old.count()
    if count:
        old.delete()
        record("notice.forgotten", by=None, body=None, notices=count)
    return count


def _record_delivery(verb: str, delivery: Delivery, *, by: Viewer) -> None:
    notice = delivery.notice
    record(verb, by=by, body=notice.body_id, obj=delivery, subject=notice.member_id, channel=delivery.channel)


def _post(deliveries: DeliveryQuerySet) -> None:
    """Queue what the worker delivers, after the commit; each part small enough to be repeated."""
    senders: tuple[tuple[Channel, Callable[[list[int]], object]], ...] = (
        (Channel.EMAIL, send_mails.enqueue),
        (Channel.PUSH, send_pushes.enqueue),
    )
    waiting = list(deliveries.waiting().order_by("pk").values_list("channel", "pk"))
    for channel, enqueue in senders:
        ids = [pk for way, pk in waiting if way == channel]
        for start in range(0, len(ids), SENT_PER_TASK):
            transaction.on_commit(partial(enqueue, ids[start : start + SENT_PER_TASK]))
