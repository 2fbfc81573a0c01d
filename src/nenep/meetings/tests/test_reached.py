"""The list of who has heard of a meeting: those still to be told on top, and a tick that can be undone."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in, viewer_for
from nenep.meetings.answers import respond
from nenep.meetings.models import Answer, MeetingStatus
from nenep.meetings.notice import deliveries_of
from nenep.meetings.tests.make import make_meeting
from nenep.people.tests.make import make_member
from nenep.shared.dates import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(branch):
    """Without account or mail, with a telephone: told by hand."""
    return make_member(branch, name="Lê Không Máy", phone="0936646248")


@pytest.fixture
def meeting(branch, secretary, member):
    return make_meeting(branch, status=MeetingStatus.CALLED, chair=secretary, at=now() + timedelta(days=2))


def test_those_still_to_be_reached_come_first_and_are_counted(client, branch, secretary, member, meeting):
    sign_in(client, secretary)
    respond(meeting, answer=Answer.WILL_COME, by=viewer_for(secretary))
    page = client.get(reverse("meetings:notice", args=[meeting.pk])).content.decode()
    assert "1 trong 2 đồng chí đã nhận tin." in page
    assert page.index("Lê Không Máy") < page.index('row">Nguyễn Bí Thư')


def test_told_by_hand_says_whom_comes_back_to_the_line_and_is_undone(client, secretary, member, meeting):
    row = next(row for row in deliveries_of(meeting) if row.entry.member_id == member.pk)
    sign_in(client, secretary)
    here = reverse("meetings:notice", args=[meeting.pk])
    sent = {"data": {"line": f"member-{member.pk}"}, "headers": {"referer": f"http://testserver{here}"}}
    answer = client.post(reverse("notices:told", args=[row.by_hand.pk]), **sent)
    assert answer["Location"].endswith(f"{here}#member-{member.pk}")
    page = client.get(here).content.decode()
    assert "Đã ghi: đã báo đồng chí Lê Không Máy." in page
    assert "Hoàn tác" in page
    client.post(reverse("notices:reopened", args=[row.by_hand.pk]), **sent)
    assert "Chưa báo" in client.get(here).content.decode()


@pytest.mark.parametrize("line", ["//evil.example", "member-1\r\nX: y", "javascript:1"])
def test_a_line_is_only_ever_a_place_on_the_page(client, secretary, member, meeting, line):
    row = next(row for row in deliveries_of(meeting) if row.entry.member_id == member.pk)
    sign_in(client, secretary)
    answer = client.post(reverse("notices:told", args=[row.by_hand.pk]), {"line": line})
    assert answer["Location"] == "/notices/by-hand/"
