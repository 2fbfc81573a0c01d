"""How far a directive has come: facts of each body and counts of its members, never what was said.

Discussed: the item of a meeting that is over and has text, taken from the directive or from one that carries it out
further down. Disseminated: every member of the branch took part in that meeting or a study session or has confirmed.
Both are read from records; only acknowledging and the word that it is implemented are said by the body itself.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from nenep.directives import providers
from nenep.directives.lineage import ORIGIN, carried_by
from nenep.directives.models import Confirmation, Made, Requirement
from nenep.meetings.models import OVER, AgendaItem, Attendance
from nenep.meetings.states import Presence
from nenep.notices.models import Notice
from nenep.organizations.bulk import in_batches
from nenep.organizations.reads import names_on
from nenep.people.models import Membership, StatusPeriod
from nenep.shared.dates import today, valid_on

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from nenep.directives.models import Directive, Receipt

THERE = [one for one in Presence if not one.is_absence]
CHUNK = 800


@dataclass(slots=True)
class MemberState:
    """The facts of one member, each with its day; None where it has not happened."""

    delivered: date | None = None
    opened: date | None = None
    took_part: date | None = None
    studied: date | None = None
    confirmed: date | None = None

    @property
    def reached(self) -> date | None:
        """The first day on which the member knew of it: at a meeting, at a study session or by the own word."""
        return min(filter(None, (self.took_part, self.studied, self.confirmed)), default=None)


@dataclass(slots=True)
class BodyState:
    """What one body did with it. `members`: who of the branch is counted; {} for a committee."""

    receipt: Receipt
    name: str
    discussed_on: date | None = None
    meeting: int | None = None
    members: dict[int, MemberState] = field(default_factory=dict)
    made: int = 0
    lacking: list[Requirement] = field(default_factory=list)

    @property
    def acknowledged_on(self) -> date | None:
        at = self.receipt.acknowledged_at
        return timezone.localdate(at) if at else None

    @property
    def implemented_on(self) -> date | None:
        return self.receipt.implemented_on

    @property
    def disseminated_on(self) -> date | None:
        """When the last member was reached; None while somebody is missing."""
        days = [state.reached for state in self.members.values()]
        known = [day for day in days if day]
        return max(known) if known and len(known) == len(days) else None

    @property
    def is_idle(self) -> bool:
        """It has not turned it into a plan or a piece of work (R17)."""
        return not self.made and self.implemented_on is None

    @property
    def has_no_fact(self) -> bool:
        return not (self.discussed_on or self.disseminated_on or self.implemented_on)

    def count(self, fact: str) -> int:
        """Of how many members `fact` of `MemberState` is known."""
        return sum(getattr(state, fact) is not None for state in self.members.values())

    @property
    def delivered(self) -> int:
        return self.count("delivered")

    @property
    def opened(self) -> int:
        return self.count("opened")

    @property
    def took_part(self) -> int:
        return self.count("took_part")

    @property
    def studied(self) -> int:
        return self.count("studied")

    @property
    def confirmed(self) -> int:
        return self.count("confirmed")

    @property
    def last_confirmed_on(self) -> date | None:
        """When the last member confirmed; None while one has not."""
        days = [state.confirmed for state in self.members.values()]
        known = [day for day in days if day]
        return max(known) if known and len(known) == len(days) else None


def states_of(directive: Directive, receipts: Iterable[Receipt]) -> list[BodyState]:
    """The state of each of these receipts of one directive, in the order given; a dozen statements however many."""
    rows = list(receipts)
    if not rows:
        return []
    names = names_on({row.body_id for row in rows}, today())
    states = {row.body_id: BodyState(row, names[row.body_id]) for row in rows}
    branches = {row.body_id for row in rows if row.is_branch}
    carried = carried_by(directive.pk)
    chain = {directive.pk, *carried}
    _put_members(states, branches)
    _put_notices(states, chain)
    _put_meetings(states, branches, chain)
    _put_made(directive, states, carried)
    return list(states.values())


def counted_members(branches: Collection[int], day: date) -> list[tuple[int, int]]:
    """(branch, member) of everybody on these lists who is not exempt, suspended, away or abroad that day."""
    stated = StatusPeriod.objects.filter(valid_on(day), member=OuterRef("member"))
    found: list[tuple[int, int]] = []
    for some in in_batches(sorted(branches), CHUNK):
        rows = Membership.objects.filter(valid_on(day), ~Exists(stated), branch__in=some)
        found += rows.values_list("branch_id", "member_id")
    return found


def discussions(branches: Collection[int], chain: Collection[int]) -> dict[int, AgendaItem]:
    """Branch -> the first item under which it discussed a directive of the chain, with its `meeting`."""
    found: dict[int, AgendaItem] = {}
    for some in in_batches(sorted(branches), CHUNK):
        items = AgendaItem.objects.filter(
            ~Q(notes="", conclusion="", decision=""),
            origin_type=ORIGIN,
            origin_id__in=chain,
            meeting__status__in=OVER,
            meeting__body__in=some,
        )
        for item in items.select_related("meeting").order_by("meeting__starts_at", "pk"):
            found.setdefault(item.meeting.body_id, item)
    return found


def _put_members(states: dict[int, BodyState], branches: Collection[int]) -> None:
    for branch, member in counted_members(branches, today()):
        states[branch].members[member] = MemberState()


def _put_notices(states: dict[int, BodyState], chain: Collection[int]) -> None:
    """What reached each member, and what the member confirmed, of this directive or of one that carries it out."""
    known = defaultdict(list)
    for state in states.values():
        for member, one in state.members.items():
            known[member].append(one)
    told = Notice.objects.filter(about_type=ORIGIN, about_id__in=chain, kind__in=TELLING).order_by("pk")
    for member, at, read_at in told.values_list("member_id", "created_at", "read_at"):
        for one in known.get(member, ()):
            one.delivered = one.delivered or timezone.localdate(at)
            one.opened = one.opened or (timezone.localdate(read_at) if read_at else None)
    said = Confirmation.objects.filter(directive__in=chain).order_by("at").values_list("member_id", "at")
    for member, at in said:
        for one in known.get(member, ()):
            one.confirmed = one.confirmed or timezone.localdate(at)
    for member, day in providers.studied.ask(chain):
        for one in known.get(member, ()):
            one.studied = one.studied or day


def _put_meetings(states: dict[int, BodyState], branches: Collection[int], chain: Collection[int]) -> None:
    """Who was there, from the roll as it was frozen; a meeting entered without a roll names nobody."""
    found = discussions(branches, chain)
    meetings = [item.meeting_id for item in found.values()]
    rows = Attendance.objects.filter(meeting__in=meetings).exclude(presence__in=THERE)
    absent = set(rows.values_list("meeting_id", "member_id"))
    for branch, item in found.items():
        state, day = states[branch], timezone.localdate(item.meeting.starts_at)
        state.discussed_on, state.meeting = day, item.meeting_id
        for member, *_rest in item.meeting.roll or ():
            if member in state.members and (item.meeting_id, member) not in absent:
                state.members[member].took_part = day


def _put_made(
    directive: Directive, states: dict[int, BodyState], carried: dict[int, set[int | None]]
) -> None:
    """What a body made of a directive that carries this one out serves the same paragraphs of this one."""
    wanted = list(directive.requirements.all())
    done: dict[int, set[int | None]] = defaultdict(set)
    rows = Made.objects.told().filter(receipt__directive__in=[directive.pk, *carried])
    for body, requirement, made_of in rows.values_list(
        "receipt__body_id", "requirement_id", "receipt__directive_id"
    ):
        if body in states:
            states[body].made += 1
            done[body] |= {requirement} if made_of == directive.pk else carried[made_of]
    for body, state in states.items():
        state.lacking = [
            one for one in wanted if one.pk not in done[body] and one.is_for(branch=state.receipt.is_branch)
        ]


# The notices by which somebody gets to know of a directive: leaders at the issue, the others from their branch.
TELLING = ("directive.told", "directive.spread")
