"""Who looked at or changed a member's data, for that member's eyes: never a third person's name but the actor's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from nenep.access.models import Account
from nenep.journal.models import Event
from nenep.journal.verbs import label
from nenep.organizations.reads import names_on
from nenep.people.models import Member, Office, Post
from nenep.shared.dates import today

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Look:
    at: datetime
    who: str
    role: str
    what: str
    purpose: str


def events_about(member_id: int) -> QuerySet[Event]:
    """Newest first; what the member did is no look."""
    return Event.objects.filter(subject=member_id).exclude(actor=f"member:{member_id}").order_by("-seq")


def looks(events: Iterable[Event]) -> list[Look]:
    """The events in words; a constant number of queries."""
    rows = list(events)
    names = _names({event.actor for event in rows})
    roles = _roles(rows)
    return [
        Look(
            event.at,
            names.get(event.actor, _("Chương trình")),
            roles.get(event.seq, ""),
            label(event.verb),
            event.purpose,
        )
        for event in rows
    ]


def _names(actors: set[str]) -> dict[str, str]:
    members = Member.objects.filter(pk__in=_ids(actors, "member")).values_list("pk", "full_name")
    accounts = Account.objects.select_related("member").filter(pk__in=_ids(actors, "account"))
    return {f"member:{pk}": name for pk, name in members} | {
        f"account:{account.pk}": account.shown_name for account in accounts
    }


def _roles(events: list[Event]) -> dict[int, str]:
    """The offices that the actor held on the day of the event."""
    people = _ids({event.actor for event in events}, "member")
    offices = list(Office.objects.filter(member__in=people).order_by("post"))
    bodies = names_on({office.body_id for office in offices}, today())
    found = {}
    for event in events:
        day = timezone.localdate(event.at)
        held = [
            f"{Post(office.post).label}, {bodies[office.body_id]}"
            for office in offices
            if f"member:{office.member_id}" == event.actor and office.valid_from <= day < office.valid_to
        ]
        administers = event.actor.startswith("account:")
        found[event.seq] = "; ".join(held) or (_("Quản trị chương trình") if administers else "")
    return found


def _ids(actors: set[str], kind: str) -> set[int]:
    return {int(actor.partition(":")[2]) for actor in actors if actor.startswith(f"{kind}:")}
