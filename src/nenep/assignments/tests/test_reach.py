"""What people try with work that is not theirs to give or to judge."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.assignments.models import Assignment, AssignmentStatus, Progress
from nenep.assignments.operations import hand_out, hand_out_targets
from nenep.assignments.tests.make import make_review
from nenep.meetings.models import MeetingStatus
from nenep.meetings.tests.make import make_meeting
from nenep.people.models import Post
from nenep.people.operations import transfer
from nenep.people.tests.make import make_member
from nenep.resolutions.operations import draft, put_to_vote
from nenep.shared.dates import now, today
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db

DUE = today() + timedelta(days=9)


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, name="Nguyễn Thị Hòa", post=Post.SECRETARY)


@pytest.fixture
def owner(bloc):
    return make_member(bloc.branch, name="Trần Thị Bình")


def running(branch, chair):
    return make_meeting(branch, status=MeetingStatus.OPENED, chair=chair, at=now() - timedelta(hours=1))


@pytest.fixture
def meeting(bloc, secretary):
    return running(bloc.branch, secretary)


@pytest.fixture
def work(meeting, owner):
    return hand_out(meeting, what="Rà soát hồ sơ", owner=owner, due_on=DUE, by=None)


def typed(owner):
    return {"what": "Rà soát", "owner": owner.pk, "due_on": DUE.strftime("%d/%m/%Y")}


def test_work_goes_to_members_of_the_branch_only(client, bloc, secretary, meeting):
    stranger = make_member(bloc.other_branch)
    sign_in(client, secretary)
    answer = client.post(reverse("assignments:handing_out", args=[meeting.pk]), typed(stranger))
    assert answer.status_code == 422
    with pytest.raises(Refused, match="không thuộc danh sách"):
        hand_out(meeting, what="Rà soát", owner=stranger, due_on=DUE, by=None)
    with pytest.raises(Refused, match="không thuộc danh sách"):
        hand_out(meeting, what="Rà soát", owner=secretary, helpers=[stranger], due_on=DUE, by=None)
    assert not Assignment.objects.exists()


def test_work_comes_from_an_item_of_its_own_meeting(client, bloc, secretary, owner, meeting):
    chair = make_member(bloc.other_branch, post=Post.SECRETARY)
    foreign = running(bloc.other_branch, chair).items.first()
    sign_in(client, secretary)
    address = reverse("assignments:handing_out", args=[meeting.pk])
    client.post(f"{address}?item={foreign.pk}", typed(owner))
    assert Assignment.objects.get().item is None
    with pytest.raises(ValueError, match="belongs to meeting"):
        hand_out(meeting, what="Rà soát", owner=owner, due_on=DUE, item=foreign, by=None)


def test_work_is_not_handed_out_before_the_meeting(client, bloc, secretary, owner):
    coming = make_meeting(bloc.branch, chair=secretary, at=now() + timedelta(days=5))
    sign_in(client, secretary)
    later = typed(owner) | {"due_on": (DUE + timedelta(days=30)).strftime("%d/%m/%Y")}
    answer = client.post(reverse("assignments:handing_out", args=[coming.pk]), later)
    assert answer.status_code == 409
    assert "Kỳ sinh hoạt đang chuẩn bị" in answer.content.decode()
    assert "Rà soát" in answer.content.decode()
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("votes_for", [None, 0])
def test_a_resolution_that_is_not_adopted_hands_out_nothing(client, secretary, owner, meeting, votes_for):
    resolution = drafted(meeting, owner)
    if votes_for is not None:
        put_to_vote(resolution, votes_for=votes_for, votes_against=2, votes_other=0, by=None)
    with pytest.raises(Refused, match="chưa được thông qua"):
        hand_out_targets(meeting, by=None)
    sign_in(client, secretary)
    client.post(reverse("assignments:from_resolution", args=[meeting.pk]))
    assert not Assignment.objects.exists()


def test_an_adopted_resolution_hands_out_its_targets_once(client, secretary, owner, meeting):
    put_to_vote(drafted(meeting, owner), votes_for=2, votes_against=0, votes_other=0, by=None)
    sign_in(client, secretary)
    for _time in range(2):
        client.post(reverse("assignments:from_resolution", args=[meeting.pk]))
    assert [row.owner for row in Assignment.objects.all()] == [owner]


def test_another_member_of_the_branch_reads_but_does_not_report(client, bloc, work):
    sign_in(client, make_member(bloc.branch, name="Lê Ánh"))
    assert client.get(reverse("assignments:page", args=[work.pk])).status_code == 200
    answer = client.post(reverse("assignments:progress", args=[work.pk]), {"status": "done"})
    assert answer.status_code == 403
    assert not Progress.objects.exists()


def test_reporting_cannot_review(client, owner, work):
    sign_in(client, owner)
    answer = client.post(reverse("assignments:progress", args=[work.pk]), {"status": "reviewed"})
    assert answer.status_code == 422
    assert Assignment.objects.get().status == AssignmentStatus.GIVEN


def test_work_that_was_judged_meanwhile_says_so(client, secretary, owner, meeting, work):
    make_review(work, meeting)
    sign_in(client, owner)
    answer = client.post(reverse("assignments:progress", args=[work.pk]), {"status": "doing"}, follow=True)
    assert "Tình hình việc này hiện nay: đã kiểm điểm." in answer.content.decode()
    assert not Progress.objects.exists()


def test_who_has_moved_away_keeps_the_own_work_and_loses_that_of_others(client, bloc, meeting, owner, work):
    other = hand_out(
        meeting, what="Việc khác", owner=make_member(bloc.branch, name="Vũ Ơn"), due_on=DUE, by=None
    )
    transfer(owner, to=bloc.other_branch, day=today(), by=None)
    sign_in(client, owner)
    assert client.get(reverse("assignments:page", args=[work.pk])).status_code == 200
    assert client.get(reverse("assignments:page", args=[other.pk])).status_code == 404
    assert client.get(reverse("assignments:review", args=[work.pk])).status_code == 403
    told = client.post(reverse("assignments:progress", args=[work.pk]), {"status": "doing"})
    assert told.status_code == 403  # the branch asks them and writes it down
    assert not Progress.objects.exists()


def drafted(meeting, owner):
    return draft(
        meeting,
        title="Nghị quyết tháng",
        review="",
        direction="Làm xong việc còn lại.",
        organization="",
        targets=[{"what": "Rà soát hồ sơ", "lead": owner, "due_on": DUE}],
        seen_revision=0,
        by=None,
    )
