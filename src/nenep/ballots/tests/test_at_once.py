"""Two people at one count, on real transactions of both databases."""

import threading
from datetime import timedelta

import pytest
from django.db import transaction

from nenep.ballots import operations
from nenep.ballots.models import Count, Round, Tally
from nenep.ballots.tests.make import figures, make_confirmed, make_question, make_room
from nenep.journal.models import Event
from nenep.meetings import operations as meetings
from nenep.meetings.models import Meeting
from nenep.meetings.tests.test_at_once import at_once
from nenep.organizations.tests.make import make_body
from nenep.shared.dates import now
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ballot(shared_database):
    meeting, _secretary, members = make_room(make_body(), at=now() - timedelta(hours=1))
    return make_question(meeting, head=members[0])


def page(ballot):
    """As somebody's phone shows it."""
    return Round.objects.select_related("meeting").get(pk=ballot.pk)


def test_confirmed_by_four_at_once_it_is_one_count(ballot):
    operations.enter_count(ballot, figures((5, 1, 0), issued=6), by=None)
    pages = [page(ballot) for _person in range(4)]
    answers = at_once(
        *(lambda one=one: operations.confirm_count(one, seen_revision=1, by=None) for one in pages)
    )
    assert sum(isinstance(answer, Count) for answer in answers) == 1
    assert all(isinstance(answer, Count | Refused) for answer in answers), answers
    assert Event.objects.filter(verb="ballot.confirmed").count() == 1


def test_what_is_confirmed_is_what_was_seen_although_another_enters(ballot):
    """Ten times: either the figures that were seen are locked and the other is refused, or the other way round."""
    for _race in range(10):
        row = operations.enter_count(page(ballot), figures((5, 1, 0), issued=6), by=None)
        first, second = race(ballot, row.revision)
        assert isinstance(first, Refused) != isinstance(second, Refused), (first, second)
        kept = Tally.objects.get(count=row)
        assert kept.votes_for == (3 if isinstance(first, Refused) else 5)
        if isinstance(first, Refused):
            operations.confirm_count(page(ballot), seen_revision=row.revision + 1, by=None)
        operations.recount(page(ballot), reason="Đếm lại", by=None)


def race(ballot, revision):
    """One confirms what the page shows, another writes other figures over it; their answers."""
    counted, pages = figures((3, 3, 0), issued=6), [page(ballot) for _person in range(2)]
    return at_once(
        lambda: operations.confirm_count(pages[0], seen_revision=revision, by=None),
        lambda: operations.enter_count(pages[1], counted, seen_revision=revision, by=None),
    )


def test_a_meeting_is_not_closed_over_a_round_that_opens_again(ballot):
    """Confirmed, then counted anew while the meeting closes: never an open round in a closed meeting."""
    make_confirmed(ballot, figures((5, 1, 0), issued=6))
    meeting = Meeting.objects.get(pk=ballot.meeting_id)
    answers = at_once(
        lambda: operations.recount(page(ballot), reason="Đếm sót", by=None),
        lambda: meetings.close_meeting(meeting, by=None),
    )
    assert sorted(map(type, answers), key=str) == [type(None), Refused], answers
    meeting.refresh_from_db()
    assert meeting.is_running == page(ballot).is_open


def test_confirmed_while_the_meeting_closes_gives_exactly_one_count(ballot):
    operations.enter_count(ballot, figures((5, 1, 0), issued=6), by=None)
    meeting = Meeting.objects.get(pk=ballot.meeting_id)
    answers = at_once(
        lambda: operations.confirm_count(page(ballot), seen_revision=1, by=None),
        lambda: meetings.close_meeting(meeting, by=None),
    )
    assert isinstance(answers[0], Count), answers
    assert answers[1] is None or isinstance(answers[1], Refused), answers
    assert Count.objects.filter(status="confirmed").count() == 1
    assert not page(ballot).is_open


@pytest.mark.postgresql_only
def test_without_the_lock_a_round_is_open_in_a_closed_meeting(ballot, monkeypatch):
    """The twin: SQLite has one writer anyway; on PostgreSQL it is the lock that makes the closing wait."""
    make_confirmed(ballot, figures((5, 1, 0), issued=6))
    monkeypatch.setattr(operations, "hold", lambda row, *states, **kwargs: row.refresh_from_db())
    looked, closed = threading.Event(), threading.Event()
    move = operations.move

    def slow(*args, **kwargs):
        looked.set()
        closed.wait(timeout=20)
        return move(*args, **kwargs)

    monkeypatch.setattr(operations, "move", slow)

    def close():
        looked.wait(timeout=20)
        with transaction.atomic():
            meetings.close_meeting(Meeting.objects.get(pk=ballot.meeting_id), by=None)
        closed.set()

    answers = at_once(lambda: operations.recount(page(ballot), reason="Đếm sót", by=None), close)
    assert answers == [None, None], answers
    assert page(ballot).is_open
    assert not Meeting.objects.get(pk=ballot.meeting_id).is_running
