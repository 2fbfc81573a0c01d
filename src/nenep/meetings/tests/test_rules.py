"""Which rules reach a meeting: those of its day, with the local rules that held for its branch."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nenep.access.tests.make import make_account, sign_in
from nenep.meetings.models import Meeting
from nenep.meetings.operations import usual_time
from nenep.meetings.rules import least_minutes, rules_of
from nenep.meetings.tests.make import HELD_AT, make_meeting
from nenep.organizations.operations import change_rules
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.shared.tests.anew import anew

pytestmark = pytest.mark.django_db
AN_PHU = "ward:an-phu"


@pytest.fixture(scope="module")
def large_once(database_of_the_file):
    """A branch of sixty in a ward that has rules of its own."""
    bloc = make_small_bloc()
    bloc.secretary = make_member(bloc.branch, post=Post.SECRETARY)
    for _number in range(59):
        make_member(bloc.branch)
    return bloc


@pytest.fixture
def large(large_once):
    return anew(large_once)


def test_the_local_minimum_of_a_large_branch_is_shown_and_checked(client, large):
    change_rules(large.organization, scope=AN_PHU, day=date(2026, 1, 1), by=None)
    meeting = make_meeting(large.branch, chair=large.secretary)
    sign_in(client, make_account(large.secretary))
    page = client.get(reverse("meetings:preparation", args=[meeting.pk])).content.decode()
    assert "quy định ít nhất 120 phút" in page
    assert "phường An Phú" in page
    assert 90 <= sum(item.minutes for item in meeting.items.all()) < 120
    assert "ngắn hơn quy định 120 phút" in page


def test_without_the_local_rule_or_with_fewer_members_the_central_minimum_stands(large):
    assert least_minutes(make_meeting(large.branch, chair=large.secretary)).number == 90
    change_rules(large.organization, scope=AN_PHU, day=date(2026, 1, 1), by=None)
    assert least_minutes(make_meeting(large.other_branch, chair=make_member(large.other_branch))).number == 90


def test_a_meeting_before_the_local_rule_keeps_what_held_then(large):
    meeting = make_meeting(large.branch, chair=large.secretary)
    change_rules(large.organization, scope=AN_PHU, day=date(2026, 12, 4), by=None)
    assert least_minutes(Meeting.objects.get()).number == 90
    meeting.starts_at = HELD_AT + timedelta(days=1)
    assert least_minutes(meeting).number == 120


@pytest.mark.parametrize(
    ("month", "day"),
    [
        (date(2026, 2, 1), date(2026, 2, 3)),
        (date(2022, 2, 1), date(2022, 2, 5)),
        (date(2011, 2, 1), date(2011, 2, 6)),
    ],
)
def test_the_expected_day_is_no_public_holiday(large, month, day):
    """Before 2025 nothing fixes the day: that of the last meeting is wanted, here the 3rd."""
    last = make_meeting(large.branch, chair=large.secretary) if month.year < 2026 else None
    assert timezone.localdate(usual_time(large.branch.pk, month, last)) == day


def test_the_rules_are_asked_once_for_a_meeting(large, django_assert_num_queries):
    meeting = make_meeting(large.branch, chair=large.secretary)
    with django_assert_num_queries(1):
        fresh = Meeting.objects.only("body_id", "starts_at").get()
    with django_assert_num_queries(1):
        assert rules_of(fresh) is rules_of(fresh)
    assert rules_of(meeting) == rules_of(fresh)
