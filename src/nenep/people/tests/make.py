"""Members for tests, made with the real verbs."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

from nenep.people.offices import appoint
from nenep.people.operations import MemberData, admit
from nenep.shared.dates import valid_on

if TYPE_CHECKING:
    from datetime import date

    from nenep.organizations.models import Body
    from nenep.people.models import Member, Office, Post

_numbers = count(1)
_NAMES = (
    "Trần Thị Bình",
    "Nguyễn Văn Đạt",
    "Lê Ánh",
    "Phạm Thị Hòa",
    "Vũ Đức Ơn",
    "Đỗ Quang Dũng",
    "Hoàng An",
)


def make_member(
    branch: Body,
    *,
    name: str | None = None,
    official: bool = True,
    post: Post | None = None,
    since: date | None = None,
    birth_year: int | None = 1970,
    **data: str | bool,
) -> Member:
    """A member of the branch since `since` (default: its founding), in the Party for two years by then.

    Official since a year before `since` unless `official=False`; `post` is held in the branch from `since` on.
    """
    number = next(_numbers)
    since = since or branch.founded_on
    years_before = [since - timedelta(days=365 * years) for years in (2, 1)]
    details = MemberData(
        code=str(data.pop("code", f"TV{number:05d}")),
        full_name=name or _NAMES[number % len(_NAMES)],
        birth_year=birth_year,
        admitted_on=years_before[0],
        official_on=years_before[1] if official else None,
        **data,  # type: ignore[arg-type]
    )
    member = admit(details, branch=branch, day=since, by=None)
    if post is not None:
        make_office(member, branch, post, since=since)
    return member


def make_members(branch: Body, number: int, **details: object) -> list[Member]:
    return [make_member(branch, **details) for _ in range(number)]  # type: ignore[arg-type]


def make_office(member: Member, body: Body, post: Post, *, since: date | None = None) -> Office:
    """A post in any body, from its founding on by default."""
    return appoint(member, body=body, post=post, day=since or body.founded_on, by=None)


def offices_of(member: Member, day: date) -> list[int]:
    """The keys of the bodies in which the member holds an office that day, in order."""
    held = member.offices.filter(valid_on(day)).order_by("body", "post")
    return list(held.values_list("body", flat=True))
