"""What two people do to one branch in the same moment, on real transactions of both databases."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from nenep.journal.models import Event
from nenep.meetings import operations
from nenep.meetings.minutes import adopt_minutes
from nenep.meetings.models import Meeting, MeetingStatus, Vote
from nenep.meetings.tests.make import HELD_AT, make_meeting
from nenep.meetings.voting import count_vote
from nenep.organizations.kinds import Kind
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_members
from nenep.shared.dates import clock_at
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db(transaction=True)

MONTH = date(2026, 12, 1)


@pytest.fixture
def branch(shared_database):
    branch = make_body(kind=Kind.GRASSROOTS_BRANCH)
    make_member(branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)
    make_members(branch, 3)
    return branch


def at_once(*acts):
    """Every act in a thread of its own, all starting together; their answers in order, or what they raised."""
    answers, start = [None] * len(acts), threading.Barrier(len(acts))

    def run(place, act):
        try:
            start.wait()
            answers[place] = act()
        except Exception as error:  # noqa: BLE001  # whatever it is, the test names it
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def opening(branch, month):
    return lambda: operations.open_month(branch.pk, month=month, by=None).pk


def test_a_month_opened_by_many_at_once_is_one_meeting_that_all_get(branch):
    for month in (MONTH, date(2027, 1, 1), date(2027, 2, 1)):
        answers = at_once(*[opening(branch, month)] * 6)
        assert set(answers) == {Meeting.objects.get(month=month).pk}
    assert Event.objects.filter(verb="meeting.planned").count() == 3


def test_a_month_opened_while_the_last_one_is_concluded_is_one_meeting(branch):
    chair = branch.memberships.first().member
    meeting = make_meeting(branch, status=MeetingStatus.CLOSED, chair=chair)

    def conclude():
        with clock_at(HELD_AT + timedelta(minutes=100)):
            return adopt_minutes(meeting, votes_for=meeting.present, by=None).pk

    answers = at_once(conclude, *[opening(branch, date(2027, 1, 1))] * 3)
    assert set(answers) == {Meeting.objects.get(month=date(2027, 1, 1)).pk}


def test_a_thematic_meeting_sent_twice_at_once_is_planned_once(branch):
    def send():
        with clock_at(HELD_AT - timedelta(days=3)):
            return operations.plan_thematic(
                branch.pk, starts_at=HELD_AT, focus_question="Vì sao?", by=None
            ).pk

    answers = at_once(*[send] * 4)
    meeting = Meeting.objects.get()
    assert answers.count(meeting.pk) == 1
    assert sum(isinstance(answer, Refused) for answer in answers) == 3


@pytest.mark.postgresql_only
def test_without_taking_turns_the_second_one_meets_an_error(branch, monkeypatch):
    """The twin: SQLite has one writer anyway; on PostgreSQL it is the lock that makes the second one wait."""
    monkeypatch.setattr(operations, "take_turns", lambda body_id: None)
    both_looked = threading.Barrier(2)
    usual_time = operations.usual_time

    def slow(*args):
        both_looked.wait(timeout=20)
        return usual_time(*args)

    monkeypatch.setattr(operations, "usual_time", slow)
    answers = at_once(*[opening(branch, MONTH)] * 2)
    assert sum(isinstance(answer, Exception) for answer in answers) == 1


def test_closing_raced_against_voting_is_never_followed_by_a_vote(branch):
    """Fifty times: in the journal's one order no vote comes after the closing that froze the counts."""
    secretary = branch.offices.get(post=Post.SECRETARY).member
    for month in range(50):
        at = HELD_AT.replace(year=2016 + month // 12, month=1 + month % 12)
        meeting = make_meeting(branch, status=MeetingStatus.OPENED, chair=secretary, at=at)
        pages = [Meeting.objects.get(pk=meeting.pk) for _person in range(3)]
        answers = at_once(
            lambda page=pages[0]: operations.close_meeting(page, by=None),
            *(lambda page=page: vote(page) for page in pages[1:]),
        )
        assert all(isinstance(answer, Refused | Vote | None) for answer in answers), answers
        told = Event.objects.filter(verb__in=["meeting.closed", "vote.counted"]).order_by("seq")
        assert told.last().verb == "meeting.closed"


def vote(meeting):
    return count_vote(meeting, subject="Chương trình", kind="ordinary_resolution", votes_for=3, by=None)
