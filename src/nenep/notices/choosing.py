"""How a member wants to be told, and which devices are told that there is something new."""

from __future__ import annotations

from hashlib import sha256
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from nenep.access.devices import machine_of
from nenep.journal.operations import record
from nenep.notices.models import Preference, PushDevice
from nenep.notices.outgoing import is_push_service
from nenep.people.operations import correct
from nenep.shared.dates import now
from nenep.shared.states import Refused, hold

if TYPE_CHECKING:
    from django.http import HttpRequest

    from nenep.access.models import Account
    from nenep.people.models import Member
    from nenep.shared.viewer import Viewer

# A person has a few; more are an address list that somebody fills.
MOST_DEVICES = 10
# By its cookie a browser knows which device it is.
COOKIE = "push_device"


@transaction.atomic
def choose_ways(member: Member, *, by_email: bool, by_phone: bool, wants_paper: bool, by: Viewer) -> None:
    """What holds from the next notice on. The inbox stays in any case, for whoever signs in."""
    hold(member)
    if by_phone and not member.phone:
        raise Refused(_("Đồng chí ghi số điện thoại trước, rồi mới chọn cách này."), field="by_phone")
    correct(member, wants_paper=wants_paper, by=by)
    Preference.objects.update_or_create(member=member, defaults={"by_email": by_email, "by_phone": by_phone})
    record("preference.chosen", by=by, body=None, obj=member, subject=member.pk)


@transaction.atomic
def add_device(account: Account, *, endpoint: str, user_agent: str, by: Viewer) -> str:
    """Tell this browser from now on; returns the mark that it keeps in a cookie. Somebody else's use of it ends.

    Refused for an address that is none of a push service, and when there are too many devices.
    """
    if not (settings.PUSH and is_push_service(endpoint)):
        raise Refused(_("Trình duyệt này không dùng được cách báo của phần mềm. Đồng chí chọn cách khác."))
    hold(account)
    PushDevice.objects.filter(endpoint=endpoint).delete()
    if account.push_devices.count() >= MOST_DEVICES:
        raise Refused(_("Đồng chí đã bật trên nhiều máy. Đồng chí tắt bớt máy không dùng rồi bật lại."))
    mark = token_urlsafe(24)
    device = PushDevice(
        account=account,
        endpoint=endpoint,
        digest=_digest(mark),
        machine=machine_of(user_agent),
        added_at=now(),
    )
    device.full_clean()
    device.save()
    record("push.added", by=by, body=None, obj=device, subject=account.member_id)
    return mark


@transaction.atomic
def remove_device(device: PushDevice, *, by: Viewer) -> None:
    record("push.removed", by=by, body=None, obj=device, subject=device.account.member_id)
    device.delete()


def is_here(device: PushDevice, mark: str) -> bool:
    """Whether it is the browser that keeps this mark."""
    return bool(mark) and device.digest == _digest(mark)


class Forgetting:
    """Follows signing out (`access.signing_out`)."""

    def elsewhere(self, account_id: int) -> None:
        """No device hears of the account any more: a lost one cannot be told from the others."""
        PushDevice.objects.filter(account=account_id).delete()

    def here(self, account_id: int, request: HttpRequest) -> None:
        if mark := request.COOKIES.get(COOKIE):
            PushDevice.objects.filter(account=account_id, digest=_digest(mark)).delete()


def _digest(mark: str) -> str:
    return sha256(mark.encode()).hexdigest()
