"""The calendar entry: one identity for a meeting in every calendar and installation, and what became of it."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from icalendar import Calendar

from nenep.meetings import operations
from nenep.meetings.calling_off import cancel_meeting
from nenep.meetings.exports import calendar_entry
from nenep.meetings.models import Meeting, MeetingStatus
from nenep.meetings.tests.make import HELD_AT, make_meeting
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.shared.dates import clock_at

pytestmark = pytest.mark.django_db


def called(branch, **kwargs):
    secretary = make_member(branch, post=Post.SECRETARY)
    return make_meeting(branch, status=MeetingStatus.CALLED, chair=secretary, **kwargs)


def entry(meeting):
    return Calendar.from_ical(calendar_entry(meeting, "https://nenep/")).walk("VEVENT")[0]


def test_two_meetings_never_share_their_identity_and_one_keeps_it_when_it_moves(bloc):
    meeting, other = called(bloc.branch), called(bloc.other_branch)
    before = entry(meeting)
    assert before["uid"] != entry(other)["uid"]
    assert str(meeting.pk) + "@" not in before["uid"]
    with clock_at(HELD_AT - timedelta(days=1)):
        operations.postpone(meeting, to=HELD_AT + timedelta(days=2), reason="Bão", by=None)
    after = entry(Meeting.objects.get(pk=meeting.pk))
    assert (after["uid"], after["sequence"]) == (before["uid"], before["sequence"] + 1)


def test_a_meeting_of_before_gets_an_identity_of_its_own(bloc):
    old, other = make_meeting(bloc.branch), make_meeting(bloc.other_branch)
    Meeting.objects.filter(pk=old.pk).update(ref="")
    import_module("nenep.meetings.migrations.0006_refs_for_meetings").give_refs(apps, None)
    refs = dict(Meeting.objects.values_list("pk", "ref"))
    assert refs[other.pk] == other.ref
    assert refs[old.pk] not in {"", other.ref}


def test_a_cancelled_meeting_says_so_in_the_calendar_it_is_in(bloc):
    meeting = called(bloc.branch)
    before = entry(meeting)
    with clock_at(HELD_AT - timedelta(days=1)):
        cancel_meeting(meeting, reason="duty", by=None)
    after = entry(Meeting.objects.get(pk=meeting.pk))
    assert (before["status"], after["status"]) == ("CONFIRMED", "CANCELLED")
    assert (after["uid"], after["sequence"]) == (before["uid"], before["sequence"] + 1)
