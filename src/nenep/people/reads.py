"""Questions that other modules ask about people; every one is "as of" a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from nenep.people.models import LEADERS, Member, Membership, Office, Post, Status, StatusPeriod, Term
from nenep.shared.dates import overlaps, valid_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One person that a branch counts with on a day.

    A guest is temporarily active here and counts at home: `status` is then the plain standing
    (official or probationary), while the home branch sees AWAY.
    """

    member_id: int
    name: str
    status: Status
    is_official: bool
    birth_year: int | None
    is_guest: bool = False
    wants_paper: bool = False

    @property
    def is_suspended(self) -> bool:
        return self.status == Status.SUSPENDED


def roster(branch_id: int, day: date) -> list[RosterEntry]:
    """Everybody of the branch on that day in Vietnamese order, its guests after its own; two queries."""
    own = [_entry(member, day, is_guest=False) for member in Member.objects.of_branch(branch_id, day)]
    known = {entry.member_id for entry in own}
    guests = [
        _entry(member, day, is_guest=True)
        for member in Member.objects.guests_of(branch_id, day)
        if member.pk not in known
    ]
    return own + guests


def branch_on(member_id: int, day: date) -> int | None:
    """The branch to which the member belongs that day; None for who has left or not yet come."""
    found = Membership.objects.filter(valid_on(day), member=member_id)
    return found.values_list("branch_id", flat=True).first()


def branches_between(member_id: int, start: date, end: date) -> set[int]:
    """The branches to which the member belonged or in which a guest at some time in [start, end)."""
    own = Membership.objects.filter(overlaps(start, end), member=member_id).values_list("branch_id")
    hosts = StatusPeriod.objects.filter(overlaps(start, end), member=member_id, host__isnull=False)
    return {branch for (branch,) in own.union(hosts.values_list("host_id"))}


def office_holders(body_id: int, post: Post, day: date) -> list[int]:
    """Member ids of those who hold the post in the body that day, in Vietnamese order of names."""
    held = Office.objects.filter(valid_on(day), body=body_id, post=post)
    return list(held.order_by("member__sort_key").values_list("member_id", flat=True))


def secretary_on(body_id: int, day: date) -> int | None:
    """Member id of the secretary of that day; None while there is none."""
    return next(iter(office_holders(body_id, Post.SECRETARY, day)), None)


def leaders_on(body_id: int, day: date) -> list[int]:
    """Member ids of the secretary and the deputies of that day."""
    return [member for post in LEADERS for member in office_holders(body_id, post, day)]


def signer_on(body_id: int, day: date, *, chair: int | None = None) -> tuple[Post, str]:
    """Who signs for the body: post and full name.

    The secretary of that day, whoever chaired; while there is none a deputy (regulations.md G-01), of several the one
    whose key is `chair`. Without either the name is left empty, for the pen.
    """
    held = Office.objects.filter(valid_on(day), body=body_id, post__in=LEADERS).select_related("member")
    ranked = sorted(
        held.order_by("member__sort_key"),
        key=lambda office: (LEADERS.index(Post(office.post)), office.member_id != chair),
    )
    return (Post(ranked[0].post), ranked[0].member.full_name) if ranked else (Post.SECRETARY, "")


def member_count(body_id: int, day: date) -> int:
    """How many members belong to the body or to branches below it that day; one query.

    A member who is exempt, away, abroad or suspended counts in the branch of the membership (R25, T-03).
    """
    return _memberships_under(body_id, day).count()


def counts_by_status(body_id: int, day: date) -> dict[Status, int]:
    """The same members by their status of that day; statuses that nobody has are 0."""
    members = Member.objects.under(body_id, day).with_status(day).order_by()
    found = dict(members.values_list("status").annotate(Count("pk")))
    return {status: found.get(status.value, 0) for status in Status}


def counts_of(body_ids: Iterable[int], day: date) -> dict[int, int]:
    """`member_count` of several bodies in one query."""
    rows = (
        Membership.objects.filter(
            valid_on(day), valid_on(day, prefix="branch__above__"), branch__above__ancestor__in=body_ids
        )
        .values("branch__above__ancestor")
        .annotate(count=Count("pk"))
    )
    found = {row["branch__above__ancestor"]: row["count"] for row in rows}
    return {body_id: found.get(body_id, 0) for body_id in body_ids}


def official_count(branch_id: int, day: date) -> int:
    """How many official members belong to the branch that day, whatever else their status says."""
    return Membership.objects.filter(valid_on(day), branch=branch_id, member__official_on__lte=day).count()


def term_on(body_id: int, day: date) -> Term | None:
    return Term.objects.filter(valid_on(day), body=body_id).first()


def places_of(member_id: int) -> list[tuple[int, date, date]]:
    """On which branch's list the member stood, from when to before when: the own branches and stays as a guest."""
    own = Membership.objects.filter(member=member_id).values_list("branch_id", "valid_from", "valid_to")
    stays = StatusPeriod.objects.filter(member=member_id, host__isnull=False)
    return [*own, *stays.values_list("host_id", "valid_from", "valid_to")]


def is_active(member_id: int, day: date) -> bool:
    """Whether the member belongs to any branch that day."""
    return branch_on(member_id, day) is not None


def last_membership(member_id: int) -> Membership | None:
    """The latest membership row, open or ended."""
    return Membership.objects.filter(member=member_id).order_by("-valid_from").first()


def _memberships_under(body_id: int, day: date) -> QuerySet[Membership]:
    return Membership.objects.filter(
        valid_on(day), valid_on(day, prefix="branch__above__"), branch__above__ancestor=body_id
    )


def _entry(member: Member, day: date, *, is_guest: bool) -> RosterEntry:
    is_official = member.official_on is not None and member.official_on <= day
    plain = Status.OFFICIAL if is_official else Status.PROBATIONARY
    return RosterEntry(
        member_id=member.pk,
        name=member.full_name,
        status=plain if is_guest else Status(member.status),  # type: ignore[attr-defined]
        is_official=is_official,
        birth_year=member.birth_year,
        is_guest=is_guest,
        wants_paper=member.wants_paper,
    )
