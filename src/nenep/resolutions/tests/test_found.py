"""What of a resolution is found: what the branch adopted, with its targets; no draft, and nobody by name."""

from datetime import timedelta

import pytest

from nenep.access.tests.make import viewer_for
from nenep.meetings.models import MeetingStatus
from nenep.meetings.tests.make import HELD_AT, make_meeting
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_members, make_office
from nenep.resolutions.tests.make import make_draft, make_vote
from nenep.search.finding import Found, find
from nenep.search.questions import read
from nenep.shared.dates import clock_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(bloc):
    make_members(bloc.branch, 5)
    return make_member(bloc.branch, name="Nguyễn Thị Hòa", post=Post.SECRETARY)


@pytest.fixture
def resolution(bloc, secretary):
    lead = make_member(bloc.branch, name="Đoàn Quỳnh Khuê")
    meeting = make_meeting(bloc.branch, status=MeetingStatus.OPENED, chair=secretary)
    target = {
        "what": "Số hóa kho lưu trữ",
        "lead": lead,
        "due_on": HELD_AT.date() + timedelta(days=20),
        "measure": "đủ 300 hồ sơ",
    }
    with clock_at(HELD_AT):
        return make_draft(
            meeting, target, title="về cải cách hành chính", organization="Chi ủy kiểm tra hằng tuần."
        )


def found(viewer, typed):
    return find(viewer, read(typed)).found


def test_only_what_was_adopted_is_found(bloc, secretary, resolution):
    reader = viewer_for(secretary)
    assert found(reader, "cải cách hành chính") == []
    with clock_at(HELD_AT):
        make_vote(resolution, votes_for=resolution.meeting.present or 7)
    resolution.refresh_from_db()
    mine = [Found("resolution", resolution.pk)]
    for typed in (
        "cải cách hành chính",
        "so hoa kho luu tru",
        "300 hồ sơ",
        "kiểm tra hằng tuần",
        resolution.document.symbol,
    ):
        assert found(reader, typed) == mine, typed  # and not once more as a document
    assert found(reader, "Quỳnh Khuê") == []
    assert found(viewer_for(make_member(bloc.branch)), "cải cách") == mine
    strangers = [make_member(bloc.other_branch, post=Post.SECRETARY), make_member(bloc.neighbour_branch)]
    make_office(strangers[1], bloc.organization, Post.DEPUTY)
    assert [found(viewer_for(one), "cải cách") for one in strangers] == [[], []]


def test_what_was_rejected_is_not_found(secretary, resolution):
    with clock_at(HELD_AT):
        make_vote(resolution, votes_for=0, against=7)
    assert found(viewer_for(secretary), "cải cách hành chính") == []
