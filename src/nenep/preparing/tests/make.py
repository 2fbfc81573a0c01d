"""Preparations for tests: a branch with its secretary, a member and a meeting ahead, and a thematic meeting held."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from nenep.meetings import operations
from nenep.meetings.models import Meeting
from nenep.meetings.tests.make import make_meeting
from nenep.organizations.models import Body
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Member, Post
from nenep.people.tests.make import make_member
from nenep.preparing.duties import assignable, give_duty
from nenep.preparing.models import Duty
from nenep.shared.dates import clock_at

HELD_AT = timezone.make_aware(datetime(2026, 12, 17, 14, 0))
EARLY = HELD_AT - timedelta(days=12)


@dataclass
class Branch:
    body: Body
    secretary: Member
    member: Member
    stranger: Member


def make_branch() -> Branch:
    bloc = make_small_bloc()
    return Branch(
        bloc.branch,
        make_member(bloc.branch, name="Nguyễn Thị Hòa", post=Post.SECRETARY),
        make_member(bloc.branch, name="Lê Ánh"),
        make_member(bloc.other_branch, name="Vũ Ngoài"),
    )


def make_ahead(branch: Branch) -> Meeting:
    """The regular meeting of the month, still to be called."""
    return make_meeting(branch.body, chair=branch.secretary, at=HELD_AT)


def make_thematic(branch: Branch, *, presenter: Member | None = None) -> Meeting:
    """A thematic meeting ahead; without presenter it is still to be found who presents."""
    with clock_at(EARLY):
        meeting = operations.plan_thematic(
            branch.body.pk, starts_at=HELD_AT, focus_question="Ai sửa?", presenter=presenter, by=None
        )
        operations.plan(
            meeting, place="Phòng họp", chair=branch.secretary, note_taker=branch.secretary, by=None
        )
    return meeting


def make_duty(meeting: Meeting, owner: Member, step: str = "draft", *, by=None) -> Duty:
    with clock_at(EARLY):
        return give_duty(meeting, assignable(meeting)[step], owner=owner, due_on=None, by=by)
