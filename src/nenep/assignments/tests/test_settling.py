"""Work that needs the agreement of the unit's management (R162): marked, shown, told, carried along."""

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.assignments.correcting import withdraw
from nenep.assignments.models import Assignment, AssignmentStatus, Management
from nenep.assignments.operations import report_progress
from nenep.assignments.providing import points
from nenep.assignments.settling import settle
from nenep.assignments.tests.make import DUE, make_past_work, make_review, make_running, make_work
from nenep.journal.models import Event
from nenep.meetings.minutes import compose
from nenep.notices.models import Notice
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db

NEEDED, AGREED = "cần thống nhất với lãnh đạo cơ quan, đơn vị", "đã thống nhất với lãnh đạo cơ quan, đơn vị"


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, name="Nguyễn Thị Hòa", post=Post.SECRETARY)


@pytest.fixture
def owner(bloc):
    return make_member(bloc.branch, name="Trần Thị Bình")


@pytest.fixture
def meeting(bloc, secretary, owner):
    return make_running(bloc.branch, secretary)


def mark(work, management):
    settle(work, management=management, by=None)


def test_one_press_marks_it_and_another_says_that_it_is_agreed(client, meeting, secretary, owner):
    work = make_work(meeting, owner)
    page = reverse("assignments:page", args=[work.pk])
    press = reverse("assignments:management", args=[work.pk])
    sign_in(client, secretary)
    assert "Cần thống nhất</span>" not in client.get(page).content.decode()
    for wish, shown in (("needed", "Cần thống nhất</span>"), ("agreed", "Đã thống nhất</span>")):
        assert client.post(press, {"management": wish}).url == page
        assert shown in client.get(page).content.decode()
    assert f"{AGREED[:1].upper()}{AGREED[1:]}." in client.get(reverse("assignments:list")).content.decode()
    client.post(press, {"management": ""})
    assert "Đã thống nhất</span>" not in client.get(page).content.decode()
    assert client.post(press, {}).status_code == client.post(press, {"management": "x"}).status_code == 400
    sign_in(client, owner)
    assert press not in client.get(page).content.decode()
    assert client.post(press, {"management": "needed"}).status_code == 403


def test_the_owner_is_told_once_for_each_mark(meeting, owner):
    work = make_work(meeting, owner)
    for management in (Management.NEEDED, Management.NEEDED, Management.AGREED):
        mark(work, management)
    told = Notice.objects.filter(member=owner, kind="assignment.management").order_by("pk")
    assert [notice.title for notice in told] == [
        f"Việc giao cho đồng chí: {NEEDED}",
        f"Việc giao cho đồng chí: {AGREED}",
    ]
    assert Event.objects.filter(verb="assignment.management", subject=owner.pk).count() == 2


def test_the_minutes_say_it_beside_the_work(meeting, owner):
    make_work(meeting, owner, what="Dọn kho")
    mark(make_work(meeting, owner, what="Mua máy"), Management.NEEDED)
    mark(make_work(meeting, owner, what="Sửa nhà xe"), Management.AGREED)
    said = str(compose(meeting))
    assert f"Mua máy ({NEEDED})" in said
    assert f"Sửa nhà xe ({AGREED})" in said
    assert "Dọn kho (" not in said


def test_what_is_still_to_be_agreed_is_said_at_the_next_meeting_and_goes_along(
    bloc, meeting, secretary, owner
):
    work = make_past_work(bloc.branch, secretary, owner)
    (point,) = points(meeting)
    assert NEEDED not in point.why
    mark(work, Management.NEEDED)
    (point,) = points(meeting)
    assert point.why.endswith(f"; {NEEDED}")
    make_review(work, meeting, carry_to=DUE)
    assert Assignment.objects.get(continues=work).management == Management.NEEDED


def test_what_is_agreed_holds_nobody_up_and_what_is_judged_is_not_marked(bloc, meeting, secretary, owner):
    work = make_past_work(bloc.branch, secretary, owner)
    mark(work, Management.AGREED)
    (point,) = points(meeting)
    assert "thống nhất" not in point.why
    make_review(work, meeting)
    with pytest.raises(Refused, match="hiện nay: đã kiểm điểm"):
        mark(work, Management.NEEDED)


def test_what_was_taken_back_says_so_and_is_not_called_judged(meeting, owner):
    work = make_work(meeting, owner)
    withdraw(work, by=None)
    for act in (mark, lambda row, _mark: report_progress(row, status=AssignmentStatus.DOING, by=None)):
        with pytest.raises(Refused, match="hiện nay: đã bỏ"):
            act(work, Management.NEEDED)
