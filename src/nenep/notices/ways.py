"""By which ways a notice reaches each member: asked before it is sent, to show it, and when it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.utils.translation import gettext as _

from nenep.access.models import Account
from nenep.notices.models import BY_HAND, Channel, Delivery, DeliveryState, Preference, PushDevice
from nenep.people.models import Member

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nenep.notices.models import Notice


@dataclass(frozen=True, slots=True)
class Way:
    """One channel to one member. `reason` says why it will not work, for NOT_POSSIBLE."""

    channel: Channel
    state: DeliveryState = DeliveryState.WAITING
    reason: str = ""

    @property
    def is_by_hand(self) -> bool:
        return self.channel in BY_HAND

    def of(self, notice: Notice) -> Delivery:
        """The unsaved record of it; what lies in the inbox is there at once."""
        done = self.state == DeliveryState.SENT
        return Delivery(
            notice=notice,
            channel=self.channel,
            state=self.state,
            reason=self.reason,
            tries=int(done),
            tried_at=notice.created_at if done else None,
        )


def ways_of(member_ids: Iterable[int], *, by_hand: bool = True) -> dict[int, tuple[Way, ...]]:
    """Member id -> the ways of a notice sent now, as the member chose them; at most four queries.

    Whom neither account nor mail reaches is called, without a telephone gets paper; not when `by_hand` is off.
    """
    ids = list(member_ids)
    members = Member.objects.only("email", "phone", "wants_paper").in_bulk(ids)
    chosen = {row.member_id: row for row in Preference.objects.filter(member__in=ids)}
    # An account whose printed code was never used has no password: nobody reads its inbox.
    opened = Account.objects.filter(member__in=ids, is_active=True).exclude(
        password__startswith=UNUSABLE_PASSWORD_PREFIX
    )
    signing_in = set(opened.values_list("member_id", flat=True))
    pushed: set[int | None] = set()
    if settings.PUSH:
        pushed = set(PushDevice.objects.filter(account__in=opened).values_list("account__member", flat=True))
    return {
        member_id: tuple(
            way
            for way in _ways(
                members[member_id],
                chosen.get(member_id) or Preference(),
                signs_in=member_id in signing_in,
                has_push=member_id in pushed,
            )
            if by_hand or not way.is_by_hand
        )
        for member_id in ids
    }


def mail_works() -> bool:
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def _ways(member: Member, chosen: Preference, *, signs_in: bool, has_push: bool) -> Iterator[Way]:
    if signs_in:
        yield Way(Channel.INBOX, DeliveryState.SENT)
    by_mail = bool(member.email) and chosen.by_email
    if by_mail:
        yield _mail()
    if has_push:
        yield Way(Channel.PUSH)
    is_reached = signs_in or (by_mail and mail_works())
    wants_call = chosen.by_phone and bool(member.phone)
    if wants_call or not (is_reached or member.wants_paper or not member.phone):
        yield Way(Channel.PHONE)
    if member.wants_paper or not (is_reached or member.phone):
        yield Way(Channel.PAPER)


def _mail() -> Way:
    if mail_works():
        return Way(Channel.EMAIL)
    return Way(Channel.EMAIL, DeliveryState.NOT_POSSIBLE, _("Chưa cài đặt máy chủ thư điện tử."))
