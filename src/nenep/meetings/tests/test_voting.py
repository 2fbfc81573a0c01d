from datetime import date

import pytest

from nenep.meetings.attendance import Mark, count, record_attendance
from nenep.meetings.models import MeetingStatus, Presence
from nenep.meetings.tests.make import HELD_AT, make_meeting
from nenep.meetings.voting import count_vote, hand_votes
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post, Status
from nenep.people.operations import change_status
from nenep.people.tests.make import make_member, make_members
from nenep.shared.dates import clock_at
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    """Ten official members, one of them exempt, one away, one suspended; two probationary."""
    branch = make_body()
    make_member(branch, name="Bí Thư", post=Post.SECRETARY)
    make_members(branch, 6)
    for status in (Status.EXEMPT, Status.AWAY, Status.SUSPENDED):
        member = make_member(branch, name=f"Người {status.label}")
        change_status(member, status=status, start=date(2026, 1, 1), by=None)
    make_members(branch, 2, official=False)
    return branch


def opened(branch):
    return make_meeting(branch, status=MeetingStatus.OPENED, chair=branch.memberships.first().member)


def vote(meeting, **hands):
    with clock_at(HELD_AT):
        return count_vote(meeting, subject="Chương trình", kind="ordinary_resolution", by=None, **hands)


def test_the_base_leaves_out_exempt_away_and_suspended_who_are_absent(branch):
    meeting = opened(branch)
    found = vote(meeting, votes_for=4)
    assert (found.official, found.exempt_absent, found.away_absent, found.suspended) == (10, 1, 1, 1)
    assert found.base == 7
    assert found.passed


def test_exactly_half_of_the_base_does_not_pass(branch):
    make_member(branch, name="Thêm Một")
    meeting = opened(branch)
    assert not vote(meeting, votes_for=4).passed
    assert vote(meeting, votes_for=5).passed


def test_an_exempt_member_who_comes_is_counted(branch):
    meeting = opened(branch)
    exempt = meeting.attendance.get(presence=Presence.EXEMPT).member_id
    record_attendance(meeting, marks={exempt: Mark(Presence.PRESENT)}, by=None)
    found = vote(meeting, votes_for=4)
    assert (found.exempt_absent, found.base, found.passed) == (0, 8, False)


@pytest.mark.parametrize("presence", [Presence.EXEMPT, Presence.AWAY, Presence.PRESENT])
def test_the_suspended_are_called_as_nothing_else(branch, presence):
    meeting = opened(branch)
    suspended = meeting.attendance.get(presence=Presence.SUSPENDED).member_id
    with pytest.raises(Refused, match="đang bị đình chỉ sinh hoạt"):
        record_attendance(meeting, marks={suspended: Mark(presence)}, by=None)
    counts = count(meeting)
    assert (counts.suspended, counts.exempt, counts.away) == (1, 1, 1)
    assert counts.expected == counts.members - counts.suspended - counts.exempt - counts.away == 9
    assert vote(meeting, votes_for=4).base == 7


def test_more_hands_than_official_members_present_are_refused(branch):
    meeting = opened(branch)
    assert count(meeting).present_official == 7
    with pytest.raises(Refused, match="8 ý kiến nhưng chỉ có 7"):
        vote(meeting, votes_for=7, votes_against=1)
    assert not meeting.votes.exists()


def test_probationary_members_do_not_count(branch):
    counts = count(opened(branch))
    assert (counts.members, counts.official, counts.expected, counts.present) == (12, 10, 9, 9)


def test_a_vote_before_the_opening_is_refused(branch):
    meeting = make_meeting(branch, chair=branch.memberships.first().member)
    with pytest.raises(Refused, match="đang diễn ra"):
        vote(meeting, votes_for=5)


def test_a_kind_that_needs_a_secret_ballot_is_refused(branch):
    meeting = opened(branch)
    assert "election" not in {rule.kind for rule in hand_votes(meeting)}
    with pytest.raises(Refused, match="bỏ phiếu kín"):
        count_vote(meeting, subject="Bầu bí thư", kind="election", votes_for=7, by=None)


def test_a_vote_keeps_its_base_when_the_roll_changes_later(branch):
    meeting = opened(branch)
    found = vote(meeting, votes_for=4)
    make_member(branch, name="Đến Sau")
    found.refresh_from_db()
    assert found.base == 7
