"""Invented members: 3,918 of them on 29/9/2015, their comings and goings before and after, their offices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from nenep.demo.bodies import BLOC, SUCCEEDED_ON, SUCCESSOR, branch_codes, clusters_of
from nenep.demo.names import ORGANIZATIONS, invent_name
from nenep.people.models import Post, Status
from nenep.shared.dates import FOREVER

if TYPE_CHECKING:
    from collections.abc import Iterator

REPORTED_ON = date(2015, 9, 29)
MEMBERS_REPORTED = 3918
# Since this day the program holds memberships; whoever was there before joined the record on it.
RECORD_BEGINS = date(2010, 7, 1)
# Members of a branch who stay all the time: its secretaries and deputies come from them.
CORE = 4


@dataclass(frozen=True, slots=True)
class Person:
    """A member with one membership. `status` is a stated period (exempt, away, abroad) or None."""

    code: str
    full_name: str
    birth_year: int
    admitted_on: date
    official_on: date | None
    branch: str
    joined_on: date
    left_on: date
    phone: str
    wants_paper: bool
    status: tuple[Status, date, date] | None = None


@dataclass(frozen=True, slots=True)
class Held:
    member: str
    body: str
    post: Post
    valid_from: date
    valid_to: date = FOREVER
    cluster: str = ""


def people(today: date) -> list[Person]:
    """All members ever, branch by branch. `today` bounds what may have happened since 2015."""
    rng = Random("people")  # noqa: S311  # invented people, not a secret
    sizes = branch_sizes()
    rows: list[Person] = []
    for code, size in sizes.items():
        rows += [_seat(rng, code, len(rows) + place, place, today) for place in range(size)]
        for _gone in range(round(size * 0.1)):
            rows.append(_gone_before(rng, code, len(rows)))
        for _new in range(round(size * 0.35)):
            rows.append(_came_since(rng, code, len(rows), today))
    return rows


def branch_sizes() -> dict[str, int]:
    """How many members each branch had on 29/9/2015; together exactly the number of the report."""
    rng = Random("sizes")  # noqa: S311
    codes = branch_codes()
    sizes = {code: rng.choice((7, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 22, 25, 28)) for code in codes}
    missing = MEMBERS_REPORTED - sum(sizes.values())
    step = 1 if missing > 0 else -1
    while missing:
        code = rng.choice(codes)
        if 6 < sizes[code] + step < 40:
            sizes[code] += step
            missing -= step
    return sizes


def offices(rows: list[Person]) -> list[Held]:
    """Secretaries, deputies and committees of branches; committees, officers and clerks above them."""
    by_branch: dict[str, list[Person]] = {}
    for row in rows:
        by_branch.setdefault(row.branch, []).append(row)
    held = [office for seats in by_branch.values() for office in _branch_offices(seats)]
    held += _organization_offices(by_branch)
    return [*held, *_bloc_offices(by_branch)]


def _seat(rng: Random, branch: str, number: int, place: int, today: date) -> Person:
    """Somebody who was there on 29/9/2015. The first ones are the branch's core and stay."""
    is_core = place < CORE
    birth = rng.randint(1962, 1976) if is_core else rng.randint(1955, 1990)
    came_later = not is_core and rng.random() < 0.3
    joined = (
        _day(rng, RECORD_BEGINS + timedelta(days=20), REPORTED_ON - timedelta(days=40))
        if came_later
        else RECORD_BEGINS
    )
    left = FOREVER
    if not is_core and rng.random() < 0.42:
        left = _day(rng, date(2015, 11, 1), today - timedelta(days=60))
    return _person(
        rng, branch, number, birth, joined, left, admitted_by=date(2008, 1, 1) if is_core else None
    )


def _gone_before(rng: Random, branch: str, number: int) -> Person:
    left = _day(rng, date(2010, 10, 1), REPORTED_ON - timedelta(days=10))
    return _person(rng, branch, number, rng.randint(1950, 1975), RECORD_BEGINS, left)


def _came_since(rng: Random, branch: str, number: int, today: date) -> Person:
    joined = _day(rng, REPORTED_ON + timedelta(days=30), today - timedelta(days=60))
    return _person(rng, branch, number, rng.randint(1972, 2000), joined, FOREVER)


