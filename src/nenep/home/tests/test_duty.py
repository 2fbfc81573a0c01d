"""The member whom a meeting chose to write or to chair finds the way in on the own home."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.roles import role_table
from nenep.access.tests.make import sign_in, viewer_for
from nenep.meetings.access import MeetingAccess
from nenep.meetings.models import Meeting, MeetingStatus
from nenep.meetings.tests.make import make_meeting
from nenep.people.tests.make import make_member
from nenep.shared.dates import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(branch):
    return make_member(branch, name="Lê Thư Ký")


def home_with(client, branch, member, status, **people):
    meeting = make_meeting(branch, status=status, at=now() - timedelta(hours=3), **people)
    sign_in(client, member)
    return meeting, client.get("/").content.decode()


@pytest.mark.parametrize(
    ("status", "button", "name"),
    [
        (MeetingStatus.OPENED, "Ghi biên bản", "room"),
        (MeetingStatus.CLOSED, "Đọc lại biên bản", "minutes"),
    ],
)
def test_the_note_taker_goes_straight_to_the_minutes(client, branch, secretary, member, status, button, name):
    meeting, home = home_with(client, branch, member, status, chair=secretary, note_taker=member)
    assert "Đồng chí là thư ký kỳ này." in home
    assert f'href="{reverse(f"meetings:{name}", args=[meeting.pk])}">{button}</a>' in home
    assert client.get(reverse(f"meetings:{name}", args=[meeting.pk])).status_code == 200


def test_so_does_a_chair_who_is_not_the_secretary(client, branch, secretary, member):
    meeting, home = home_with(
        client, branch, member, MeetingStatus.OPENED, chair=member, note_taker=secretary
    )
    assert "Đồng chí chủ trì kỳ này." in home
    assert client.get(reverse("meetings:room", args=[meeting.pk])).status_code == 200


def test_others_see_no_duty(client, branch, secretary, member):
    _meeting, home = home_with(client, branch, member, MeetingStatus.OPENED, chair=secretary)
    assert "kỳ này." not in home


def test_the_right_comes_from_the_table(branch, secretary, member, monkeypatch):
    """Twin: a table that does not name the note-taker gives nothing."""
    made = make_meeting(branch, status=MeetingStatus.OPENED, chair=secretary, at=now() - timedelta(hours=1))
    meeting = Meeting.objects.get(pk=made.pk)
    meeting.note_taker = member
    can = MeetingAccess(viewer_for(member), meeting)
    assert (can.run, can.open, can.choose_people_now) == (True, False, False)
    monkeypatch.setattr(type(role_table()), "chosen_for", lambda _table, _verb: [])
    assert not can.run


def test_the_printed_table_names_them(client, member):
    sign_in(client, member)
    page = client.get(reverse("access:roles")).content.decode()
    assert "Chủ trì của kỳ sinh hoạt, Thư ký của kỳ sinh hoạt" in page
