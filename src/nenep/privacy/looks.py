"""Who looked at or changed a member's data, for that member's eyes: never a third person's name but the actor's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from nenep.access.models import Account
from nenep.journal.models import Event
from nenep.journal.verbs import label
from nenep.organizations.reads import names_on
from nenep.people.models import Member, Office, Post
from nenep.people.reads import places_of
from nenep.shared.dates import today

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Look:
    at: datetime
    who: str
    role: str
    what: str
    purpose: str


_list_reads: set[str] = set()


def register_list_reads(*verbs: str) -> None:
    """Called in `ready()`: what these verbs read concerns every member of a branch, in one event without subject."""
    _list_reads.update(verbs)


def events_about(member_id: int) -> QuerySet[Event]:
    """Newest first: what concerns the member alone, and lists and minutes of a branch read while it was the member's.

    What the member did is no look.
    """
    concern = Q(subject=member_id)
    for branch, start, end in places_of(member_id):
        concern |= Q(
            body=branch, verb__in=_list_reads, subject=None, at__gte=_midnight(start), at__lt=_midnight(end)
        )
    return Event.objects.filter(concern).exclude(actor=f"member:{member_id}").order_by("-seq")


def looks(events: Iterable[Event]) -> list[Look]:
    """The events in words; a constant number of queries."""
    rows = list(events)
    names = _names({event.actor for event in rows})
    roles = _roles(rows)
    branches = names_on({event.body for event in rows if event.subject is None and event.body}, today())
    return [
        Look(
            event.at,
            names.get(event.actor, _("Phần mềm")),
            roles.get(event.seq, ""),
            _what(event, branches),
            event.purpose,
        )
        for event in rows
    ]


def _what(event: Event, branches: dict[int, str]) -> str:
    """A list is named with its branch: the member may have been in several."""
    if event.subject is not None or event.body is None:
        return label(event.verb)
    return _("%(what)s: %(branch)s") % {"what": label(event.verb), "branch": branches[event.body]}


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
        found[event.seq] = "; ".join(held) or (_("Quản trị phần mềm") if administers else "")
    return found


def _midnight(day: date) -> datetime:
    """When the day begins in Vietnam."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _ids(actors: set[str], kind: str) -> set[int]:
    return {int(actor.partition(":")[2]) for actor in actors if actor.startswith(f"{kind}:")}
