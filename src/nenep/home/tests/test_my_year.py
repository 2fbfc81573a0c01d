"""“Năm của tôi”: what one member did in a year, counted from records and seen by that member alone."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from nenep.access.tests.make import sign_in
from nenep.assignments.models import Result
from nenep.assignments.tests.make import make_review, make_work
from nenep.home.my_year import OVERDUE, my_year
from nenep.meetings.answers import answer_opinion, propose, write_opinion
from nenep.meetings.attendance import Mark, record_attendance
from nenep.meetings.models import MeetingStatus, Reply
from nenep.meetings.operations import call_meeting, close_meeting
from nenep.meetings.past import PastMonth, record_past_months
from nenep.meetings.states import Presence
from nenep.meetings.tests.make import acting, make_meeting
from nenep.people.models import Post, Status
from nenep.people.operations import change_status, transfer
from nenep.people.tests.make import make_member
from nenep.resolutions.comments import comment
from nenep.resolutions.tests.make import make_draft
from nenep.shared.dates import clock_at, today

pytestmark = pytest.mark.django_db
YEAR = 2025


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)


@pytest.fixture
def member(bloc, secretary):
    return make_member(bloc.branch, name="Lê Đảng Viên")


def at(month, year=YEAR):
    return timezone.make_aware(datetime(year, month, 3, 14))


def held(branch, chair, month, *, year=YEAR, marks=None):
    """The meeting of a month, over; whoever is not in `marks` was there."""
    meeting = make_meeting(branch, status=MeetingStatus.OPENED, chair=chair, at=at(month, year))
    with clock_at(at(month, year) + timedelta(minutes=90)):
        record_attendance(meeting, marks=marks or {}, by=None)
        close_meeting(meeting, by=None)
    return meeting


def page(client, member, year=YEAR):
    sign_in(client, member)
    return client.get(reverse("home:my_year"), {"year": year}).content.decode()


def test_attendance_counts_the_meetings_that_had_to_be_attended(client, bloc, secretary, member):
    held(bloc.branch, secretary, 1)
    held(bloc.branch, secretary, 2, marks={member.pk: Mark(Presence.LATE)})
    held(bloc.branch, secretary, 3, marks={member.pk: Mark(Presence.EXCUSED, "Đi công tác")})
    change_status(member, status=Status.EXEMPT, start=date(YEAR, 4, 1), by=None)
    held(bloc.branch, secretary, 4, marks={member.pk: Mark(Presence.EXEMPT)})
    held(bloc.branch, secretary, 1, year=YEAR - 1)
    make_meeting(bloc.branch, status=MeetingStatus.OPENED, chair=secretary, at=at(5))
    mine = my_year(member.pk, YEAR)
    assert (mine.attended, mine.expected, len(mine.meetings)) == (2, 3, 4)
    assert mine.marks == [
        ("Có mặt", 1),
        ("Vắng có lý do", 1),
        ("Đến muộn", 1),
        ("Được miễn, không dự", 1),
    ]
    seen = page(client, member)
    assert "<strong>2 trên 3</strong> kỳ phải dự" in seen
    assert "Có mặt: 1; vắng có lý do: 1; đến muộn: 1; được miễn, không dự: 1." in seen
    assert "Vắng có lý do: Đi công tác." in seen


def test_a_month_brought_in_from_a_register_names_nobody(client, bloc, member):
    month = date(YEAR, 3, 1)
    row = PastMonth(
        body_id=bloc.branch.pk, month=month, held_on=month, expected=12, present=11, excused=1, figures={}
    )
    record_past_months([row], by=None)
    assert bloc.branch.meetings.get().is_over
    assert my_year(member.pk, YEAR).meetings == []
    assert "chưa có biên bản nào ghi tên đồng chí" in page(client, member)


def test_meetings_follow_the_member_to_another_branch(client, bloc, secretary, member):
    there = make_member(bloc.other_branch, name="Trần Bí Thư", post=Post.SECRETARY)
    left = held(bloc.branch, secretary, 2)
    transfer(member, to=bloc.other_branch, day=date(YEAR, 3, 1), by=None)
    held(bloc.branch, secretary, 4)  # without the member
    held(bloc.other_branch, there, 2)  # before the member came
    came = held(bloc.other_branch, there, 4)
    assert [line.meeting for line in my_year(member.pk, YEAR).meetings] == [left, came]
    seen = page(client, member)
    assert reverse("meetings:page", args=[came.pk]) in seen
    assert reverse("meetings:page", args=[left.pk]) not in seen  # its papers are no more for this member


def test_what_was_written_is_counted_with_its_replies(bloc, secretary, member):
    meeting = make_meeting(bloc.branch, chair=secretary, at=at(6))
    by = acting(member)
    with clock_at(at(6) - timedelta(days=5)):
        answer_opinion(
            write_opinion(meeting, text="Nên họp sớm.", item_id=None, by=by),
            reply=Reply.ADOPTED,
            reason="",
            by=acting(secretary),
        )
        propose(meeting, subject="Bàn việc nhà xe", text="Chật quá.", by=by)
        write_opinion(meeting, text="Tôi cũng vậy.", item_id=None, by=acting(secretary))
        draft = make_draft(meeting, direction="Dòng đầu.")
        call_meeting(meeting, reason="Chi ủy đi công tác.", by=None)
        comment(draft, number=draft.revision, place="direction:1", text="Rõ hơn.", by=by)
    mine = my_year(member.pk, YEAR)
    assert (mine.opinions, mine.proposals, mine.comments) == (1, 1, 1)
    assert mine.replies == [("Chưa trả lời", 2), ("Tiếp thu", 1)]
    assert my_year(member.pk, YEAR - 1).written == 0


def test_work_is_shown_with_how_it_was_judged_or_where_it_stands(client, bloc, secretary, member):
    meeting = make_meeting(bloc.branch, status=MeetingStatus.OPENED, chair=secretary, at=at(1))
    later = make_meeting(bloc.branch, status=MeetingStatus.OPENED, chair=secretary, at=at(5))
    with clock_at(at(1)):
        judged = make_work(meeting, member, what="Rà soát hồ sơ", due_on=date(YEAR, 4, 1))
        make_work(meeting, member, what="Sửa mái nhà", due_on=date(YEAR, 12, 31))
        make_work(meeting, member, what="Năm sau", due_on=date(YEAR + 1, 1, 1))
        make_work(meeting, secretary, what="Của bí thư", due_on=date(YEAR, 4, 1))
    with clock_at(at(5)):
        make_review(judged, later, result=Result.PARTLY, actual="Xong 8 bộ")
    mine = my_year(member.pk, YEAR)
    assert [(work.what, result) for work, result in mine.work] == [
        ("Rà soát hồ sơ", "Đạt một phần"),
        ("Sửa mái nhà", OVERDUE),
    ]
    assert mine.results == [("Đạt một phần", 1), (OVERDUE, 1)]
    seen = page(client, member)
    assert "Đạt một phần: Xong 8 bộ." in seen
    assert "Của bí thư" not in seen


def test_only_years_that_this_program_knows_are_offered(client, member):
    for asked in (2009, today().year + 1, "abc", ""):
        assert f"Năm {today().year} của tôi</h1>" in page(client, member, asked)
    assert "Năm 2010 của tôi</h1>" in page(client, member, 2010)
    assert "year=2009" not in page(client, member, 2010)


def test_the_page_costs_the_same_with_more_meetings(client, bloc, secretary, member):
    held(bloc.branch, secretary, 1)
    page(client, member)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("home:my_year"), {"year": YEAR})
        return len(captured)

    with_one = cost()
    for month in (2, 3, 4):
        held(bloc.branch, secretary, month)
    assert cost() == with_one
