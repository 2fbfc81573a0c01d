"""What is known of one committee's visits in one month: its officers, their hours, and what speaks against a choice."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from nenep.organizations.kinds import Kind
from nenep.organizations.models import Closure
from nenep.organizations.reads import names_on
from nenep.people.models import Membership, Office, Post, Status, StatusPeriod
from nenep.shared.dates import month_end, month_start, previous_month, today, today_within, valid_on
from nenep.shared.words import moment_words
from nenep.visits.models import Roster, Visit, VisitStatus
from nenep.visits.slots import slots_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from nenep.visits.slots import Slot

LOOKS_BACK = 12  # months, the one that is arranged included


@dataclass(frozen=True, slots=True)
class Officer:
    """Who may be sent: `posts` as people call them, `branch_id` the branch that the officer is a member of."""

    member_id: int
    name: str
    posts: str
    branch_id: int | None


@dataclass(frozen=True)
class Month:
    """`year`: visits of this committee in the twelve months that end with this one, those taken back left out;
    `elsewhere`: what its officers attend this month for other committees; `below`: of the bodies that are spoken of
    those that stand under the committee at the end of the month.
    """

    body_id: int
    month: date
    roster: Roster | None
    officers: Mapping[int, Officer]
    year: list[Visit]
    elsewhere: list[Visit]
    slots: Mapping[int, Slot]
    names: Mapping[int, str]
    below: frozenset[int]

    @property
    def revision(self) -> int:
        return self.roster.revision if self.roster else 0

    @property
    def is_over(self) -> bool:
        return self.month < month_start(today())

    @cached_property
    def standing(self) -> dict[int, Visit]:
        """Branch -> the visit that holds its place this month."""
        rows = (visit for visit in self.year if visit.roster.month == self.month and not visit.is_missed)
        return {visit.branch_id: visit for visit in rows}

    @cached_property
    def missed(self) -> dict[int, list[Visit]]:
        """Branch -> who was to come this month and cannot."""
        found = defaultdict(list)
        for visit in self.year:
            if visit.roster.month == self.month and visit.is_missed:
                found[visit.branch_id].append(visit)
        return dict(found)

    def picture(self, chosen: Mapping[int, int | None]) -> dict[int, int]:
        """Branch -> officer as it would stand with these choices."""
        stored = {branch: visit.officer_id for branch, visit in self.standing.items()}
        return {branch: officer for branch, officer in (stored | dict(chosen)).items() if officer}

    def changes(self, chosen: Mapping[int, int | None]) -> dict[int, int | None]:
        """The choices that differ from what is stored."""
        stored = self.picture({})
        return {branch: officer for branch, officer in chosen.items() if stored.get(branch) != officer}

    def problem(self, branch_id: int, officer_id: int, picture: Mapping[int, int]) -> str:
        """Why this officer cannot go to this branch, in a sentence that says what to do; "" when nothing is wrong."""
        branch, slot = self.names[branch_id], self.slots[branch_id]
        if branch_id not in self.below:
            sentence = _("%(branch)s không còn trực thuộc trong tháng này. Đồng chí bỏ phân công.")
            return sentence % {"branch": branch}
        if slot.is_off:
            return _("%(branch)s không họp tháng này. Đồng chí bỏ phân công.") % {"branch": branch}
        officer = self.officers.get(officer_id)
        if officer is None:
            sentence = _("Người dự %(branch)s không còn giữ chức vụ. Đồng chí chọn đồng chí khác.")
            return sentence % {"branch": branch}
        words = {"name": officer.name, "branch": branch}
        if officer.branch_id == branch_id:
            sentence = _("Đồng chí %(name)s là đảng viên của chính %(branch)s. Đồng chí chọn đồng chí khác.")
            return sentence % words
        for other_id in self._others(officer_id, branch_id, picture):
            other = self.slots[other_id]
            if slot.clashes(other):
                words |= {
                    "time": moment_words(slot.starts_at),
                    "other": self.names[other_id],
                    "other_time": moment_words(other.starts_at),
                }
                sentence = _(
                    "Đồng chí %(name)s không dự được cả %(branch)s lúc %(time)s và %(other)s lúc %(other_time)s. "
                    "Đồng chí chọn người khác cho một chi bộ."
                )
                return sentence % words
        return ""

    def taken(self, officer_id: int, picture: Mapping[int, int]) -> list[Slot]:
        """The hours that the officer gives to branches this month."""
        return [self.slots[branch_id] for branch_id in self._others(officer_id, None, picture)]

    def _others(self, officer_id: int, branch_id: int | None, picture: Mapping[int, int]) -> list[int]:
        own = [branch for branch, officer in picture.items() if officer == officer_id and branch != branch_id]
        away = [visit.branch_id for visit in self.elsewhere if visit.officer_id == officer_id]
        return [*own, *(branch for branch in away if branch != branch_id)]


def month_of(body_id: int, month: date, branch_ids: Iterable[int]) -> Month:
    """As it stands now, about these branches and those that have a visit; the same statements whatever their number."""
    officers = officers_of(body_id, today_within(month, month_end(month)))
    year = list(
        Visit.objects.filter(roster__body=body_id, roster__month__range=(_first(month), month))
        .exclude(status=VisitStatus.DROPPED)
        .for_page()
        .order_by("-roster__month", "-pk")
    )
    here = [visit for visit in year if visit.roster.month == month]
    asked = {*officers, *(visit.officer_id for visit in here)}
    elsewhere = list(
        Visit.objects.standing()
        .of_month(month)
        .filter(officer__in=asked)
        .exclude(roster__body=body_id)
        .for_page()
    )
    ids = {*branch_ids, *(visit.branch_id for visit in [*here, *elsewhere])}
    under = Closure.objects.filter(
        valid_on(month_end(month)), ancestor=body_id, depth__gt=0, descendant__in=ids
    )
    return Month(
        body_id=body_id,
        month=month,
        roster=Roster.objects.filter(body=body_id, month=month).first(),
        officers=officers,
        year=year,
        elsewhere=elsewhere,
        slots=slots_of(body_id, ids, month),
        names=names_on(ids, month_end(month)),
        below=frozenset(under.values_list("descendant", flat=True)),
    )


def officers_of(body_id: int, day: date) -> dict[int, Officer]:
    """Who holds a post in the committee that day, in Vietnamese order; not its clerk, and nobody who is suspended."""
    suspended = StatusPeriod.objects.filter(
        valid_on(day), status=Status.SUSPENDED, member=OuterRef("member_id")
    )
    held = Office.objects.filter(valid_on(day), ~Exists(suspended), body=body_id).exclude(post=Post.CLERK)
    posts: dict[int, list[str]] = defaultdict(list)
    names: dict[int, str] = {}
    for office in held.select_related("member").order_by("member__sort_key", "member", "post"):
        names[office.member_id] = office.member.full_name
        posts[office.member_id].append(Post(office.post).called_in(Kind.COMMITTEE))
    branches = dict(
        Membership.objects.filter(valid_on(day), member__in=names).values_list("member_id", "branch_id")
    )
    return {
        member_id: Officer(
            member_id, name, ", ".join(dict.fromkeys(posts[member_id])), branches.get(member_id)
        )
        for member_id, name in names.items()
    }


def _first(month: date) -> date:
    """The first of the twelve months that end with this one."""
    for _step in range(LOOKS_BACK - 1):
        month = previous_month(month)
    return month
