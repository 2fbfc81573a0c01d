"""Many phones at once, on real transactions of both databases."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from nenep.meetings import operations as meetings
from nenep.meetings.models import Meeting, Vote
from nenep.meetings.tests.test_at_once import at_once
from nenep.organizations.tests.make import make_body
from nenep.shared.dates import now
from nenep.shared.states import Refused
from nenep.votes import operations
from nenep.votes.models import Cast, Choice, NamedVote
from nenep.votes.tests.make import cast, make_room, make_vote

pytestmark = pytest.mark.django_db(transaction=True)


def fire(acts, threads=60):
    """All acts by so many threads that start together; their answers, or what they raised."""

    def run(act):
        try:
            return act()
        except Exception as error:  # noqa: BLE001  # whatever it is, the test names it
            return error

    with ThreadPoolExecutor(threads) as pool:
        start = threading.Barrier(threads)
        list(pool.map(lambda _number: start.wait(), range(threads)))
        answers = list(pool.map(run, acts))
        start.reset()
        list(pool.map(lambda _number: (start.wait(), connection.close()), range(threads)))
    return answers


def choice_of(member):
    return list(Choice)[member.pk % 3]


@pytest.mark.slow
def test_sixty_votes_in_five_copies_each_are_sixty_votes(shared_database):
    meeting, secretary, members = make_room(make_body(), members=59)
    people = [secretary, *members]
    vote = make_vote(meeting)
    acts = [lambda m=member: cast(vote, m, choice_of(m)) for member in people for _copy in range(5)]
    answers = fire(acts)
    assert answers == [None] * 300
    assert dict(vote.casts.values_list("member", "choice")) == {m.pk: choice_of(m) for m in people}
    result = operations.close_vote(vote, by=None)
    assert result.votes_for + result.votes_against + result.votes_other == 60


def race(vote, members):
    """Everybody votes and the vote is closed, all at once in any order: the result, who got an answer."""
    acts = {None: lambda: operations.close_vote(NamedVote.objects.get(pk=vote.pk), by=None)}
    acts |= {member.pk: lambda m=member: cast(vote, m, choice_of(m)) for member in members}
    order = random.sample(list(acts), len(acts))
    answers = dict(zip(order, at_once(*(acts[who] for who in order)), strict=True))
    result = answers.pop(None)
    assert isinstance(result, Vote), result
    assert all(answer is None or isinstance(answer, Refused) for answer in answers.values()), answers
    return result, {who for who, answer in answers.items() if answer is None}


@pytest.mark.slow
def test_closing_raced_against_voting_counts_what_was_acknowledged(shared_database):
    """Fifty times: who got an answer is in the set, who was refused is not, and the count is the set."""
    meeting, secretary, members = make_room(make_body(), members=4)
    late = 0
    for _race in range(50):
        vote = make_vote(meeting)
        cast(vote, secretary)
        result, acknowledged = race(vote, members)
        found = dict(vote.casts.values_list("member", "choice"))
        assert set(found) == acknowledged | {secretary.pk}
        counted = (result.votes_for, result.votes_against, result.votes_other)
        assert counted == tuple(list(found.values()).count(choice) for choice in Choice)
        late += len(members) - len(acknowledged)
    assert 0 < late < 200  # the races were races


def test_two_who_close_at_once_count_once(shared_database):
    meeting, secretary, _members = make_room(make_body())
    vote = make_vote(meeting)
    cast(vote, secretary)
    pages = [NamedVote.objects.get(pk=vote.pk) for _person in range(4)]
    answers = at_once(*(lambda page=page: operations.close_vote(page, by=None) for page in pages))
    assert sum(isinstance(answer, Vote) for answer in answers) == 1
    assert Vote.objects.count() == 1


def test_without_lock_and_compared_state_each_who_closes_counts(shared_database, monkeypatch):
    """The twin: the lock with the state read anew, and the step as compare-and-set, each keep it to one count."""

    def unguarded(row, to, **changes):
        type(row).objects.filter(pk=row.pk).update(status=to, **changes)

    meeting, secretary, _members = make_room(make_body())
    vote = make_vote(meeting)
    cast(vote, secretary)
    for guards, counts in (({"hold": lambda *_args, **_kwargs: None}, 1), ({"move": unguarded}, 4)):
        for name, without in guards.items():
            monkeypatch.setattr(operations, name, without)
        NamedVote.objects.update(status="open", result=None)
        Vote.objects.all().delete()
        pages = [NamedVote.objects.get(pk=vote.pk) for _person in range(4)]
        answers = at_once(*(lambda page=page: operations.close_vote(page, by=None) for page in pages))
        assert sum(isinstance(answer, Vote) for answer in answers) == Vote.objects.count() == counts, answers


def test_a_meeting_is_not_closed_while_somebody_opens_a_vote(shared_database):
    """Whoever is first wins: either the meeting is closed without an open vote, or it runs with one."""
    # It began an hour ago: one that lies ahead could not be closed in any order.
    meeting, _secretary, _members = make_room(make_body(), at=now() - timedelta(hours=1))
    pages = [Meeting.objects.get(pk=meeting.pk) for _person in range(2)]
    answers = at_once(lambda: meetings.close_meeting(pages[0], by=None), lambda: make_vote(pages[1]))
    assert [isinstance(answer, Refused) for answer in answers].count(True) == 1, answers
    assert not any(isinstance(answer, Exception) and not isinstance(answer, Refused) for answer in answers)
    meeting.refresh_from_db()
    assert meeting.is_running == NamedVote.objects.filter(status="open").exists()


@pytest.mark.postgresql_only
def test_without_the_lock_closing_counts_less_than_was_acknowledged(shared_database, monkeypatch):
    """The twin: SQLite has one writer anyway; on PostgreSQL it is the lock that makes the late one wait."""
    meeting, secretary, _members = make_room(make_body())
    vote = make_vote(meeting)
    looked, closed = threading.Event(), threading.Event()
    monkeypatch.setattr(operations, "hold", lambda row, *states, **kwargs: row.refresh_from_db())
    write = operations._write

    def slow(*args, **kwargs):
        looked.set()
        closed.wait(timeout=20)
        return write(*args, **kwargs)

    monkeypatch.setattr(operations, "_write", slow)

    def close():
        looked.wait(timeout=20)
        found = operations.close_vote(NamedVote.objects.get(pk=vote.pk), by=None)
        closed.set()
        return found

    answers = at_once(lambda: cast(vote, secretary), close)
    assert answers[0] is None, answers
    assert answers[1].votes_for == 0
    assert Cast.objects.count() == 1
