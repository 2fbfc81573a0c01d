"""The work of a branch that ends goes on where its people are, and nothing is overdue for ever."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.assignments.models import Assignment, AssignmentStatus
from nenep.assignments.operations import report_progress
from nenep.assignments.providing import points
from nenep.assignments.tests.make import make_past_work, make_review, make_running
from nenep.organizations.operations import dissolve_body, merge_bodies
from nenep.people.models import Post
from nenep.people.operations import transfer
from nenep.people.tests.make import make_member
from nenep.shared.dates import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def heir(bloc):
    """The secretary of the branch that takes over."""
    return make_member(bloc.other_branch, name="Nguyễn Thị Hòa", post=Post.SECRETARY)


@pytest.fixture
def work(bloc):
    secretary = make_member(bloc.branch, post=Post.SECRETARY)
    owner = make_member(bloc.branch, name="Trần Thị Bình")
    row = make_past_work(bloc.branch, secretary, owner, due_on=today() - timedelta(days=3))
    report_progress(row, status=AssignmentStatus.STUCK, line="Thiếu kinh phí", by=None)
    return row


def test_the_successor_gets_work_that_continues_it_and_reviews_it(client, bloc, heir, work):
    merge_bodies([bloc.branch, bloc.other_branch], into=bloc.other_branch, day=today(), by=None)
    work.refresh_from_db()
    taken = work.continued_by
    assert work.status == AssignmentStatus.ENDED
    assert (taken.body, taken.owner, taken.due_on) == (bloc.other_branch, work.owner, work.due_on)
    assert taken.status == AssignmentStatus.STUCK
    assert list(Assignment.objects.overdue()) == [taken]
    sign_in(client, heir)
    page = client.get(reverse("assignments:page", args=[taken.pk])).content.decode()
    assert "của chi bộ đã kết thúc hoạt động" in page
    meeting = make_running(bloc.other_branch, heir)
    assert [point.key for point in points(meeting)] == [f"assignment:{taken.pk}"]
    make_review(taken, meeting)


def test_work_of_a_dissolved_branch_ends_with_it(bloc, work):
    for membership in bloc.branch.memberships.all():
        transfer(membership.member, to=bloc.other_branch, day=today() - timedelta(days=1), by=None)
    dissolve_body(bloc.branch, day=today(), by=None)
    work.refresh_from_db()
    assert work.status == AssignmentStatus.ENDED
    assert not Assignment.objects.overdue()


def test_reviewed_work_stays_with_the_branch_that_judged_it(bloc, heir, work):
    make_review(work, work.meeting)
    merge_bodies([bloc.branch, bloc.other_branch], into=bloc.other_branch, day=today(), by=None)
    assert Assignment.objects.get().status == AssignmentStatus.REVIEWED
