"""Web Push: tell a browser that there is something new, and nothing else.

The message is empty; its words stand in the service worker of our own pages. So whoever runs the push service learns
when a device is told, never what of, and no key for contents is kept (RFC 8030; RFC 8292 for who we are).
"""

from __future__ import annotations

import os
import tempfile
from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.utils.translation import gettext as _
from django_tasks import task
from py_vapid import Vapid02
from py_vapid.utils import b64urlencode

from nenep.notices.models import Channel, Delivery, DeliveryState, PushDevice
from nenep.notices.outgoing import NotAllowed, NotReached, post_empty
from nenep.notices.tasks import StillWaiting
from nenep.shared.dates import now
from nenep.shared.states import move

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Post = Callable[[str, Mapping[str, str]], int]

TRIES = 3
# How long the service keeps it for a phone that is off, and how long our signature holds (at most 24 hours).
KEPT, SIGNED = timedelta(days=3), timedelta(hours=12)
GONE = frozenset({404, 410})
BUSY = 429


@task  # type: ignore[untyped-decorator]
def send_pushes(delivery_ids: list[int]) -> int:
    return push(delivery_ids)


def push(delivery_ids: list[int], *, post: Post = post_empty) -> int:
    """Tell the devices of what is still waiting among these deliveries; safe to repeat. Returns how many were told.

    A device that the service no longer knows is forgotten. Raises StillWaiting when some shall be tried again.
    """
    deliveries = Delivery.objects.filter(pk__in=delivery_ids, channel=Channel.PUSH).waiting()
    waiting = list(deliveries.select_related("notice").order_by("pk"))
    devices: dict[int | None, list[PushDevice]] = defaultdict(list)
    members = [delivery.notice.member_id for delivery in waiting]
    for device in PushDevice.objects.filter(account__member__in=members).select_related("account"):
        devices[device.account.member_id].append(device)
    for delivery in waiting:
        _note(delivery, [_tell(device, post) for device in devices[delivery.notice.member_id]])
    if any(delivery.state == DeliveryState.WAITING for delivery in waiting):
        raise StillWaiting("some devices could not be told yet")
    return sum(delivery.state == DeliveryState.SENT for delivery in waiting)


def public_key() -> str:
    """What a browser is given, so that only we can tell it something: the point of our key, base64url."""
    point = _key().public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return str(b64urlencode(point))


def _tell(device: PushDevice, post: Post) -> int:
    """The status of the service's answer; 0 when there was none, -1 when the address may not be called."""
    try:
        status = post(device.endpoint, _headers(device.endpoint))
    except NotAllowed:
        return -1
    except NotReached:
        return 0
    if status in GONE:
        device.delete()
    return status


def _note(delivery: Delivery, answers: list[int]) -> None:
    """One device that was told is enough; all that is not settled is tried again."""
    changes = {"tries": delivery.tries + 1, "tried_at": now()}
    later = any(answer in {0, BUSY} or answer >= 500 for answer in answers)
    if any(200 <= answer < 300 for answer in answers):
        move(delivery, DeliveryState.SENT, field="state", reason="", **changes)
    elif later and delivery.tries + 1 < TRIES:
        Delivery.objects.filter(pk=delivery.pk).waiting().update(**changes)
        delivery.tries += 1
    else:
        move(delivery, DeliveryState.FAILED, field="state", reason=_reason(answers, later=later), **changes)


def _reason(answers: list[int], *, later: bool) -> str:
    if later:
        return _("Không nối được dịch vụ báo của trình duyệt.")
    if set(answers) <= GONE:
        return _("Máy đã tắt báo.")
    return _("Dịch vụ báo của trình duyệt từ chối.")


def _headers(endpoint: str) -> dict[str, str]:
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now() + SIGNED).timestamp()),
        "sub": settings.SITE_ADDRESS if settings.HTTPS else f"mailto:{settings.DEFAULT_FROM_EMAIL}",
    }
    signed: dict[str, str] = _key().sign(claims)
    # One topic: several that wait for the same phone become one.
    return {**signed, "TTL": str(int(KEPT.total_seconds())), "Topic": "nenep", "Urgency": "normal"}


def _key() -> Vapid02:
    """The key of this installation, made once in the data folder (mode 0600); without it every device must ask anew."""
    path = Path(settings.PUSH_KEY_FILE)
    if not path.exists():
        _make_key(path)
    return Vapid02.from_pem(path.read_bytes())


def _make_key(path: Path) -> None:
    """Written whole before it gets its name: whoever comes second uses what the first has made."""
    key = Vapid02()
    key.generate_keys()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(key.private_pem())
        os.link(name, path)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()
