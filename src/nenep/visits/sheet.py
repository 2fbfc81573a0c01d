"""The page of a roster: its branches by need, what each officer has done in a year, and the proposal for the page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import F, OuterRef, Subquery

from nenep.organizations.models import Body
from nenep.organizations.reads import rules_for
from nenep.shared.dates import month_end
from nenep.visits.models import Visit, VisitStatus
from nenep.visits.months import Month, month_of
from nenep.visits.rotation import Hand, Place, fill

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.core.paginator import Page
    from django.db.models import QuerySet

    from nenep.rulebook.values import Rule
    from nenep.visits.slots import Slot

ON_A_PAGE = 50  # as many as the board lists at once
RECENT = 3


@dataclass(frozen=True)
class Row:
    """A branch of the roster. `months_since` None: nobody of this committee has attended as yet."""

    branch_id: int
    name: str
    slot: Slot
    months_since: int | None
    recent: list[Visit]
    visit: Visit | None
    missed: list[Visit]
    problem: str

    @property
    def is_settled(self) -> bool:
        """Somebody was there: nothing is left to arrange."""
        return self.visit is not None and self.visit.is_attended


@dataclass(frozen=True, slots=True)
class Load:
    """An officer's twelve months: `given` is what was attended, missed and not told yet."""

    name: str
    posts: str
    given: int
    attended: int
    missed: int

    @property
    def untold(self) -> int:
        return self.given - self.attended - self.missed


@dataclass(frozen=True, slots=True)
class Sums:
    """The branches of the month: those with somebody who was there, with somebody assigned, with nobody."""

    all: int
    attended: int
    assigned: int

    @property
    def empty(self) -> int:
        return self.all - self.attended - self.assigned


@dataclass(frozen=True)
class Sheet:
    known: Month
    page: Page[Body]
    rows: list[Row]

    @cached_property
    def sums(self) -> Sums:
        here = [visit for branch, visit in self.known.standing.items() if branch in self.known.below]
        attended = sum(visit.is_attended for visit in here)
        return Sums(self.page.paginator.count, attended, len(here) - attended)

    @cached_property
    def loads(self) -> list[Load]:
        """Officers of today first, then who held a post when they were sent; their sums are those of all visits."""
        names = {visit.officer_id: visit.officer.full_name for visit in self.known.year}
        officers = self.known.officers
        return [self._load(one.member_id, one.name, one.posts) for one in officers.values()] + [
            self._load(member_id, name, "") for member_id, name in names.items() if member_id not in officers
        ]

    @cached_property
    def total(self) -> Load:
        loads = self.loads
        sums = (sum(getattr(load, name) for load in loads) for name in ("given", "attended", "missed"))
        return Load("", "", *sums)

    @cached_property
    def per_officer(self) -> Rule:
        return rules_for(self.known.body_id, self.known.month).rule("attend.superior_each")

    def propose(self, chosen: Mapping[int, int | None], *, each: int) -> dict[int, int]:
        """Branch -> officer for the places of this page that `chosen` leaves empty."""
        known, picture = self.known, self.known.picture(chosen)
        places = [
            Place(
                row.branch_id,
                row.slot,
                row.months_since,
                next((visit.officer_id for visit in row.recent if visit.is_attended), None),
                frozenset(
                    [one.member_id for one in known.officers.values() if one.branch_id == row.branch_id]
                    + [visit.officer_id for visit in row.missed]
                ),
            )
            for row in self.rows
            if row.branch_id not in picture and row.branch_id in known.below
        ]
        before = [visit.officer_id for visit in known.year if visit.roster.month < known.month]
        hands = []
        for member_id in known.officers:
            load = before.count(member_id) + list(picture.values()).count(member_id)
            hands.append(Hand(member_id, load, known.taken(member_id, picture)))
        return fill(places, hands, each=each)

    def _load(self, member_id: int, name: str, posts: str) -> Load:
        own = [visit for visit in self.known.year if visit.officer_id == member_id]
        attended, missed = sum(v.is_attended for v in own), sum(v.is_missed for v in own)
        return Load(name, posts, len(own), attended, missed)


def sheet_of(body_id: int, month: date, page: str | None) -> Sheet:
    found = Paginator(branches_by_need(body_id, month), ON_A_PAGE).get_page(page)
    branches = list(found.object_list)
    known = month_of(body_id, month, [branch.pk for branch in branches])
    since = {branch.pk: _months_between(branch.last_attended, month) for branch in branches}
    shown = list(since)
    if found.number == 1:
        # Whose branch has left the committee meanwhile: to be taken back.
        gone = [key for key, visit in known.standing.items() if visit.is_assigned and key not in known.below]
        shown = [*gone, *shown]
    picture = known.picture({})
    return Sheet(known, found, [_row(known, key, since.get(key), picture) for key in shown])


def branches_by_need(body_id: int, month: date) -> QuerySet[Body]:
    """The branches under the committee at the end of the month, never attended first, then the longest ago.

    `last_attended`: the last month before this one in which somebody of this committee was there. What is told of
    this month moves nothing, so the pages stay as they are while it goes on.
    """
    told = Visit.objects.filter(
        roster__body=body_id, branch=OuterRef("pk"), status=VisitStatus.ATTENDED, roster__month__lt=month
    )
    last = told.order_by("-roster__month").values("roster__month")[:1]
    branches = Body.objects.on(month_end(month)).branches().under(body_id, month_end(month))
    ordered = branches.annotate(last_attended=Subquery(last))
    return ordered.order_by(F("last_attended").asc(nulls_first=True), "code", "pk")


def _row(known: Month, branch_id: int, since: int | None, picture: Mapping[int, int]) -> Row:
    visit = known.standing.get(branch_id)
    earlier = [row for row in known.year if row.branch_id == branch_id and row.roster.month < known.month]
    problem = ""
    if visit is not None and visit.is_assigned:
        problem = known.problem(branch_id, visit.officer_id, picture)
    return Row(
        branch_id,
        known.names[branch_id],
        known.slots[branch_id],
        since,
        earlier[:RECENT],
        visit,
        known.missed.get(branch_id, []),
        problem,
    )


def _months_between(last: date | None, month: date) -> int | None:
    return None if last is None else (month.year - last.year) * 12 + month.month - last.month
