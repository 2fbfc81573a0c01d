"""The officer's board: my branches, this month's steps. States and counts, never a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, Exists, F, FilteredRelation, Q, Value, When
from django.utils import timezone

from nenep.meetings.models import Meeting, MeetingKind, MeetingStatus
from nenep.meetings.progress import Step, conclude_by, concluded_by, meeting_day, steps_of
from nenep.meetings.rules import with_rules
from nenep.organizations.kinds import Kind
from nenep.organizations.models import Body, Closure
from nenep.organizations.reach import within
from nenep.organizations.reads import scoped_bodies
from nenep.rulebook.loader import library
from nenep.rulebook.rules import rules_on
from nenep.shared.dates import month_end, valid_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from nenep.shared.viewer import Viewer

VERB = "meetings.see_state"
UPPER_KINDS = (Kind.CENTRE, Kind.PROVINCE, Kind.COMMITTEE)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One branch in one month; `meeting` is None where nothing was planned."""

    body: Body
    meeting: Meeting | None
    steps: list[Step]
    days_late: int

    @property
    def present(self) -> Step:
        """The step to speak of when there is room for one: the first that is late, else the first not done."""
        late = (step for step in self.steps if step.state == "overdue")
        return next(late, next(step for step in self.steps if step.state != "done"))


@dataclass(slots=True)
class Counts:
    """How many branches stand where. The six states add up to `all`; `late` and `needed` cut across them."""

    adopted: int = 0
    held: int = 0
    called: int = 0
    planned: int = 0
    not_held: int = 0
    missing: int = 0
    late: int = 0
    is_coming: bool = False  # a month that has not begun: nobody has to have planned it

    @property
    def all(self) -> int:
        return self.adopted + self.held + self.called + self.planned + self.not_held + self.missing

    @property
    def needed(self) -> int:
        return self.late if self.is_coming else self.late + self.missing

    def add(self, status: str | None, is_late: bool, branches: int) -> None:
        state = _STATES[status]
        setattr(self, state, getattr(self, state) + branches)
        self.late += branches if is_late else 0


_STATES: dict[str | None, str] = {
    None: "missing",
    MeetingStatus.PLANNED: "planned",
    MeetingStatus.CALLED: "called",
    MeetingStatus.OPENED: "held",
    MeetingStatus.CLOSED: "held",
    MeetingStatus.ADOPTED: "adopted",
    MeetingStatus.NOT_HELD: "not_held",
}


@dataclass(slots=True)
class Part:
    """A body between the viewer and the branches, with the sums of the branches in it."""

    body: Body
    counts: Counts = field(default_factory=Counts)


def branches_of(viewer: Viewer, month: date, search: str = "", under: Body | None = None) -> QuerySet[Body]:
    """The branches whose states the viewer may see, as they stood at the end of the month, in order."""
    day = month_end(month)
    branches = Body.objects.on(day).branches().filter(within(viewer, VERB, field="pk"))
    if under:
        branches = branches.filter(valid_on(day, prefix="above__"), above__ancestor=under)
    return (branches.search(search, day) if search else branches).in_order()


def with_states(branches: QuerySet[Body], month: date, today: date) -> QuerySet[Body]:
    """The same with the `status` of the month's meeting (None without one) and whether it `is_late`."""
    meeting = Q(meetings__month=month, meetings__kind=MeetingKind.REGULAR)
    meeting &= ~Q(meetings__status=MeetingStatus.CANCELLED)
    return branches.alias(meeting_then=FilteredRelation("meetings", condition=meeting)).annotate(
        status=F("meeting_then__status"),
        is_late=Case(
            When(late_on(today, month, prefix="meeting_then__"), then=Value(True)), default=Value(False)
        ),
    )


def in_state(branches: QuerySet[Body], state: str, *, is_coming: bool) -> QuerySet[Body]:
    """Of `with_states`: those that `Counts` counts under this name, the late ones first, then the missing."""
    needed = Q(is_late=True) if is_coming else Q(is_late=True) | Q(status=None)
    statuses = [status for status, name in _STATES.items() if name == state and status]
    conditions = {"all": Q(), "needed": needed, "late": Q(is_late=True), "missing": Q(status=None)}
    urgency = Case(When(is_late=True, then=0), When(status=None, then=1), default=2)
    return branches.filter(conditions.get(state, Q(status__in=statuses))).order_by(urgency, "code", "pk")


def counts_of(branches: QuerySet[Any], *, is_coming: bool) -> Counts:
    """Of `with_states`: one statement, at most twelve rows."""
    counts = Counts(is_coming=is_coming)
    for state in branches.order_by().values_list("status", "is_late").annotate(Count("pk")):
        counts.add(*state)
    return counts


