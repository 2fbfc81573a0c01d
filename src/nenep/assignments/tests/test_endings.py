"""The work of a branch that ends goes on where its people are, and nothing is overdue for ever."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.assignments.correcting import correct
from nenep.assignments.models import Assignment, AssignmentStatus, Management
from nenep.assignments.operations import report_progress
from nenep.assignments.providing import points
from nenep.assignments.settling import settle
from nenep.assignments.tests.make import DUE, make_past_work, make_review, make_running
from nenep.meetings.minutes import adopt_minutes
from nenep.meetings.operations import close_meeting
from nenep.organizations.operations import dissolve_body, merge_bodies
from nenep.people.models import Post
from nenep.people.operations import transfer
from nenep.people.tests.make import make_member
from nenep.shared.dates import clock_at, today
from nenep.shared.states import Refused

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


@pytest.fixture
def taken(bloc, heir, work):
    """Stuck work of a branch that adopted the minutes naming it and then was merged into another."""
    settle(work, management=Management.NEEDED, by=None)
    with clock_at(work.meeting.starts_at + timedelta(hours=2)):
        close_meeting(work.meeting, by=None)
        adopt_minutes(work.meeting, votes_for=2, by=None)
    merge_bodies([bloc.branch, bloc.other_branch], into=bloc.other_branch, day=today(), by=None)
    return Assignment.objects.get(continues=work)


def test_what_is_taken_over_still_needs_the_management(taken):
    assert taken.management == Management.NEEDED


def test_work_taken_over_is_corrected_to_somebody_of_its_branch_today(client, bloc, heir, taken):
    stranger = make_member(bloc.lone_branch)
    sign_in(client, heir)
    address = reverse("assignments:correction", args=[taken.pk])
    assert address in client.get(reverse("assignments:page", args=[taken.pk])).content.decode()
    form = client.get(address).content.decode()
    assert f'<option value="{heir.pk}">' in form
    assert f'<option value="{stranger.pk}">' not in form
    typed = {"what": "Rà soát lại", "owner": heir.pk, "due_on": f"{DUE:%d/%m/%Y}"}
    assert client.post(address, typed).status_code == 302
    taken.refresh_from_db()
    assert (taken.what, taken.owner, taken.status) == ("Rà soát lại", heir, AssignmentStatus.STUCK)
    with pytest.raises(Refused, match="không thuộc danh sách"):
        correct(taken, what="Rà soát", owner=stranger, due_on=DUE, measure="", by=None)


def test_work_taken_over_is_dropped_and_leads_to_a_page_that_its_branch_may_see(client, heir, taken):
    sign_in(client, heir)
    answer = client.post(reverse("assignments:withdrawal", args=[taken.pk]), follow=True)
    assert answer.status_code == 200
    assert "Đã bỏ việc" in answer.content.decode()
    taken.refresh_from_db()
    assert taken.status == AssignmentStatus.WITHDRAWN


def test_work_taken_over_is_corrected_no_longer_once_it_is_judged(heir, taken):
    make_review(taken, make_running(taken.body, heir))
    with pytest.raises(Refused):
        correct(taken, what="Rà soát", owner=heir, due_on=DUE, measure="", by=None)
