"""The branches at work in the month under way: who leads each, and how far its month has come today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING

from django.utils import timezone

from nenep.access.models import Account
from nenep.demo.bodies import SUCCESSOR
from nenep.meetings.models import Meeting
from nenep.organizations.models import Body
from nenep.people.models import Post
from nenep.people.reads import office_holders, roster
from nenep.shared.dates import month_start, now
from nenep.shared.viewer import Viewer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nenep.people.reads import RosterEntry

# Of every twenty branches: how far their month has come today.
STAGES = ("adopted",) * 5 + ("called",) * 6 + ("planned",) * 4 + ("closed",) * 2 + ("opened",) + ("late",) * 2
# The branch of the demo accounts: everything is ready and members are answering.
SHOWN, SHOWN_STAGE = "CB0301", "called"
# What stands above it, and where the officer of the committee on top belongs.
ORGANIZATION, BOARD = "DB03", f"{SUCCESSOR}-BTC"

# By its end all that happens on the day of a meeting has happened.
MORNING = timedelta(hours=12)

Action = tuple[datetime, Callable[[], object]]


@dataclass
class Branch:
    """A branch at work: who leads it, who belongs to it, and how far its month is to be played."""

    body: Body
    stage: str
    day: date
    secretary: Viewer
    deputy: Viewer
    people: list[RosterEntry]
    rng: Random
    today: date
    present: datetime

    @property
    def month(self) -> date:
        return month_start(self.today)

    @property
    def leaders(self) -> set[int | None]:
        """Chair and note-taker: they are there."""
        return {self.secretary.member_id, self.deputy.member_id}

    @property
    def meeting(self) -> Meeting:
        found: Meeting = Meeting.objects.for_page().get(body=self.body, month=self.month, kind="regular")
        return found

    def at(self, days: int, hour: int, minute: int = 0) -> datetime:
        """A moment relative to the day of the meeting; what comes before a meeting has happened by yesterday.

        A morning that is not over is played as far as it has come, so that nothing has happened later than now.
        """
        start = self.day if days >= 0 else min(self.day, self.today + timedelta(days=2))
        midnight = timezone.make_aware(datetime.combine(start + timedelta(days=days), time()))
        moment = midnight + timedelta(hours=hour, minutes=minute)
        if midnight < self.present < midnight + MORNING:
            moment = midnight + (moment - midnight) * ((self.present - midnight) / MORNING)
        return moment.replace(second=0, microsecond=0)


def at_work(today: date) -> Iterator[Branch]:
    """Every branch that exists today, in the order of the codes."""
    bodies = Body.objects.on(today).branches().in_order()
    for place, body in enumerate(bodies):
        rng = Random(f"present {body.code}")  # noqa: S311  # invented work, not a secret
        stage = SHOWN_STAGE if body.code == SHOWN else STAGES[place % len(STAGES)]
        people = roster(body.pk, today)
        secretary = office_holders(body.pk, Post.SECRETARY, today)[0]
        deputy = office_holders(body.pk, Post.DEPUTY, today)[0]
        yield Branch(
            body, stage, _meeting_day(stage, today, rng), viewer(secretary), viewer(deputy), people, rng, today, now(),
        )  # fmt: skip


def _meeting_day(stage: str, today: date, rng: Random) -> date:
    """A day that fits the stage; past ones stay within the month."""
    if stage in {"adopted", "closed"}:
        return max(month_start(today), today - timedelta(days=rng.randint(1, 9) if stage == "adopted" else 1))
    if stage == "opened":
        return today
    return today + timedelta(days=rng.randint(2, 6))


def viewer(member_id: int) -> Viewer:
    """The member who acts, as far as verbs ask: who it is, no rights."""
    return Viewer(actor=f"member:{member_id}", member_id=member_id)


def shown_member() -> int | None:
    """Whoever signs in as the demo's plain member, for whom there is always something to do."""
    return Account.objects.filter(username="dangvien").values_list("member_id", flat=True).first()
