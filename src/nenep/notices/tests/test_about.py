"""A notice names the record it speaks of; opening that record's page is seeing it, once."""

import importlib
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.journal.models import Event
from nenep.meetings.models import MeetingStatus
from nenep.meetings.notice import deliveries_of
from nenep.meetings.tests.make import make_meeting
from nenep.notices.models import Notice
from nenep.notices.operations import notify
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.shared.dates import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(branch):
    return make_member(branch, name="Lê Đảng Viên")


@pytest.fixture
def meeting(branch, member):
    secretary = make_member(branch, post=Post.SECRETARY)
    return make_meeting(branch, status=MeetingStatus.CALLED, chair=secretary, at=now() + timedelta(days=5))


def has_seen(meeting, member):
    return next(row for row in deliveries_of(meeting) if row.entry.member_id == member.pk).has_seen


def test_opening_the_page_of_the_meeting_is_seeing_its_notice(client, member, meeting):
    sign_in(client, member)
    assert not has_seen(meeting, member)
    for _time in range(2):
        client.get(reverse("meetings:page", args=[meeting.pk]))
    assert has_seen(meeting, member)
    assert Event.objects.filter(verb="notice.read", subject=member.pk).count() == 1
    assert Notice.objects.unread().count() == 1  # the secretary has not looked


def test_seeing_again_asks_one_question_and_writes_nothing(client, member, meeting):
    sign_in(client, member)
    client.get(reverse("meetings:page", args=[meeting.pk]))
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get(reverse("meetings:page", args=[meeting.pk]))
    about_notices = [q["sql"] for q in captured if "about_type" in q["sql"]]
    assert len(about_notices) == 1
    assert about_notices[0].startswith("SELECT")


def test_a_notice_about_something_else_with_the_same_ending_is_not_taken_for_it(member, meeting):
    Notice.objects.update(about_id=meeting.pk + 10)
    assert not any(row.channels for row in deliveries_of(meeting))


def test_old_notices_learn_what_they_are_about(member):
    for url in ("/meetings/7/", "/assignments/12/", "/meetings/7/opinions/", "/accounts/mine/", ""):
        notify([member.pk], kind="x", title="Việc", url=url, body=None, by=None)
    migration = importlib.import_module("nenep.notices.migrations.0003_old_notices_name_their_record")
    migration.name_records(apps, None)
    named = Notice.objects.exclude(about_id=None).order_by("url")
    assert list(named.values_list("url", "about_type", "about_id")) == [
        ("/assignments/12/", "assignments.assignment", 12),
        ("/meetings/7/", "meetings.meeting", 7),
    ]
