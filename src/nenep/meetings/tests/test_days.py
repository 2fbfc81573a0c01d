"""A month is never born in the past, and its meeting is held in it or in the first days of the next."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nenep.access.tests.make import sign_in
from nenep.meetings import operations
from nenep.meetings.models import Meeting, MeetingStatus
from nenep.meetings.tests.make import HELD_AT, make_meeting
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.shared.dates import clock_at
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db

BEFORE = HELD_AT - timedelta(days=1)


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, post=Post.SECRETARY)


def at(day, month=12, year=2026, hour=8):
    return timezone.make_aware(datetime(year, month, day, hour))


class TestBorn:
    @pytest.mark.parametrize(
        ("today", "expected", "proposed"),
        [
            (at(1), date(2026, 12, 3), False),  # the fixed day is ahead
            (at(22), date(2026, 12, 23), True),
            (at(25), date(2026, 12, 28), True),  # a Friday: not on a weekend
            (at(31), date(2027, 1, 4), True),  # New Year's Day and a weekend are no working days
        ],
    )
    def test_a_month_created_late_gets_a_working_day_ahead(self, bloc, today, expected, proposed):
        with clock_at(today):
            meeting = operations.open_month(bloc.branch.pk, month=date(2026, 12, 1), by=None)
        assert (timezone.localdate(meeting.starts_at), meeting.is_time_proposed) == (expected, proposed)

    def test_the_secretary_sees_that_it_is_a_proposal_until_the_time_is_saved(self, client, bloc, secretary):
        with clock_at(at(22)):
            meeting = operations.open_month(bloc.branch.pk, month=date(2026, 12, 1), by=None)
            sign_in(client, secretary)
            page = reverse("meetings:preparation", args=[meeting.pk])
            assert "phần mềm đề nghị ngày này" in client.get(page).content.decode()
            operations.plan(meeting, starts_at=meeting.starts_at, place="Hội trường", by=None)
            assert "phần mềm đề nghị ngày này" not in client.get(page).content.decode()


OUTSIDE = [at(24, year=2016), at(24, year=2027), at(8, month=1, year=2027), at(30, month=11)]


class TestChosen:
    @pytest.mark.parametrize("day", OUTSIDE)
    def test_a_plan_outside_the_month_or_in_the_past_names_the_field_and_keeps_what_was_typed(
        self, client, bloc, secretary, day
    ):
        meeting = make_meeting(bloc.branch, chair=secretary)
        sign_in(client, secretary)
        typed = {"starts_at_0": f"{day:%d/%m/%Y}", "starts_at_1": "08:00", "place": "Nhà văn hóa"}
        with clock_at(BEFORE):
            answer = client.post(reverse("meetings:plan", args=[meeting.pk]), typed)
        assert answer.status_code == 422
        assert answer.context["form"].errors["starts_at"]
        assert "Nhà văn hóa" in answer.content.decode()
        assert Meeting.objects.get().starts_at == HELD_AT

    @pytest.mark.parametrize("day", OUTSIDE)
    def test_nor_is_it_postponed_there(self, bloc, secretary, day):
        meeting = make_meeting(bloc.branch, chair=secretary, status=MeetingStatus.CALLED)
        with clock_at(BEFORE), pytest.raises(Refused) as refusal:
            operations.postpone(meeting, to=day, reason="Bão", by=None)
        assert refusal.value.field == "to"

    def test_the_first_days_of_the_next_month_will_do(self, bloc, secretary):
        meeting = make_meeting(bloc.branch, chair=secretary, status=MeetingStatus.CALLED)
        with clock_at(BEFORE):
            operations.postpone(meeting, to=at(7, month=1, year=2027), reason="Bão", by=None)
        assert Meeting.objects.get().month == date(2026, 12, 1)

    def test_a_plan_that_leaves_the_time_alone_is_not_asked_about_it(self, bloc, secretary):
        meeting = make_meeting(bloc.branch, chair=secretary)
        with clock_at(HELD_AT + timedelta(days=60)):
            operations.plan(meeting, starts_at=meeting.starts_at, focus_question="Gì?", by=None)
        assert Meeting.objects.get().focus_question == "Gì?"
