"""A month that went by without a meeting shows the day after its last lawful day, to the secretary and to the officer."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from nenep.access.tests.make import sign_in
from nenep.facts.models import BranchMonth
from nenep.home.board import rows_of
from nenep.meetings.models import Meeting, MeetingStatus
from nenep.meetings.tests.make import make_meeting
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_members, make_office
from nenep.shared.dates import clock_at

pytestmark = pytest.mark.django_db

OCTOBER = timezone.make_aware(datetime(2026, 10, 5, 14, 0))


def on(month, day):
    return clock_at(timezone.make_aware(datetime(2026 if month > 6 else 2027, month, day, 9, 0)))


@pytest.fixture
def branch():
    return make_small_bloc().branch


@pytest.fixture
def secretary(branch):
    make_members(branch, 2)
    return make_member(branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)


@pytest.fixture
def nothing_in_november(branch, secretary):
    """October was held; November's meeting, which its adoption planned, was taken out; nobody planned December."""
    held = make_meeting(branch, status=MeetingStatus.ADOPTED, chair=secretary, at=OCTOBER)
    Meeting.objects.exclude(pk=held.pk).delete()


def asked(client, secretary):
    client.logout()  # the clock has moved on further than a session lasts
    sign_in(client, secretary)
    return client.get("/").context["next"]


def test_the_secretary_is_asked_from_the_day_after_the_last_lawful_one(
    client, branch, secretary, nothing_in_november
):
    with on(12, 7):
        assert "11/2026" not in asked(client, secretary).sentence
    with on(12, 8):
        step = asked(client, secretary)
        assert step.sentence.startswith("Tháng 11/2026 chưa có kỳ sinh hoạt nào và đã hết ngày họp.")
        assert step.url == reverse("meetings:paper_entry", args=[branch.pk, 2026, 11])
        [(_label, reason_page)] = step.others
        assert client.get(reason_page).status_code == 200
        assert client.post(reason_page, {"reason": ""}).status_code == 422
        assert client.post(reason_page, {"reason": "few"})["Location"] == "/"
        assert "11/2026" not in client.get("/").context["next"].sentence
    november = Meeting.objects.get(body=branch, month=date(2026, 11, 1))
    assert november.status == MeetingStatus.NOT_HELD
    assert BranchMonth.objects.get(body=branch, month=november.month).meetings_not_held == 1


def test_a_branch_that_has_just_begun_owes_no_month_before(client, branch, secretary):
    with on(12, 8):
        assert "11/2026" not in asked(client, secretary).sentence


def test_a_planned_month_that_is_over_is_entered_from_paper_or_given_up(client, branch, secretary):
    make_meeting(branch, status=MeetingStatus.PLANNED, chair=secretary, at=OCTOBER)
    with on(10, 6):  # it may still meet late
        labels = [label for label, _url in asked(client, secretary).others]
        assert labels == ["Chưa họp, chọn ngày khác", "Không họp"]
    with on(11, 8):
        step = asked(client, secretary)
        assert step.button == "Có họp, nhập biên bản giấy"
        assert [label for label, _url in step.others] == ["Không họp"]


def test_the_officer_reads_how_many_let_a_month_go_by_and_why(client, branch, secretary, nothing_in_november):
    bloc = make_small_bloc()
    officer = make_member(bloc.other_branch, name="Phạm Cán Bộ")
    make_office(officer, bloc.organization, Post.OFFICER)
    make_meeting(bloc.branch, status=MeetingStatus.CALLED, at=OCTOBER, chair=make_member(bloc.branch))
    with on(11, 8):
        sign_in(client, officer)
        before = client.get(reverse("home:board")).context["unexplained"]
        page = client.get(reverse("home:board")).content.decode()
        assert "Tháng 10/2026: " in page
        assert "chưa họp và chưa nêu lý do" in page
        sign_in(client, make_member(bloc.branch, name="Lê Bí Thư", post=Post.SECRETARY))
        meeting = Meeting.objects.get(body=bloc.branch)
        client.post(reverse("meetings:non_holding", args=[meeting.pk]), {"reason": "disaster"})
        sign_in(client, officer)
        assert client.get(reverse("home:board")).context["unexplained"] == before - 1
        shown = client.get(reverse("home:branch_month", args=[bloc.branch.pk, 2026, 10])).content.decode()
    assert "Không họp: Thiên tai, dịch bệnh" in shown


def test_a_month_to_come_is_not_late_for_being_unplanned(branch):
    for month, state in ((date(2026, 12, 1), "waiting"), (date(2026, 11, 1), "overdue")):
        [row] = rows_of([branch], month, date(2026, 11, 20))
        assert (row.steps[0].state, row.steps[0].words) == (state, "Chưa lập")


def test_the_page_of_not_held_before_its_hour_says_when_it_is_time(client, branch, secretary):
    meeting = make_meeting(branch, status=MeetingStatus.CALLED, chair=secretary, at=OCTOBER)
    with on(10, 5):  # at nine; the meeting is at two
        sign_in(client, secretary)
        answer = client.get(reverse("meetings:non_holding", args=[meeting.pk]), follow=True)
        assert "Chưa qua giờ họp. Nếu chi bộ quyết định không họp" in answer.content.decode()
        sign_in(client, make_member(branch, name="Lê Đảng Viên"))
        assert client.get(reverse("meetings:non_holding", args=[meeting.pk])).status_code == 403
