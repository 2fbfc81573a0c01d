"""A verb looks at the meeting as it is when it writes, not as the page was loaded."""

from datetime import timedelta

import pytest

from nenep.meetings import agenda, answers, attendance, operations, recording, voting
from nenep.meetings.attendance import Mark, record_attendance
from nenep.meetings.minutes import adopt_minutes
from nenep.meetings.models import Answer, Meeting, MeetingStatus, Presence
from nenep.meetings.recording import record_item, record_opening
from nenep.meetings.tests.make import HELD_AT, acting, make_meeting
from nenep.meetings.voting import count_vote
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_members
from nenep.shared.dates import clock_at
from nenep.shared.states import Refused
from nenep.shared.tests.anew import anew

LATER = HELD_AT + timedelta(minutes=95)


@pytest.fixture(scope="module")
def branch_once(database_of_the_file):
    branch = make_body()
    make_member(branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)
    make_members(branch, 6)
    return branch


@pytest.fixture
def branch(db, branch_once):
    return anew(branch_once)


def meeting_in(branch, status):
    secretary = branch.offices.get(post=Post.SECRETARY).member
    return make_meeting(branch, status=status, chair=secretary, note_taker=secretary)


def vote(meeting):
    return count_vote(meeting, subject="Chương trình", kind="ordinary_resolution", votes_for=0, by=None)


def member_of(meeting):
    return meeting.body.memberships.order_by("pk").last().member


# verb -> (the last state in which it is lawful, what it does)
VERBS = {
    "vote": (MeetingStatus.OPENED, vote),
    "roll call": (
        MeetingStatus.OPENED,
        lambda m: record_attendance(m, marks={member_of(m).pk: Mark(Presence.UNEXCUSED)}, by=None),
    ),
    "opening lines": (
        MeetingStatus.OPENED,
        lambda m: record_opening(m, guests="Đảng ủy", fee_note="Đủ", by=None),
    ),
    "item": (
        MeetingStatus.CLOSED,
        lambda m: record_item(
            m.items.first(), notes="Muộn", conclusion="", decision="", seen_revision=0, by=None
        ),
    ),
    "agenda": (
        MeetingStatus.CALLED,
        lambda m: agenda.add_item(m, title="Thêm", minutes=5, category="discussion", by=None),
    ),
    "plan": (MeetingStatus.CALLED, lambda m: operations.plan(m, place="Nơi khác", by=None)),
    "postponing": (
        MeetingStatus.CALLED,
        lambda m: operations.postpone(m, to=LATER + timedelta(days=2), reason="Bão", by=None),
    ),
    "answer": (
        MeetingStatus.CALLED,
        lambda m: answers.respond(m, answer=Answer.WILL_COME, by=acting(member_of(m))),
    ),
    "opinion": (
        MeetingStatus.CALLED,
        lambda m: answers.write_opinion(m, text="Ý kiến", item_id=None, by=acting(member_of(m))),
    ),
}
STEPS = {
    MeetingStatus.CALLED: lambda m: operations.open_meeting(m, by=None),
    MeetingStatus.OPENED: lambda m: operations.close_meeting(m, by=None),
    MeetingStatus.CLOSED: lambda m: adopt_minutes(m, votes_for=7, by=None),
}


def loaded_before_the_step(branch, verb):
    """What a page holds that was opened a moment before somebody else took the meeting one step further."""
    last_state, act = VERBS[verb]
    meeting = meeting_in(branch, last_state)
    stale = Meeting.objects.get(pk=meeting.pk)
    with clock_at(LATER):
        STEPS[last_state](meeting)
    return stale, act


@pytest.mark.parametrize("verb", VERBS)
def test_a_page_loaded_before_the_step_changes_nothing(branch, verb):
    stale, act = loaded_before_the_step(branch, verb)
    with clock_at(LATER), pytest.raises(Refused):
        act(stale)


@pytest.mark.parametrize("verb", VERBS)
def test_without_the_lock_it_would_have(branch, verb, monkeypatch):
    for module in (agenda, answers, attendance, operations, recording, voting):
        monkeypatch.setattr(module, "hold", lambda *_row, **_says: None)
    stale, act = loaded_before_the_step(branch, verb)
    with clock_at(LATER):
        act(stale)