def unexplained(branches: QuerySet[Body]) -> QuerySet[Body]:
    """Of `with_states`: whose month is over without a meeting and without a reason why."""
    waiting = Q(is_late=True, status__in=(MeetingStatus.PLANNED, MeetingStatus.CALLED))
    return branches.filter(Q(status=None) | waiting)


def fill(parts: Iterable[Part], branches: QuerySet[Any], month: date) -> None:
    """The sums of each part: one statement for all of them."""
    within_part = Q(valid_on(month_end(month), prefix="above__"), above__ancestor__in=[p.body for p in parts])
    counts = {part.body.pk: part.counts for part in parts}
    rows = branches.filter(within_part).order_by()
    for key, *state in rows.values_list("above__ancestor", "status", "is_late").annotate(Count("pk")):
        counts[key].add(*state)


def parts_of(viewer: Viewer, month: date, under: Body | None, *, is_coming: bool) -> list[Part]:
    """The bodies to sum up by: those directly under a body above the grassroots, or several that one looks after."""
    day, below = month_end(month), viewer.where(VERB).below
    bodies = Body.objects.on(day)
    if under or len(below) == 1:
        top = under.pk if under else min(below)
        is_upper = Exists(bodies.of_kind(*UPPER_KINDS).filter(pk=top))
        bodies = bodies.children_of(top, day).filter(is_upper)
    else:
        bodies = bodies.filter(pk__in=below)
    return [Part(body, Counts(is_coming=is_coming)) for body in bodies.in_order()]


def late_on(today: date, month: date, *, prefix: str = "") -> Q:
    """Meetings with a step that `steps_of` calls overdue, for the database to count and to order by."""
    return (
        _held_by(today, MeetingStatus.PLANNED, prefix)
        | _held_by(today - timedelta(days=1), MeetingStatus.CALLED, prefix)
        | _unconcluded(today, min(today, month_end(month)), prefix)
    )


def _held_by(day: date, status: MeetingStatus, prefix: str) -> Q:
    start = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    return Q(**{f"{prefix}status": status, f"{prefix}starts_at__lt": start})


def _unconcluded(today: date, day: date, prefix: str) -> Q:
    """Held, and the day for its conclusions is over; by the local rules, where a body on `day` has its own about it."""

    def overdue(scopes: tuple[str, ...]) -> Q:
        return _held_by(_last_due(today, scopes), MeetingStatus.CLOSED, prefix)

    def below(bodies: list[int]) -> Q:
        inside = Closure.objects.filter(valid_on(day), ancestor__in=bodies)
        return Q(**{f"{prefix}body__in": inside.values("descendant")})

    national = _last_due(today, ())
    if all(_last_due(today, (code,)) == national for code in library().scope_codes()):
        return overdue(())  # nobody has anything else about it: no body is asked
    scoped = scoped_bodies(day)
    found, nearer = Q(), list[int]()
    # The deeper a body, the more holds in it: a branch goes by the nearest above it.
    for scopes in sorted(scoped, key=len, reverse=True):
        found |= below(scoped[scopes]) & ~below(nearer) & overdue(scopes)
        nearer += scoped[scopes]
    return found | ~below(nearer) & overdue(())


def _last_due(today: date, scopes: tuple[str, ...]) -> date:
    """The last day whose conclusions were due before today, by the rules of that day."""
    day = today
    while concluded_by(day, rules_on(day, scopes)) >= today:
        day -= timedelta(days=1)
    return day


def rows_of(branches: list[Body], month: date, today: date) -> list[BoardRow]:
    """One row for each branch, in the same order; two queries for all."""
    meetings = {
        meeting.body_id: meeting
        # A month whose meeting was cancelled has to be planned anew.
        for meeting in Meeting.objects.regular()
        .standing()
        .of_month(month)
        .filter(body__in=branches)
        .select_related("committee_meeting")
    }
    # Only what waits for its conclusions asks the rules of its branch.
    with_rules([meeting for meeting in meetings.values() if meeting.status == MeetingStatus.CLOSED])
    return [_row(branch, meetings.get(branch.pk), month, today) for branch in branches]


def _row(branch: Body, meeting: Meeting | None, month: date, today: date) -> BoardRow:
    steps = steps_of(meeting, today, month)
    days = 0
    if meeting and any(step.state == "overdue" for step in steps):
        due = conclude_by(meeting) if meeting.status == MeetingStatus.CLOSED else meeting_day(meeting)
        days = (today - due).days
    return BoardRow(branch, meeting, steps, days)
