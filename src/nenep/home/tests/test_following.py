"""After adoption the secretary's home keeps what the month still owes, then goes on to the next month."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nenep.access.tests.make import sign_in
from nenep.journal.models import Event
from nenep.meetings.calling_off import cancel_meeting, mark_not_held
from nenep.meetings.minutes import adopt_minutes
from nenep.meetings.models import Meeting, MeetingStatus
from nenep.meetings.operations import call_meeting, close_meeting, plan
from nenep.meetings.progress import meeting_day
from nenep.meetings.tests.make import make_meeting
from nenep.organizations.tests.make import make_body
from nenep.people.tests.make import make_members
from nenep.resolutions.tests.make import make_draft, make_vote
from nenep.shared.dates import clock_at, now, today

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _afternoon_in_november():
    """Neither so late in the month nor so soon after midnight that days and months fall otherwise."""
    with clock_at(timezone.make_aware(datetime(2026, 11, 20, 15, 0))):
        yield


@pytest.fixture
def branch():
    branch = make_body()
    make_members(branch, 4)
    return branch


def adopted_month(branch, secretary):
    """Held two hours ago; its resolution has one target that can be given."""
    at = now() - timedelta(hours=2)
    meeting = make_meeting(branch, status=MeetingStatus.OPENED, chair=secretary, at=at)
    target = {"what": "Rà soát hồ sơ", "lead": secretary, "due_on": today() + timedelta(days=20)}
    make_vote(make_draft(meeting, target), votes_for=5)
    close_meeting(meeting, by=None)
    adopt_minutes(meeting, votes_for=5, by=None)
    return meeting


def home_of(client, secretary):
    sign_in(client, secretary)
    page = client.get("/")
    return page.content.decode(), page.context["next"]


def test_the_adopted_month_stays_until_its_work_is_given_and_its_papers_are_signed(client, branch, secretary):
    meeting = adopted_month(branch, secretary)
    page, step = home_of(client, secretary)
    assert f"<h1>Kỳ sinh hoạt tháng {meeting.month:%m/%Y}</h1>" in page
    assert "Còn 1 việc của nghị quyết chưa giao. Còn phải in và ký biên bản, nghị quyết." in step.sentence
    assert step.is_post
    client.post(step.url)
    _page, step = home_of(client, secretary)
    assert "chưa giao" not in step.sentence
    assert step.url == reverse("meetings:minutes", args=[meeting.pk])

    client.post(reverse("meetings:signature", args=[meeting.pk]))
    _page, step = home_of(client, secretary)
    assert "Báo cáo tháng chưa gửi cấp trên, còn 2 ngày" in step.sentence
    assert step.url == reverse("returns:page", args=[meeting.pk])

    client.post(reverse("returns:sending", args=[meeting.pk]))
    following = Meeting.objects.latest("month")
    page, step = home_of(client, secretary)
    assert f"<h1>Kỳ sinh hoạt tháng {following.month:%m/%Y}</h1>" in page
    assert step.button == "Chuẩn bị"


def test_meanwhile_the_next_month_is_one_link_away(client, branch, secretary):
    adopted_month(branch, secretary)
    following = Meeting.objects.latest("month")
    page, _step = home_of(client, secretary)
    assert f'Kỳ tới: {meeting_day(following):%d/%m/%Y}. <a href="/meetings/{following.pk}/">' in page


def test_calling_the_next_month_ends_the_follow_up(client, branch, secretary):
    adopted_month(branch, secretary)
    following = Meeting.objects.latest("month")
    plan(following, place="Phòng họp", starts_at=now() + timedelta(days=40), by=None)
    call_meeting(following, reason="Chi ủy đi công tác.", by=None)
    page, _step = home_of(client, secretary)
    assert f"<h1>Kỳ sinh hoạt tháng {following.month:%m/%Y}</h1>" in page


@pytest.mark.parametrize("is_held_up", [True, False], ids=["cancelled", "not held"])
def test_a_next_month_that_is_called_off_leaves_what_is_owed(client, branch, secretary, is_held_up):
    meeting = adopted_month(branch, secretary)
    following = Meeting.objects.latest("month")
    at = now() + timedelta(days=40)
    plan(following, place="Phòng họp", starts_at=at, by=None)
    if is_held_up:
        cancel_meeting(following, reason="disaster", by=None)
        page, step = home_of(client, secretary)
    else:
        with clock_at(at + timedelta(hours=1)):
            mark_not_held(following, reason="disaster", by=None)
            page, step = home_of(client, secretary)
    assert f"<h1>Kỳ sinh hoạt tháng {meeting.month:%m/%Y}</h1>" in page
    assert step.url == reverse("assignments:from_resolution", args=[meeting.pk])


def test_a_tick_by_mistake_is_taken_back(client, branch, secretary):
    meeting = adopted_month(branch, secretary)
    sign_in(client, secretary)
    for name in ("signature", "signature", "signature_withdrawal"):
        client.post(reverse(f"meetings:{name}", args=[meeting.pk]))
    meeting.minutes.refresh_from_db()
    assert meeting.minutes.signed_at is None
    assert Event.objects.filter(verb="minutes.signed").count() == 1
