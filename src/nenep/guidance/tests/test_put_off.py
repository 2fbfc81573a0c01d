"""A focus that the secretary leaves out comes back next month and says how often it was put off (R65)."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.guidance.operations import withdraw_guidance
from nenep.guidance.tests.make import make_guidance
from nenep.meetings.operations import open_month
from nenep.meetings.suggesting import drop_suggestion, suggested_for, take_suggestion
from nenep.meetings.tests.make import HELD_AT, make_meeting
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.shared.dates import clock_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)


@pytest.fixture
def guidance(bloc):
    with clock_at(HELD_AT - timedelta(days=20)):
        return make_guidance(bloc.organization, published=True, month=HELD_AT.date())


def offered(branch, month, day):
    """How often each focus that is offered then was put off; days of tradition are offered beside them."""
    with clock_at(HELD_AT + timedelta(days=day)):
        meeting = open_month(branch.pk, month=month, by=None)
        found = suggested_for(meeting, list(meeting.items.all()))
    return meeting, {one.key: one.put_off for one in found.offers if one.key.startswith("guidance:")}


def test_the_buttons_leave_it_out_put_it_back_and_take_it(bloc, secretary, guidance):
    meeting = make_meeting(bloc.branch, chair=secretary)
    client, key = Client(), f"guidance:{guidance.pk}"
    title = guidance.current.title

    def press(choice):
        address = reverse("meetings:suggestion_choice", args=[meeting.pk])
        assert client.post(address, {"choice": choice, "key": key}).status_code == 302
        return client.get(reverse("meetings:agenda", args=[meeting.pk])).content.decode()

    with clock_at(HELD_AT - timedelta(days=5)):
        sign_in(client, secretary)
        left_out = press("drop")
        assert "Đã bỏ khỏi kỳ này." in left_out
        assert f"Đưa “{title}” vào chương trình" not in left_out
        back = press("restore")
        assert "Đã bỏ khỏi kỳ này." not in back
        assert f"Đưa “{title}” vào chương trình" in back
        press("take")
    assert meeting.items.filter(title=title).exists()


def test_what_was_left_out_comes_back_until_it_is_taken(bloc, secretary, guidance):
    key = f"guidance:{guidance.pk}"
    december, _found = offered(bloc.branch, date(2026, 12, 1), -20)
    assert _found == {key: 0}
    _january, found = offered(bloc.branch, date(2027, 1, 1), 20)
    assert key not in found  # nobody put it off: its month is over
    with clock_at(HELD_AT - timedelta(days=20)):
        drop_suggestion(december, key=key, by=None)
    january, found = offered(bloc.branch, date(2027, 1, 1), 20)
    assert found == {key: 1}
    with clock_at(HELD_AT + timedelta(days=20)):
        drop_suggestion(january, key=key, by=None)
    february, found = offered(bloc.branch, date(2027, 2, 1), 50)
    assert found == {key: 2}
    with clock_at(HELD_AT + timedelta(days=50)):
        take_suggestion(february, key=key, by=None)
    assert offered(bloc.branch, date(2027, 3, 1), 80)[1] == {}
    assert offered(bloc.other_branch, date(2027, 1, 1), 20)[1] == {}


def test_what_the_committee_withdrew_does_not_come_back(bloc, secretary, guidance):
    key = f"guidance:{guidance.pk}"
    december, _found = offered(bloc.branch, date(2026, 12, 1), -20)
    with clock_at(HELD_AT - timedelta(days=20)):
        drop_suggestion(december, key=key, by=None)
        withdraw_guidance(guidance, reason="Nhầm", by=None)
    assert offered(bloc.branch, date(2027, 1, 1), 20)[1] == {}
