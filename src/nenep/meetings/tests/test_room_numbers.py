"""The room says which number is for the roll call and which for votes, and what each is made of."""

import re
from datetime import date

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.meetings.models import MeetingStatus
from nenep.meetings.tests.make import make_meeting
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post, Status
from nenep.people.operations import change_status
from nenep.people.tests.make import make_member, make_members

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    """Seven official members who come and two probationary."""
    branch = make_body()
    make_member(branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)
    make_members(branch, 6)
    make_members(branch, 2, official=False)
    return branch


def leave_out(branch):
    for status in (Status.EXEMPT, Status.AWAY, Status.SUSPENDED):
        change_status(make_member(branch), status=status, start=date(2026, 1, 1), by=None)


def shown(client, branch, page="room"):
    secretary = branch.offices.get(post=Post.SECRETARY).member
    meeting = make_meeting(branch, status=MeetingStatus.OPENED, chair=secretary)
    sign_in(client, secretary)
    text = client.get(reverse(f"meetings:{page}", args=[meeting.pk])).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text))


def test_both_numbers_say_what_they_are_for(client, branch):
    leave_out(branch)
    text = shown(client, branch)
    assert "Dự họp: 9/9 đảng viên phải triệu tập" in text
    assert "Biểu quyết: tính trên 7 đảng viên chính thức" in text
    assert "7 đảng viên chính thức có mặt" in text


def test_each_number_is_what_remains_of_the_branch(client, branch):
    leave_out(branch)
    text = shown(client, branch)
    for said in (
        r"Phải triệu tập (\d+): chi bộ có (\d+) đảng viên, cả chính thức và dự bị, (.*?);",
        r"Tính trên (\d+): chi bộ có (\d+) đảng viên chính thức, (.*?)\.",
    ):
        left, whole, less = re.search(said, text).groups()
        parts = [int(number) for number in re.findall(r"trừ (\d+)", less)]
        assert len(parts) == 3
        assert int(left) == int(whole) - sum(parts)


def test_where_nobody_is_left_out_all_are_counted(client, branch):
    text = shown(client, branch)
    assert (
        "Phải triệu tập 9: tất cả đảng viên của chi bộ, cả chính thức và dự bị; theo HD 42-HD/BTCTW" in text
    )
    assert "Tính trên 7: tất cả đảng viên chính thức của chi bộ." in text


@pytest.mark.parametrize("page", ["room", "vote"])
def test_the_reason_and_its_source_stand_beside_the_number(client, branch, page):
    text = shown(client, branch, page)
    assert "Đảng viên dự bị dự họp nhưng không biểu quyết" in text
    assert re.search(r"vẫn tính vào số này; theo [^.]+ \(chưa kiểm chứng\)\.", text)


def test_the_roll_call_says_over_whom_it_counts(client, branch):
    text = shown(client, branch, "roll_call")
    assert "dự họp 9/9 đảng viên phải triệu tập" in text
    assert "Không ai vắng." in text
