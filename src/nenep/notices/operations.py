"""Telling people: one notice for each member, one delivery for each way that reaches that member."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.utils.translation import gettext as _

from nenep.access.models import Account
from nenep.journal.operations import record
from nenep.notices.models import BY_HAND, Channel, Delivery, DeliveryState, Notice
from nenep.notices.tasks import send_mails
from nenep.people.models import Member
from nenep.shared.dates import now
from nenep.shared.references import reference_to
from nenep.shared.states import move

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Model

    from nenep.shared.viewer import Viewer

# One task sends this many mails: few enough to be repeated, many enough to spare the queue.
MAILS_PER_TASK = 50
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
    Delivery.objects.bulk_create(list(_deliveries(notices, by_hand=by_hand)), batch_size=ROWS_PER_INSERT)
    record("notice.sent", by=by, body=body, kind=kind, members=len(ids))
    _post_mails(notices)
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
def reopen_delivery(delivery: Delivery, *, by: Viewer) -> None:
    """The tick was a mistake."""
    move(delivery, DeliveryState.WAITING, field="state")
    _record_delivery("delivery.reopened", delivery, by=by)


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


def _deliveries(notices: list[Notice], *, by_hand: bool) -> Iterator[Delivery]:
    ids = [notice.member_id for notice in notices]
    members = Member.objects.only("email", "phone", "wants_paper").in_bulk(ids)
    # An account whose printed code was never used has no password: nobody reads its inbox.
    opened = Account.objects.filter(member__in=ids, is_active=True).exclude(
        password__startswith=UNUSABLE_PASSWORD_PREFIX
    )
    signing_in = set(opened.values_list("member_id", flat=True))
    for notice in notices:
        ways = _ways(notice, members[notice.member_id], signs_in=notice.member_id in signing_in)
        yield from (way for way in ways if by_hand or way.channel not in BY_HAND)


def _ways(notice: Notice, member: Member, *, signs_in: bool) -> Iterator[Delivery]:
    if signs_in:
        yield Delivery(
            notice=notice,
            channel=Channel.INBOX,
            state=DeliveryState.SENT,
            tried_at=notice.created_at,
            tries=1,
        )
    if member.email:
        yield _mail(notice)
    reached = signs_in or (member.email and _mail_works())
    if member.wants_paper or not reached:
        by_phone = member.phone and not member.wants_paper
        yield Delivery(notice=notice, channel=Channel.PHONE if by_phone else Channel.PAPER)


def _mail(notice: Notice) -> Delivery:
    if _mail_works():
        return Delivery(notice=notice, channel=Channel.EMAIL)
    return Delivery(
        notice=notice,
        channel=Channel.EMAIL,
        state=DeliveryState.NOT_POSSIBLE,
        reason=_("Chưa cài đặt máy chủ thư điện tử."),
    )


def _mail_works() -> bool:
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def _post_mails(notices: list[Notice]) -> None:
    waiting = Delivery.objects.filter(notice__in=notices, channel=Channel.EMAIL).waiting()
    ids = list(waiting.order_by("pk").values_list("pk", flat=True)) if _mail_works() else []
    for start in range(0, len(ids), MAILS_PER_TASK):
        part = ids[start : start + MAILS_PER_TASK]
        transaction.on_commit(partial(send_mails.enqueue, part))