def _person(
    rng: Random,
    branch: str,
    number: int,
    birth: int,
    joined: date,
    left: date,
    admitted_by: date | None = None,
) -> Person:
    """`admitted_by`: those who hold offices were in the Party well before the record begins."""
    earliest, latest = date(birth + 21, 1, 1), min(joined, date(birth + 45, 1, 1), admitted_by or joined)
    came_as_new = admitted_by is None and rng.random() < 0.35
    admitted = joined if latest <= earliest or came_as_new else _day(rng, earliest, latest)
    # Twelve months of probation; those admitted within the last year are still probationary.
    official: date | None = admitted + timedelta(days=366)
    status = None
    if left == FOREVER and rng.random() < 0.03:  # drawn for everybody, so that the others stay as they are
        kind = rng.choice((Status.EXEMPT, Status.EXEMPT, Status.AWAY, Status.ABROAD))
        since = max(joined, date(2025, 6, 1))
        away_until = max(date(2027, 6, 1), since + timedelta(days=500))
        status = (kind, since, FOREVER if kind == Status.EXEMPT else away_until)
    if admitted_by is not None:
        status = None  # who leads the branch attends its meetings
    return Person(
        code=f"DV{number + 1:05d}",
        full_name=invent_name(rng),
        birth_year=birth,
        admitted_on=admitted,
        official_on=official,
        branch=branch,
        joined_on=joined,
        left_on=left,
        phone=f"09{rng.randint(10_000_000, 99_999_999)}" if rng.random() < 0.9 else "",
        wants_paper=birth < 1960 and rng.random() < 0.4,
        status=status,
    )


def _branch_offices(seats: list[Person]) -> Iterator[Held]:
    """Two secretaries in a row, each with a deputy; a committee where the branch has nine official members."""
    core = [seat for seat in seats[:CORE] if seat.left_on == FOREVER]
    changed_on = date(2020, 6, 1)
    first, second, third = core[0].code, core[1].code, core[2].code
    branch = seats[0].branch
    yield Held(first, branch, Post.SECRETARY, RECORD_BEGINS, changed_on)
    yield Held(second, branch, Post.DEPUTY, RECORD_BEGINS, changed_on)
    yield Held(second, branch, Post.SECRETARY, changed_on)
    yield Held(third, branch, Post.DEPUTY, changed_on)
    if len(seats) >= 9:
        yield Held(third, branch, Post.COMMITTEE_MEMBER, RECORD_BEGINS, changed_on)
        yield Held(core[3].code, branch, Post.COMMITTEE_MEMBER, RECORD_BEGINS)


def _organization_offices(by_branch: dict[str, list[Person]]) -> Iterator[Held]:
    for number, (_unit, _kind, how_many) in enumerate(ORGANIZATIONS, 1):
        home, other = by_branch[f"CB{number:02d}01"], by_branch[f"CB{number:02d}{min(2, how_many):02d}"]
        body = f"DB{number:02d}"
        ends = SUCCEEDED_ON if number in (4, 5) else FOREVER
        yield Held(home[0].code, body, Post.SECRETARY, RECORD_BEGINS, ends)
        yield Held(other[0].code, body, Post.DEPUTY, RECORD_BEGINS, ends)
        yield Held(home[3].code, body, Post.OFFICER, RECORD_BEGINS, ends)
        yield Held(other[3].code, body, Post.CLERK, RECORD_BEGINS, ends)
    yield Held(by_branch["CB0401"][0].code, "DB37", Post.SECRETARY, SUCCEEDED_ON)
    yield Held(by_branch["CB0501"][0].code, "DB37", Post.DEPUTY, SUCCEEDED_ON)
    yield Held(by_branch["CB0401"][3].code, "DB37", Post.OFFICER, SUCCEEDED_ON)


def _bloc_offices(by_branch: dict[str, list[Person]]) -> Iterator[Held]:
    """The bloc's committee, an officer of each board, an officer for each cluster, a clerk; the successor's too."""
    leaders = by_branch["CS01"]
    for top, start, end in ((BLOC, RECORD_BEGINS, SUCCEEDED_ON), (SUCCESSOR, SUCCEEDED_ON, FOREVER)):
        yield Held(leaders[0].code, top, Post.SECRETARY, start, end)
        yield Held(by_branch["CS02"][0].code, top, Post.DEPUTY, start, end)
        for place, board in enumerate(("BTC", "BTG", "UBKT", "VP")):
            yield Held(by_branch[f"CS{place + 1:02d}"][3].code, f"{top}-{board}", Post.OFFICER, start, end)
        # Not in the organization board: its one officer follows all clusters and is the demo's upper officer.
        for place, cluster in enumerate(clusters_of(top)):
            board = ("BTG", "UBKT", "VP")[place % 3]
            officer = by_branch[f"CS{place + 7:02d}"][3].code
            yield Held(officer, f"{top}-{board}", Post.OFFICER, start, end, cluster)
        yield Held(by_branch["CS06"][3].code, top, Post.CLERK, start, end)


def _day(rng: Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randint(0, max(0, (last - first).days)))
