"""Making and taking back the addresses of calendars."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.crypto import salted_hmac

from nenep.access.models import Account
from nenep.calendars.models import Feed, PublicCalendar
from nenep.journal.operations import record
from nenep.organizations.turns import take_turns
from nenep.people.reads import branch_on
from nenep.shared.dates import now, today

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nenep.meetings.models import MeetingKind
    from nenep.shared.viewer import Viewer

TOKEN_BYTES = 32


@transaction.atomic
def make_feed(account_id: int, *, shows_place: bool, by: Viewer) -> str:
    """A fresh address for the calendar of an account; the one before it ends. Returns the token, which is not kept."""
    # Of two taps the later one's address holds.
    Account.objects.select_for_update(of=("self",), no_key=True).get(pk=account_id)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    feed, _is_new = Feed.objects.update_or_create(
        account_id=account_id,
        defaults={"digest": digest(token), "shows_place": shows_place, "made_at": now()},
    )
    record("calendar_feed.made", by=by, body=_home(by), obj=feed, subject=by.member_id)
    return token


@transaction.atomic
def revoke_feed(account_id: int, *, by: Viewer) -> None:
    """The address leads nowhere from now on; a second time changes nothing."""
    feed = Feed.objects.select_for_update().filter(account=account_id).first()
    if feed is not None:
        record("calendar_feed.revoked", by=by, body=_home(by), obj=feed, subject=by.member_id)
        feed.delete()


@transaction.atomic
def open_calendar(
    body_id: int, *, kinds: Sequence[MeetingKind], shows_place: bool, by: Viewer | None
) -> PublicCalendar:
    """Show these kinds of meetings to anybody; an open calendar keeps its address. At least one kind."""
    take_turns(body_id)
    calendar = PublicCalendar.objects.filter(body=body_id).first()
    verb = "public_calendar.changed" if calendar else "public_calendar.opened"
    calendar = calendar or PublicCalendar(body_id=body_id, opened_at=now())
    calendar.kinds, calendar.shows_place = [str(kind) for kind in kinds], shows_place
    calendar.full_clean()
    calendar.save()
    record(verb, by=by, body=body_id, obj=calendar, kinds=len(kinds))
    return calendar


@transaction.atomic
def close_calendar(body_id: int, *, by: Viewer | None) -> None:
    """The public address leads nowhere from now on; opened again, the calendar gets another one."""
    calendar = PublicCalendar.objects.select_for_update().filter(body=body_id).first()
    if calendar is not None:
        record("public_calendar.closed", by=by, body=body_id, obj=calendar)
        calendar.delete()


def _home(by: Viewer) -> int | None:
    return branch_on(by.member_id, today()) if by.member_id else None


def digest(token: str) -> str:
    """What is kept instead of a token: useless without the key of this installation."""
    return salted_hmac("nenep.calendars", token, algorithm="sha256").hexdigest()
