"""From an account to the plain `Viewer`: what memberships, offices and grants of a day allow, and where.

Nothing is stored: a right ends on the day its office ends.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Exists, FilteredRelation

from nenep.access.models import Grant, GrantedRole, ReadingGrant, ReadingState
from nenep.access.roles import role_table
from nenep.organizations.kinds import BRANCH_KINDS, Kind
from nenep.organizations.models import ClusterPlace
from nenep.organizations.reach import may
from nenep.people.models import Membership, Office, Post, Status, StatusPeriod
from nenep.shared.dates import today, valid_on
from nenep.shared.viewer import NOBODY, Reach, Viewer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from nenep.access.models import Account
    from nenep.access.roles import Table

BRANCH_ROLES: Mapping[str, str] = {
    Post.SECRETARY: "branch_secretary",
    Post.DEPUTY: "branch_deputy",
    Post.COMMITTEE_MEMBER: "branch_committee_member",
}
LOCAL_KINDS = frozenset({Kind.GRASSROOTS_ORGANIZATION, Kind.SECTIONAL_ORGANIZATION})
# Texts that a reading grant opens; nothing else.
READING_VERB = "meetings.read"


@dataclass(frozen=True, slots=True)
class Holding:
    """A role held in a body. An officer of a cluster reaches its bodies instead of everything below."""

    role: str
    body: int
    cluster: frozenset[int] | None = None


def viewer_of(account: Account, day: date | None = None) -> Viewer:
    """The viewer that this account is on `day` (today). A closed account is nobody."""
    return rights_of(account, day) if account.is_active else NOBODY


def rights_of(account: Account, day: date | None = None) -> Viewer:
    """The viewer that this account is, or would be if it were not closed."""
    day = day or today()
    holdings = holdings_of(account, day)
    viewer = Viewer(
        actor=account.actor,
        account_id=account.pk,
        member_id=account.member_id,
        name=account.shown_name,
        reach=reach_of(holdings, role_table()),
        roles=_roles(holdings),
        is_administrator=any(held.role == GrantedRole.ADMINISTRATOR for held in holdings),
    )
    # A reading was given to an officer: it ends with the office, before its own last day.
    asks = "readings.ask" in viewer.reach
    readings = [body for body in _readings(account, day) if may(viewer, "readings.ask", body)] if asks else []
    return replace(viewer, reach=reach_of(holdings, role_table(), readings=readings)) if readings else viewer


def plain_member(body_id: int) -> Viewer:
    """A member of this branch who is nobody in particular: to show a page as members will read it."""
    held = [Holding("member", body_id)]
    return Viewer(reach=reach_of(held, role_table()), roles=_roles(held))


def holdings_of(account: Account, day: date) -> list[Holding]:
    """Every role of the account on `day`, in at most five queries. Membership and offices rest while suspended."""
    grants = Grant.objects.filter(valid_on(day), account=account).values_list("role", "body_id")
    holdings = [Holding(role, body) for role, body in grants]
    if not account.member_id:
        return holdings
    places, stated = _places(account.member_id, day)
    if any(status == Status.SUSPENDED for status, _host in stated):
        return holdings
    hosts = [host for status, host in stated if status == Status.AWAY and host]
    offices = Office.objects.filter(valid_on(day), member=account.member_id)
    branches = [branch for branch, _holds in places]
    held = _as_office_holder(offices, day) if not places or any(holds for _branch, holds in places) else []
    return [*holdings, *(Holding("member", branch) for branch in dict.fromkeys([*branches, *hosts])), *held]


def _places(member_id: int, day: date) -> tuple[list[tuple[int, bool]], list[tuple[str, int | None]]]:
    """The own branch with whether there is any office, and (status, host) as stated.

    One statement for whoever belongs to a branch; who belongs to none may still be a guest somewhere.
    """
    offices = Office.objects.filter(valid_on(day), member=member_id)
    stated_then = FilteredRelation(
        "member__status_periods", condition=valid_on(day, prefix="member__status_periods__")
    )
    own = Membership.objects.filter(valid_on(day), member=member_id).annotate(stated_then=stated_then)
    rows = list(own.values_list("branch_id", Exists(offices), "stated_then__status", "stated_then__host_id"))
    if rows:
        stated = [(status, host) for _branch, _holds, status, host in rows if status]
        return [(branch, holds) for branch, holds, _status, _host in rows], stated
    periods = StatusPeriod.objects.filter(valid_on(day), member=member_id)
    return [], list(periods.values_list("status", "host_id"))


def reach_of(
    holdings: Iterable[Holding], table: Table, *, readings: Iterable[int] = ()
) -> Mapping[str, Reach]:
    """The role table applied to the holdings: verb -> where it is allowed. Verbs allowed nowhere are absent."""
    own: dict[str, set[int]] = defaultdict(set)
    below: dict[str, set[int]] = defaultdict(set)
    for held in holdings:
        for verb in table.verbs.values():
            if held.role in verb.own:
                own[verb.key].add(held.body)
            if held.role in verb.below:
                below[verb.key] |= {held.body} if held.cluster is None else held.cluster
                own[verb.key] |= held.cluster or set()
    for body in readings:
        own[READING_VERB].add(body)
        below[READING_VERB].add(body)
    return {
        verb: Reach(own=frozenset(own[verb]), below=frozenset(below[verb]))
        for verb in [*table.verbs]
        if own[verb] or below[verb]
    }


def _roles(holdings: Iterable[Holding]) -> Mapping[str, frozenset[int]]:
    bodies: dict[str, set[int]] = defaultdict(set)
    for held in holdings:
        bodies[held.role].add(held.body)
    return {role: frozenset(places) for role, places in bodies.items()}


def _as_office_holder(held: QuerySet[Office], day: date) -> list[Holding]:
    offices = (
        held.annotate(
            kind_then=FilteredRelation("body__kinds", condition=valid_on(day, prefix="body__kinds__")),
            edge_then=FilteredRelation("body__edges_up", condition=valid_on(day, prefix="body__edges_up__")),
        )
        .values_list("post", "body_id", "cluster_id", "kind_then__kind", "edge_then__parent_id")
        .distinct()
    )
    rows = list(offices)
    clusters = _clusters({cluster for _post, _body, cluster, _kind, _parent in rows if cluster}, day)
    holdings = []
    for post, body, cluster, kind, parent in rows:
        if role := role_for(post, kind):
            place = parent if kind == Kind.ADVISORY_UNIT and parent else body
            holdings.append(Holding(role, place, clusters[cluster] if cluster else None))
    return holdings


def role_for(post: str, kind: str | None) -> str:
    """The role that an office gives; "" when it gives none (a body that exists no more has no kind)."""
    if kind is None:
        return ""
    if post == Post.CLERK:
        return "clerk"
    if kind in BRANCH_KINDS:
        return BRANCH_ROLES.get(post, "")
    return "committee_officer" if kind in LOCAL_KINDS else "upper_officer"


def _clusters(ids: set[int], day: date) -> dict[int, frozenset[int]]:
    """The bodies of each cluster on `day`; a cluster without bodies gives no reach at all."""
    places: dict[int, set[int]] = {cluster: set() for cluster in ids}
    rows = ClusterPlace.objects.filter(valid_on(day), cluster__in=ids) if ids else []
    for place in rows:
        places[place.cluster_id].add(place.body_id)
    return {cluster: frozenset(bodies) for cluster, bodies in places.items()}


def _readings(account: Account, day: date) -> list[int]:
    given = ReadingGrant.objects.filter(valid_on(day), account=account, state=ReadingState.GIVEN)
    return list(given.values_list("body_id", flat=True))
