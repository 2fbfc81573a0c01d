"""Votes by name for tests, by the real verbs."""

from nenep.meetings.models import MeetingStatus
from nenep.meetings.tests.make import acting, make_meeting
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_members
from nenep.votes.models import Choice
from nenep.votes.operations import cast_vote, open_vote


def make_room(branch, members=5, **kwargs):
    """A running meeting, everybody there: its secretary, and `members` who are official."""
    secretary = make_member(branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)
    people = make_members(branch, members)
    return make_meeting(branch, status=MeetingStatus.OPENED, chair=secretary, **kwargs), secretary, people


def make_vote(meeting, subject="Nhất trí kế hoạch tháng", kind="ordinary_resolution"):
    return open_vote(meeting, subject=subject, kind=kind, by=None)


def cast(vote, member, choice=Choice.FOR):
    """From a page of the member's own."""
    return cast_vote(type(vote).objects.get(pk=vote.pk), choice=choice, by=acting(member))
