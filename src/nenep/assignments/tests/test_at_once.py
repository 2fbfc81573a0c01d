"""What an owner reports while the branch judges the same work, on real transactions of both databases."""

import pytest

from nenep.assignments import operations
from nenep.assignments.models import Assignment, AssignmentStatus, Progress, Review
from nenep.assignments.operations import report_progress
from nenep.assignments.tests.make import make_review, make_running, make_work
from nenep.journal.models import Event
from nenep.meetings.tests.test_at_once import at_once
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 10


@pytest.fixture
def meeting(shared_database):
    secretary = make_member(make_body(), post=Post.SECRETARY)
    return make_running(secretary.memberships.get().branch, secretary)


def begun(meeting):
    """Work that its owner has begun, as two pages loaded it."""
    work = make_work(meeting, meeting.chair)
    report_progress(work, status=AssignmentStatus.DOING, by=None)
    return [Assignment.objects.select_related("meeting").get(pk=work.pk) for _page in range(2)]


def again(page):
    return report_progress(page, status=AssignmentStatus.DOING, line="Còn hai hồ sơ", by=None)


def test_nothing_is_reported_of_work_that_was_judged_at_the_same_moment(meeting):
    for _round in range(ROUNDS):
        one, other = begun(meeting)
        answers = at_once(lambda page=one: make_review(page, meeting), lambda page=other: again(page))
        assert isinstance(answers[0], Review)
        assert isinstance(answers[1], Progress | Refused), answers
        told = Event.objects.filter(verb__startswith="assignment.", object_id=one.pk).order_by("seq")
        assert told.last().verb == "assignment.reviewed"


def test_a_page_loaded_before_it_was_judged_reports_nothing(meeting):
    one, other = begun(meeting)
    make_review(one, meeting)
    with pytest.raises(Refused, match="hiện nay: đã kiểm điểm"):
        again(other)
    assert one.progress.count() == 1


def test_without_the_lock_it_would_have(meeting, monkeypatch):
    one, other = begun(meeting)
    make_review(one, meeting)
    monkeypatch.setattr(operations, "hold", lambda _row: None)
    again(other)
    assert one.progress.count() == 2
