"""How regularly a branch meets: months, shares and runs, each from what the meetings themselves keep."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from nenep.access.tests.make import sign_in
from nenep.meetings.attendance import Mark, record_attendance
from nenep.meetings.minutes import adopt_minutes
from nenep.meetings.models import Meeting, MeetingFigures, MeetingStatus
from nenep.meetings.operations import close_meeting
from nenep.meetings.past import PastMonth, record_past_months
from nenep.meetings.states import Presence
from nenep.meetings.tests.make import make_meeting
from nenep.people.models import Post, Status
from nenep.people.operations import change_status
from nenep.people.tests.make import make_member, make_office
from nenep.reports.regularity import Share, regularity_of
from nenep.shared.dates import FOREVER, clock_at

pytestmark = pytest.mark.django_db
YEAR = 2026
NOW = timezone.make_aware(datetime(YEAR, 11, 28, 9))


@pytest.fixture(autouse=True)
def _november():
    with clock_at(NOW):
        yield


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)


def held(branch, chair, month, *, concluded_after=1, marks=None):
    """The meeting of a month, its notice three days before, its minutes adopted so many days later."""
    at = timezone.make_aware(datetime(YEAR, month, 3, 14))
    meeting = make_meeting(branch, status=MeetingStatus.OPENED, chair=chair, at=at)
    with clock_at(at + timedelta(minutes=90)):
        record_attendance(meeting, marks=marks or {}, by=None)
        close_meeting(meeting, by=None)
    with clock_at(at + timedelta(days=concluded_after)):
        adopt_minutes(meeting, votes_for=meeting.present, speakers=None, by=None)
    return meeting


def year_of(branch, year=YEAR, *, since=date(YEAR, 7, 1)):
    return regularity_of(branch.pk, year, since=since, until=FOREVER)


def shares(branch):
    return {share.label: (share.count, share.base) for share in year_of(branch).shares}


def test_the_months_begin_with_the_life_of_the_branch_and_end_with_the_present_one(bloc, secretary):
    held(bloc.branch, secretary, 9)
    months = year_of(bloc.branch).months
    assert [(month.month.month, month.is_held) for month in months] == [
        (7, False),
        (8, False),
        (9, True),
        (10, False),
        (11, False),
    ]
    assert [month.month.month for month in months if month.is_waited_for] == [11]
    assert shares(bloc.branch)["Tháng có họp thường kỳ"] == (1, 4)
    ended = regularity_of(bloc.branch.pk, YEAR, since=date(YEAR, 7, 1), until=date(YEAR, 8, 14))
    assert [month.month.month for month in ended.months] == [7, 8]
    assert year_of(bloc.branch, YEAR - 1).months == []


def test_a_run_ends_with_the_first_month_that_lacks_it_and_waits_for_the_present_one(bloc, secretary):
    for month in (8, 9, 10):
        held(bloc.branch, secretary, month, concluded_after=30 if month == 8 else 1)
    found = year_of(bloc.branch)
    assert (found.run_held, found.run_on_time) == (3, 2)
    held(bloc.branch, secretary, 11)
    assert (year_of(bloc.branch).run_held, year_of(bloc.branch).run_on_time) == (4, 3)
    Meeting.objects.filter(month=date(YEAR, 10, 1)).update(status=MeetingStatus.NOT_HELD)
    assert (year_of(bloc.branch).run_held, year_of(bloc.branch).run_on_time) == (1, 1)


def test_a_run_goes_back_over_the_turn_of_the_year(bloc):
    since = date(YEAR - 1, 11, 1)
    rows = [
        PastMonth(
            body_id=bloc.branch.pk, month=month, held_on=month, expected=12, present=11, excused=1, figures={}
        )
        for month in (
            *(date(YEAR - 1, number, 1) for number in (11, 12)),
            *(date(YEAR, number, 1) for number in range(1, 11)),
        )
    ]
    record_past_months(rows, by=None)
    found = year_of(bloc.branch, since=since)
    assert (found.run_held, found.run_on_time) == (
        12,
        0,
    )  # a register does not tell when the minutes were adopted
    assert year_of(bloc.branch, since=date(YEAR, 3, 1)).run_held == 8


def test_what_is_not_known_is_in_no_base(bloc, secretary):
    record_past_months(
        [
            PastMonth(
                body_id=bloc.branch.pk,
                month=date(YEAR, 9, 1),
                held_on=date(YEAR, 9, 4),
                expected=12,
                present=11,
                excused=1,
                figures={"committee_met": True},
            )
        ],
        by=None,
    )
    held(bloc.branch, secretary, 10)
    found = shares(bloc.branch)
    assert found["Kỳ chi ủy đã họp trước"] == (1, 2)
    assert found["Kỳ báo trước đủ ngày"] == (1, 1)
    assert found["Kỳ thông qua biên bản đúng hạn"] == (1, 1)


def test_a_register_that_tells_the_day_of_adoption_is_judged_by_it(bloc):
    days = {7: 2, 8: 20, 9: 1}
    record_past_months(
        [
            PastMonth(
                body_id=bloc.branch.pk,
                month=date(YEAR, month, 1),
                held_on=date(YEAR, month, 4),
                expected=12,
                present=11,
                excused=1,
                figures={"adopted_on": date(YEAR, month, 4) + timedelta(days=later)},
            )
            for month, later in days.items()
        ],
        by=None,
    )
    assert [month.was_concluded_in_time for month in year_of(bloc.branch).months[:3]] == [True, False, True]
    assert shares(bloc.branch)["Kỳ thông qua biên bản đúng hạn"] == (2, 3)


def test_before_a_pack_says_how_many_days_follow_nobody_was_late(bloc):
    year = YEAR - 2
    rows = [
        PastMonth(
            body_id=bloc.branch.pk,
            month=date(year, 3, 1),
            held_on=date(year, 3, 4),
            expected=12,
            present=12,
            figures={"adopted_on": date(year, 5, 4)},
        )
    ]
    record_past_months(rows, by=None)
    found = year_of(bloc.branch, year, since=date(year, 3, 1))
    assert found.months[0].was_concluded_in_time is None
    assert [one.base for one in found.shares if one.label == "Kỳ thông qua biên bản đúng hạn"] == [0]


def test_a_notice_of_the_same_day_is_too_late(bloc, secretary):
    meeting = held(bloc.branch, secretary, 10)
    meeting.figures.notice_days = 0
    meeting.figures.save(update_fields=["notice_days"])
    month = year_of(bloc.branch).months[-2]
    assert (month.was_told_in_time, month.is_on_time) == (False, False)


def test_the_committee_is_counted_by_who_held_office_and_had_to_come(bloc, secretary):
    deputy = make_member(bloc.branch, post=Post.DEPUTY)
    make_member(bloc.branch)
    held(bloc.branch, secretary, 9, marks={deputy.pk: Mark(Presence.EXCUSED, "Đi công tác")})
    change_status(deputy, status=Status.EXEMPT, start=date(YEAR, 10, 1), by=None)
    held(bloc.branch, secretary, 10, marks={deputy.pk: Mark(Presence.EXEMPT)})
    assert year_of(bloc.branch).committee == Share("Lượt chi ủy viên dự", 2, 3)


def test_the_page_says_it_to_whoever_may_see_the_months(client, bloc, secretary):
    for month in (9, 10):
        held(bloc.branch, secretary, month, concluded_after=1 if month == 10 else 20)
    address = reverse("home:branch_year", args=[bloc.branch.pk, YEAR])
    sign_in(client, secretary)
    page = client.get(address).content.decode()
    assert "<strong>2 tháng liền</strong>, trong đó 1 tháng gần nhất đều đúng hạn." in page
    assert page.count("Sau hạn") == 1
    # The secretary alone holds an elected post, and came twice: the indicator with its base and its period (R147).
    assert "<dt>Lượt chi ủy viên dự</dt><dd>2 trên 2</dd>" in page
    assert "các kỳ thường kỳ đã họp trong năm" in page
    MeetingFigures.objects.update(adopted_on=date(YEAR, 9, 3))
    assert "<strong>2 tháng liền</strong>, đều đúng hạn." in client.get(address).content.decode()
    assert page.count("theo HD 42-HD/BTCTW") == 2
    assert page.count("(chưa kiểm chứng)") == 4  # the questions of the self-check are the program's
    for wrong in (2009, YEAR + 1):
        assert client.get(reverse("home:branch_year", args=[bloc.branch.pk, wrong])).status_code == 404
    sign_in(client, make_member(bloc.neighbour_branch, post=Post.SECRETARY))
    assert client.get(address).status_code == 404


def test_whoever_sees_the_own_branch_alone_is_led_to_no_page_of_officers(client, bloc, secretary):
    month = reverse("home:branch_month", args=[bloc.branch.pk, YEAR, 10])
    officer = make_member(bloc.lone_branch)
    make_office(officer, bloc.bloc, Post.OFFICER)
    for person, is_officer in ((secretary, False), (officer, True)):
        sign_in(client, person)
        page = client.get(month).content.decode()
        assert (reverse("home:board") + "?month=" in page) == is_officer
        assert reverse("home:branch_year", args=[bloc.branch.pk, YEAR]) in page
        board = client.get(reverse("home:board")).content.decode()
        assert (reverse("plans:branches") in board) == is_officer


def test_more_months_cost_no_more_statements(client, bloc, secretary):
    sign_in(client, secretary)
    address = reverse("home:branch_year", args=[bloc.branch.pk, YEAR])

    def cost():
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    held(bloc.branch, secretary, 2)
    client.get(address)
    with_one = cost()
    for month in (4, 5, 6):
        held(bloc.branch, secretary, month)
    assert cost() == with_one
