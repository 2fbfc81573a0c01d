"""What a member sees of a meeting that is over: its minutes and resolution first, on the home and on its page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.meetings.minutes import adopt_minutes
from nenep.meetings.models import MeetingStatus
from nenep.meetings.operations import close_meeting
from nenep.meetings.past import PastMonth, record_past_months
from nenep.meetings.tests.make import make_meeting
from nenep.notices.models import BY_HAND, Delivery, Notice
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office
from nenep.resolutions.tests.make import make_draft, make_vote
from nenep.shared.dates import month_start, now, previous_month, today

pytestmark = pytest.mark.django_db
WAITS = "Thấy chỗ chưa đúng, đồng chí báo thư ký."


@pytest.fixture
def member(branch):
    return make_member(branch, name="Lê Đảng Viên")


@pytest.fixture
def meeting(branch, secretary, member):
    """Closed, its resolution adopted, its minutes not yet."""
    at = now() - timedelta(hours=3)
    meeting = make_meeting(branch, status=MeetingStatus.OPENED, chair=secretary, at=at)
    make_vote(make_draft(meeting), votes_for=2)
    close_meeting(meeting, by=None)
    return meeting


def pages(client, member, meeting):
    sign_in(client, member)
    return {
        "home": client.get("/").content.decode(),
        "page": client.get(reverse("meetings:page", args=[meeting.pk])).content.decode(),
        "minutes": client.get(reverse("meetings:minutes", args=[meeting.pk])).content.decode(),
    }


def test_minutes_that_wait_say_whom_to_tell(client, member, meeting):
    seen = pages(client, member, meeting)
    assert {name for name, page in seen.items() if WAITS in page} == {"home", "page", "minutes"}
    assert "Đọc từ đầu đến cuối" not in seen["minutes"]


def test_minutes_and_resolution_are_one_tap_away_and_the_agenda_is_folded(client, member, meeting):
    adopt_minutes(meeting, votes_for=2, by=None)
    seen = pages(client, member, meeting)
    assert f"Kỳ sinh hoạt tháng {meeting.month:%m/%Y} đã xong." in seen["home"]
    for page in (seen["home"], seen["page"]):
        assert reverse("meetings:minutes", args=[meeting.pk]) in page
        assert reverse("resolutions:page", args=[meeting.pk]) in page
    assert seen["page"].index("Đọc biên bản") < seen["page"].index("Chương trình, ")
    assert "<h2>Chương trình</h2>" not in seen["page"]


def test_everybody_hears_that_the_minutes_are_adopted_and_nobody_is_rung_up_for_it(meeting):
    adopt_minutes(meeting, votes_for=2, by=None)
    told = Notice.objects.filter(kind="minutes.adopted")
    assert told.count() == 2
    assert not Delivery.objects.filter(notice__in=told, channel__in=BY_HAND).exists()
    assert Delivery.objects.filter(notice__kind="meeting.called", channel__in=BY_HAND).exists()


def test_a_month_before_the_program_shows_only_what_is_known(client, branch, member):
    month = previous_month(month_start(today()))
    row = PastMonth(
        body_id=branch.pk, month=month, held_on=month, expected=12, present=11, excused=1, figures={}
    )
    record_past_months([row], by=None)
    meeting = branch.meetings.get()
    sign_in(client, member)
    page = client.get(reverse("meetings:page", args=[meeting.pk])).content.decode()
    assert "Biên bản giấy lưu tại chi bộ." in page
    assert "11/12 đảng viên" in page
    for untrue in ("Chưa có", "Chưa phân công", "Đọc biên bản", "14:00"):
        assert untrue not in page
    assert f"Xem lại kỳ tháng {month:%m/%Y}" in client.get("/").content.decode()


def test_while_the_meeting_runs_the_way_to_the_seat_is_the_first_button(client, branch, secretary, member):
    at = now() - timedelta(hours=1)
    running = make_meeting(branch, status=MeetingStatus.OPENED, chair=secretary, at=at)
    sign_in(client, member)
    page = client.get("/").content.decode()
    seat = reverse("rooms:seat", args=[running.pk])
    assert page.index("Đang họp") < page.index(seat)
    assert client.get(seat).status_code == 200
    close_meeting(running, by=None)
    assert seat not in client.get("/").content.decode()


def test_a_clerk_is_led_to_the_register(client, branch, secretary, member):
    make_office(member, branch, Post.CLERK)
    sign_in(client, member)
    page = client.get("/").content.decode()
    assert "Việc văn thư" in page
    assert "Sổ chưa có văn bản nào." in page
    sign_in(client, secretary)
    assert "Việc văn thư" not in client.get("/").content.decode()
