"""What the worker carries out: e-mail after the change it speaks of is committed, and the timed jobs."""

from __future__ import annotations

import logging
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django_tasks import task

from nenep.notices.models import Channel, Delivery, DeliveryState, Schedule
from nenep.shared.dates import now
from nenep.shared.states import move

if TYPE_CHECKING:
    from django.core.mail.backends.base import BaseEmailBackend

logger = logging.getLogger(__name__)

MAIL_TRIES = 3
MAIL_TIMEOUT = 20  # seconds


class StillWaiting(Exception):
    """Some mails could not be handed over; the worker tries the task again later."""


@task  # type: ignore[untyped-decorator]
def send_mails(delivery_ids: list[int]) -> int:
    """Send what is still waiting among these deliveries; safe to repeat. Returns how many were handed over.

    A process killed between the handing over and the note of it sends that one mail again, under the same
    Message-ID, so that the member's mailbox may drop the double.
    """
    deliveries = Delivery.objects.filter(pk__in=delivery_ids, channel=Channel.EMAIL).waiting()
    waiting = list(deliveries.select_related("notice__member").order_by("pk"))
    sent = _send_all(waiting)
    if any(delivery.state == DeliveryState.WAITING for delivery in waiting):
        raise StillWaiting(f"{len(waiting) - sent} of {len(waiting)} mails are still waiting")
    return sent


@task  # type: ignore[untyped-decorator]
def run_job(name: str) -> None:
    """One run of a timed job, noted in its schedule."""
    from nenep.notices.jobs import JOBS  # noqa: PLC0415  # jobs queue this task

    if name not in JOBS:  # queued by an older version
        return
    state = Schedule.State.FAILED
    try:
        JOBS[name].run()
        state = Schedule.State.DONE
    finally:
        Schedule.objects.filter(name=name).update(last_run=now(), last_state=state)


def _send_all(waiting: list[Delivery]) -> int:
    """One connection for all; when the server cannot be reached nobody waits for it fifty times."""
    connection = get_connection(timeout=MAIL_TIMEOUT)
    try:
        connection.open()
    except OSError as error:  # SMTPException is one
        logger.warning("mail server: %s", type(error).__name__)
        for delivery in waiting:
            _note_failure(delivery, error)
        return 0
    try:
        return sum(_send(delivery, connection) for delivery in waiting)
    finally:
        connection.close()


def _send(delivery: Delivery, connection: BaseEmailBackend) -> bool:
    try:
        _mail_of(delivery, connection).send()
    except OSError as error:
        logger.warning("mail of delivery %s failed: %s", delivery.pk, type(error).__name__)
        _note_failure(delivery, error)
        return False
    tries = delivery.tries + 1
    move(delivery, DeliveryState.SENT, field="state", tries=tries, tried_at=now(), reason="")
    return True


def _note_failure(delivery: Delivery, error: OSError) -> None:
    tries, reason = delivery.tries + 1, _reason(error)
    if tries >= MAIL_TRIES or _is_final(error):
        move(delivery, DeliveryState.FAILED, field="state", tries=tries, tried_at=now(), reason=reason)
        return
    delivery.tries, delivery.tried_at, delivery.reason = tries, now(), reason
    delivery.save(update_fields=["tries", "tried_at", "reason"])


def _is_final(error: OSError) -> bool:
    """A 5xx answer about the mailbox will not get better; a 4xx ("busy, come again") may."""
    return isinstance(error, SMTPRecipientsRefused) and all(
        code >= 500 for code, _message in error.recipients.values()
    )


def _reason(error: OSError) -> str:
    if isinstance(error, SMTPRecipientsRefused):
        return _("Địa chỉ thư điện tử không nhận được thư.")
    if isinstance(error, SMTPException):
        return _("Máy chủ thư từ chối gửi.")
    return _("Không nối được máy chủ thư.")


def mail_text(title: str, url: str) -> str:
    """What an e-mail about a notice says: its neutral line and where the rest is read."""
    return render_to_string("notices/mail.txt", {"title": title, "address": f"{settings.SITE_ADDRESS}{url}"})


def _mail_of(delivery: Delivery, connection: BaseEmailBackend) -> EmailMessage:
    """The neutral text: the title and where to read the rest, never the content."""
    notice = delivery.notice
    text = mail_text(notice.title, notice.url)
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    return EmailMessage(
        " ".join(notice.title.split()),  # a line break would start another header
        text,
        to=[notice.member.email],
        headers={"Message-ID": f"<nenep-{delivery.pk}-{notice.created_at:%Y%m%d%H%M%S}@{domain}>"},
        connection=connection,
    )
